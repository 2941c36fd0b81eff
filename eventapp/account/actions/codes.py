"""Sign in by a mailed link, or by the six digits that are mailed with it (`digits.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from eventapp.account.actions.people import meet_person
from eventapp.account.queries import code_by_form, person_by_email
from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import absolute, digest, new_digits, new_secret
from eventapp.core.mail_budgets import shared_then_own
from eventapp.core.outbox import queue_capped
from eventapp.core.sent_forms import key_of_form
from eventapp.model import MailedCode, OutboxMail, Person, Rsvp

SIGN_IN = "account/mail/sign_in"
CODE_VALID_MINUTES = 10
LINK_VALID_HOURS = 24  # printed on a terminal
MAILED_LINK_VALID_DAYS = 7  # in a mail that was not asked for
CODE_REMEMBERED = timedelta(days=7)  # until then its page says that it has expired


class CodeSpent(Refusal):
    code = "used"
    message = _l("This link has already been used. Ask for a new one; it only takes a moment.")


class CodeExpired(Refusal):
    code = "expired"
    message = _l("This link has expired. Ask for a new one; it only takes a moment.")


class DigitsNeeded(Refusal):
    code = "digits_needed"
    message = _l(
        "This isn't the browser that asked for the link. Type the six digits in the email."
    )


@dataclass(frozen=True)
class Visitor:
    """Who sends a form that anybody may send, as far as the request tells."""

    language: str
    browser: str  # the secret of its cookie
    network: str = ""  # see `provider_network`


@dataclass(frozen=True)
class Letter:
    """The mail that brings digits: its template, what it says beside them, and its budget."""

    template: str = SIGN_IN
    budget: str = "sign-in"
    values: Mapping[str, Any] = field(default_factory=dict)


def new_code(
    email: str,
    *,
    at: datetime,
    valid: timedelta,
    browser: str | None = None,
    person: Person | None = None,
    rsvp: Rsvp | None = None,
    **more: Any,
) -> tuple[MailedCode, str, str]:
    """Add a code for an address. Returns it with its link's token and its digits in clear."""
    token, digits = new_secret(), new_digits()
    code = MailedCode(
        page=new_secret(),
        token_digest=digest(token),
        email=email,
        browser_digest=digest(browser) if browser else None,
        person=person,
        rsvp=rsvp,
        created_at=at,
        expires_at=at + valid,
        **more,
    )
    code.digits_digest = digest_of_digits(code, digits)
    db.session.add(code)
    return code, token, digits


def code_sent_before(form_id: str, at: datetime) -> MailedCode | None:
    """The code that a form made when it was sent before, while its page is of use. Where it is
    not, the form may make another.
    """
    before = code_by_form(form_id)
    if before is None or before.is_of_use(at):
        return before
    before.form_id = None
    db.session.flush()  # frees it before another code takes it
    return None


def say_not_mailed(code: MailedCode, waits_until: datetime | None) -> None:
    """Note that the mail of this code was not sent, and when one may be. No link and no digits
    match the code then, so that asking more often does not bring more tries.
    """
    if waits_until:
        code.mail_waits_until = waits_until
        code.token_digest = code.digits_digest = None


def digest_of_digits(code: MailedCode, digits: str) -> str:
    return digest(f"{code.page}:{digits}")


def mail_sign_in(
    email: str,
    *,
    by: Visitor,
    at: datetime,
    go_to: str | None,
    form_id: str | None = None,
    letter: Letter = Letter(),
) -> MailedCode:
    """Mail a link and digits to an address, known or not; capped, as the code's page says then.
    The same form sent twice answers as the first time, as long as that mail is good.
    """
    key = key_of_form(form_id, email) if form_id else None
    if key and (same := code_sent_before(key, at)):
        return same
    code, token, digits = new_code(
        email,
        at=at,
        valid=timedelta(minutes=CODE_VALID_MINUTES),
        browser=by.browser,
        go_to=go_to,
        form_id=key,
    )
    person = person_by_email(email)
    waits_until = queue_capped(
        letter.template,
        budgets=shared_then_own(letter.budget, by.network),
        to=email,
        language=person.language if person else by.language,
        at=at,
        values={
            "url": absolute("account.sign_in_link", token=token),
            "digits": digits,
            "minutes": CODE_VALID_MINUTES,
            **letter.values,
        },
    )
    say_not_mailed(code, waits_until)
    return code


def sign_in_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a sign-in mail. Returns None once its link and digits have expired."""
    expires_at = mail.created_at + timedelta(minutes=CODE_VALID_MINUTES)
    return mail.values if at < expires_at else None


def sign_in_link(person: Person, *, at: datetime) -> str:
    """A one-use link for a terminal, which works in any browser."""
    code, token, _ = new_code(
        person.email, at=at, valid=timedelta(hours=LINK_VALID_HOURS), person=person
    )
    code.digits_digest = None
    return absolute("account.sign_in_link", token=token)


def mailed_link(person: Person, *, go_to: str, at: datetime) -> dict[str, str]:
    """Values for a mail: a link that signs its reader in and leads to a page, and its digits."""
    _, token, digits = new_code(
        person.email,
        at=at,
        valid=timedelta(days=MAILED_LINK_VALID_DAYS),
        person=person,
        go_to=go_to,
    )
    return {"url": absolute("account.sign_in_link", token=token), "digits": digits}


def use_link(code: MailedCode, *, browser: str | None, language: str, at: datetime) -> Person:
    """Spend the link. Raises CodeSpent, CodeExpired, or DigitsNeeded if it was asked for in another
    browser.
    """
    refuse_stale(code, at)
    asked_here = browser and code.browser_digest == digest(browser)
    if code.digits_digest and not asked_here:
        raise DigitsNeeded
    return spend(code, language=language, at=at)


def refuse_stale(code: MailedCode, at: datetime) -> None:
    """Raises CodeSpent or CodeExpired."""
    if code.used_at:
        raise CodeSpent
    if code.expires_at <= at:
        raise CodeExpired


def spend(code: MailedCode, *, language: str, at: datetime) -> Person:
    """Use the code up, and prove its address. Raises CodeSpent if another request was first."""
    spent = db.session.execute(
        update(MailedCode)
        .where(MailedCode.id == code.id, MailedCode.used_at.is_(None))
        .values(used_at=at)
        .returning(MailedCode.id)
    ).scalar()
    if spent is None:
        raise CodeSpent
    person = code.person or meet_person(
        code.email, name=code.email.partition("@")[0], language=language, at=at
    )
    person.verified_at = person.verified_at or at
    return person


forget_old_codes = deletion(MailedCode.id, lambda at: MailedCode.expires_at < at - CODE_REMEMBERED)
