"""A person asks a contact whether they may pass it on to somebody outside. That one accepts, with
fewer fields if they like, or not; and either of the two ends it at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from eventapp.communities.queries import letterhead
from eventapp.contacts.queries import Known
from eventapp.core.db import db, lock
from eventapp.core.due import deletion
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import absolute, new_secret
from eventapp.core.outbox import queue
from eventapp.core.sent_forms import add_once
from eventapp.introductions.actions.ask import A_WEEK, TooManyIntroductions, lock_all
from eventapp.introductions.queries import Passed, State, passed_by, passed_with
from eventapp.model import OutboxMail, PassedContact, Person, Rsvp
from eventapp.model.limits import INTRODUCTIONS_A_WEEK_MOST, INTRODUCTIONS_GOT_A_WEEK_MOST

MAY_I = "introductions/mail/pass_asked"
YOU_MAY = "introductions/mail/pass_agreed"
KEPT = timedelta(days=30)  # after its end


class PassedTooLate(Refusal):
    code = "passed_too_late"
    message = _l("This is over. Nobody is told anything.")


@dataclass(frozen=True)
class Wish:
    """To whom, who that is, for what, which fields, and for how many days."""

    to_name: str
    to_line: str
    purpose: str
    fields: tuple[str, ...]
    days: int


def ask_to_pass(
    passer: Person, whom: Known, wish: Wish, *, at: datetime, form_id: str | None = None
) -> PassedContact:
    """Ask a contact, by mail and on their page. Who wants to be asked nothing, or was asked a lot,
    is not, which looks as if they did not answer. Idempotent by `form_id`. Raises
    TooManyIntroductions.
    """
    rsvp = db.session.get_one(Rsvp, whom.id)
    assert rsvp.person is not None  # noqa: S101  whoever agreed is somebody
    person = rsvp.person
    lock_all({passer.id, person.id})
    own = select(PassedContact).where(PassedContact.passer_id == passer.id)
    typed = (passer.id, person.id, wish)
    return add_once(form_id, typed, own, lambda: _add(passer, rsvp, person, wish, at), at=at)


def _add(passer: Person, rsvp: Rsvp, person: Person, wish: Wish, at: datetime) -> PassedContact:
    if _count(PassedContact.passer_id == passer.id, PassedContact.created_at > at - A_WEEK) >= (
        INTRODUCTIONS_A_WEEK_MOST
    ):
        raise TooManyIntroductions(most=INTRODUCTIONS_A_WEEK_MOST)
    asked = PassedContact.person_id == person.id, PassedContact.asked_at > at - A_WEEK
    is_asked = person.introductions_ended_at is None and (
        _count(*asked) < INTRODUCTIONS_GOT_A_WEEK_MOST
    )
    row = PassedContact(
        passer_id=passer.id, person_id=person.id, event_id=rsvp.event_id,
        to_name=wish.to_name, to_line=wish.to_line, purpose=wish.purpose,
        fields=list(wish.fields), key=new_secret(), link=new_secret(), created_at=at,
        ends_at=at + timedelta(days=wish.days), asked_at=at if is_asked else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if is_asked:
        values = _may_i(passed_with(row.key))
        queue(MAY_I, to=person.email, language=person.language, at=at, values=values)
    return row


def _count(*which: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(PassedContact).where(*which)) or 0


def agree(passed: Passed, fields: tuple[str, ...], *, at: datetime) -> None:
    """Let it be passed on with these of the fields. Agreeing again with fewer takes the others back
    at once. Raises PassedTooLate.
    """
    row = _open(passed, at)
    given = [field for field in row.fields if field in fields]
    is_new = row.accepted_at is None
    row.accept(given, at)
    if is_new:
        to, values = row.passer, _you_may(passed)
        queue(YOU_MAY, to=to.email, language=to.language, at=at, values=values)


def refuse(passed: Passed, *, at: datetime) -> None:
    """Say no, of which nobody is told; or take back what was agreed, which ends it at once.
    Idempotent. Raises PassedTooLate.
    """
    row = _open(passed, at)
    if row.accepted_at:
        row.ended_at = at
    else:
        row.decline(at)


def end_passing(passed: Passed, *, at: datetime) -> None:
    """Whoever passes it on takes it back. Idempotent."""
    lock(passed.row)
    passed.row.ended_at = passed.row.ended_at or at


def note_opened(passed: Passed, *, at: datetime) -> None:
    """By a tap: a mail scanner follows links, and taps nothing."""
    passed.row.opened_at = passed.row.opened_at or at


def _open(passed: Passed, at: datetime) -> PassedContact:
    lock(passed.row)
    if passed.seen_by_person(at) == State.LAPSED:
        raise PassedTooLate
    return passed.row


def _may_i(passed: Passed) -> dict[str, Any]:
    row = passed.row
    return {
        **{"passed_id": row.id, "passer": passed.passer, "to_name": row.to_name},
        **{"to_line": row.to_line, "purpose": row.purpose.split("\n"), "fields": row.fields},
        "url": absolute("introductions.passing", key=row.key),
        "unsubscribe_url": absolute("introductions.mail_page", key=row.key),
        **letterhead(row.event),
    }


def may_i_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of the mail that asks. Returns None once it is answered or over, if they want to
    be asked nothing, or if one has blocked the other.
    """
    row = db.session.get(PassedContact, mail.values["passed_id"])
    if row is None or row.person.email != mail.to_email or row.person.introductions_ended_at:
        return None
    try:
        passed = passed_with(row.key)
    except NotFound:
        return None
    return _may_i(passed) if passed.seen_by_person(at) == State.ASKED else None


def _you_may(passed: Passed) -> dict[str, Any]:
    """Without the link, which opens the contact: the reader's page has it."""
    return {
        **{"passed_id": passed.row.id, "name": passed.name, "to_name": passed.row.to_name},
        "url": absolute("introductions.introductions", _anchor="passed"),
        **letterhead(passed.row.event),
    }


def you_may_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The same. Returns None if it has ended."""
    row = db.session.get(PassedContact, mail.values["passed_id"])
    if row is None or row.passer.email != mail.to_email:
        return None
    found = (one for one in passed_by(row.passer) if one.row.id == row.id)
    passed = next(found, None)
    is_open = passed is not None and passed.seen_by_passer(at) == State.ACCEPTED
    return _you_may(passed) if passed and is_open else None


forget_old_passed = deletion(PassedContact.id, lambda at: PassedContact.ends_at < at - KEPT)
