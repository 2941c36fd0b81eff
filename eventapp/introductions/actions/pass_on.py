"""A person asks a contact whether they may pass it on to somebody outside. That one accepts, with
fewer fields if they like, or not; and either of the two ends it at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from eventapp.contacts.queries import Known
from eventapp.core.db import db, lock
from eventapp.core.due import deletion
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.sent_forms import add_once
from eventapp.events.queries import is_outlived
from eventapp.introductions.actions.ask import A_WEEK, TooManyIntroductions, lock_all
from eventapp.introductions.actions.pass_mails import mail_agreed
from eventapp.introductions.queries import Passed, State, introducible, introducible_with
from eventapp.model import Event, PassedContact, Person, Rsvp
from eventapp.model.limits import INTRODUCTIONS_A_WEEK_MOST, INTRODUCTIONS_GOT_A_WEEK_MOST


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
    """Ask a contact, on their page and soon by mail. Who wants to be asked nothing, or was asked a
    lot, is not, which looks as if they did not answer, and takes as long. Idempotent by `form_id`.
    Raises TooManyIntroductions, and NotFound if they are no contact any more.
    """
    lock_all({passer.id, whom.newest.person_id})
    own = select(PassedContact).where(PassedContact.passer_id == passer.id)
    typed = (passer.id, whom.newest.person_id, wish)
    return add_once(form_id, typed, own, lambda: _add(passer, whom, wish, at), at=at)


def _add(passer: Person, whom: Known, wish: Wish, at: datetime) -> PassedContact:
    rsvp = db.session.get(Rsvp, whom.id)
    person = rsvp.person if rsvp else None
    if not (rsvp and person and introducible_with(introducible(passer), rsvp.id)):
        raise NotFound  # one has gone, or blocked the other, since the form was read
    if _count(PassedContact.passer_id == passer.id, PassedContact.created_at > at - A_WEEK) >= (
        INTRODUCTIONS_A_WEEK_MOST
    ):
        raise TooManyIntroductions(most=INTRODUCTIONS_A_WEEK_MOST)
    asked = PassedContact.person_id == person.id, PassedContact.asked_at > at - A_WEEK
    was_asked_a_lot = _count(*asked) >= INTRODUCTIONS_GOT_A_WEEK_MOST  # looked up in any case
    is_asked = person.introductions_ended_at is None and not was_asked_a_lot
    row = PassedContact(
        passer_id=passer.id, person_id=person.id, event_id=rsvp.event_id,
        to_name=wish.to_name, to_line=wish.to_line, purpose=wish.purpose,
        fields=list(wish.fields), key=new_secret(), link=new_secret(), created_at=at,
        ends_at=at + timedelta(days=wish.days), asked_at=at if is_asked else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
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
        mail_agreed(passed, at)


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


def _is_kept_no_longer(at: datetime) -> ColumnElement[bool]:
    """So many months after its last day, as the community says at which the two met; agreed to or
    not, which would otherwise show.
    """
    is_over = is_outlived(PassedContact.ends_at, at, attrgetter("months_of_passed"))
    return exists().where(Event.id == PassedContact.event_id, is_over)


forget_old_passed = deletion(PassedContact.id, _is_kept_no_longer)
