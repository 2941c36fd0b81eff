"""Mail the digits again, to the same address or to the corrected one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select

from eventapp.account.actions import (
    CodeSpent,
    Visitor,
    code_sent_before,
    meet_person,
)
from eventapp.core import text
from eventapp.core.db import db, lock
from eventapp.core.mail_budgets import TooManyMails
from eventapp.core.sent_forms import key_of_form
from eventapp.model import MailedCode, Rsvp, Status
from eventapp.rsvp import queries
from eventapp.rsvp.actions.answer import answer
from eventapp.rsvp.actions.entry import give_to, renew_ticket, status_for
from eventapp.rsvp.actions.notify import ALREADY, ANSWERED
from eventapp.rsvp.actions.proof import form_of, mail_code
from eventapp.rsvp.actions.seats import lock_rsvp
from eventapp.rsvp.actions.status import forget_decision, withdraw
from eventapp.rsvp.actions.typed import Answer
from eventapp.rsvp.actions.waitlist import promote


def mail_again(code: MailedCode, *, email: str, by: Visitor, at: datetime) -> MailedCode:
    """Mail new digits for the form behind a code, to the same address or to a corrected one.

    Returns the code whose page comes next; digits of earlier mails do not open it. An RSVP that
    this form made moves to the corrected address, with a new ticket, if nobody has proven it or
    answered for it since; otherwise it is as if the form had been sent with that address. Hosts who
    decided about the first address are asked anew. The answer does not reveal which. A double tap
    gets the first answer again, while the digits of that mail are valid. So does who goes back to
    the page of an address that they have corrected: no mail goes there any more. Raises CodeSpent,
    TooManyMails, RsvpClosed.
    """
    assert code.rsvp is not None and code.person is not None  # noqa: S101, PT018  see `mail_code`
    lock_rsvp(code.rsvp)
    lock(code)
    typed = form_of(code, email)
    if code.used_at or typed is None:
        raise CodeSpent
    if corrected := queries.corrected_code(code):
        is_to_follow = corrected.used_at or text.email_key(email) in _keys(code, corrected)
        return corrected if is_to_follow else mail_again(corrected, email=email, by=by, at=at)
    form_key = key_of_form(code.page, typed)
    if same := code_sent_before(form_key, at):
        return same
    new = _new_code(code, typed, form_key, by=by, at=at)
    if new.mail_waits_until:
        raise TooManyMails(count=new.minutes_to_wait(at))
    code.digits_digest = None
    code.typed = {**code.typed, "next": form_key}
    return new


def _keys(*codes: MailedCode) -> set[str]:
    return {text.email_key(code.email) for code in codes}


def _new_code(
    code: MailedCode, typed: Answer, form_key: str, *, by: Visitor, at: datetime
) -> MailedCode:
    """The code that follows one, for the form behind it with the address that is typed now."""
    assert code.rsvp is not None and code.person is not None  # noqa: S101, PT018  see `mail_code`
    is_corrected = text.email_key(typed.email) != code.person.email_key
    if not is_corrected:
        there = queries.rsvp_of(code.rsvp.event, code.person)
    else:
        there = _move(code.rsvp, code, typed, at=at)
    if there is None:
        by = replace(by, language=code.rsvp.language)
        return answer(code.rsvp.event, typed, at=at, by=by, form_id=code.page)
    makes = there is code.rsvp and code.made_rsvp and not there.is_confirmed
    template = ANSWERED if makes else ALREADY
    status = str(code.typed["status"])
    if is_corrected and typed.answer == Status.GOING:
        status = _status_anew(there, typed, said=status, makes=makes)
    return mail_code(
        there, typed, status, template=template, at=at, by=by, form_id=form_key, made_rsvp=makes
    )


def _status_anew(rsvp: Rsvp, typed: Answer, *, said: str, makes: bool) -> str:
    """What the page of a corrected address says of who comes: what the first one `said`, unless the
    event has begun to ask for approval since, or stopped. Known and new addresses look alike then.
    """
    if rsvp.event.needs_approval == (said == Status.PENDING):
        return said
    return rsvp.status if makes else status_for(rsvp.event, typed)


def _move(rsvp: Rsvp, code: MailedCode, typed: Answer, *, at: datetime) -> Rsvp | None:
    """The RSVP of the corrected address. Returns None if the form must be sent with it anew."""
    if not _is_this_pages_own(code, rsvp):
        return None
    person = meet_person(typed.email, name=typed.name, language=rsvp.language, at=at)
    if there := queries.rsvp_of(rsvp.event, person):
        _withdraw(rsvp, at=at)
        return there
    give_to(rsvp, person)
    forget_decision(rsvp, at=at)
    promote(rsvp.event, at=at)
    return rsvp


def _is_this_pages_own(code: MailedCode, rsvp: Rsvp) -> bool:
    """Whether the browser of this page made the RSVP, and nobody else has used it since."""
    others = exists().where(
        MailedCode.rsvp_id == rsvp.id, MailedCode.browser_digest != code.browser_digest
    )
    is_made_here = code.made_rsvp and rsvp.is_unproven and rsvp.person_id == code.person_id
    return is_made_here and not db.session.scalar(select(others))


def _withdraw(rsvp: Rsvp, *, at: datetime) -> None:
    """Free the seats of an RSVP that was made with a mistyped address."""
    if queries.is_in(rsvp):
        rsvp.person = None
        renew_ticket(rsvp)  # the other mailbox had its key
        return
    withdraw(rsvp, at=at)
    promote(rsvp.event, at=at)
