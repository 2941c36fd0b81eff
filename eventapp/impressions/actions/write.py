"""A guest writes what they take with them, changes it and withdraws it; a host hides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, delete, func, select

from eventapp.attendees.queries import was_there
from eventapp.core.db import db, lock
from eventapp.core.due import deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.sent_forms import add_once
from eventapp.events.queries import kept_no_longer
from eventapp.impressions.actions.quote import narrow_quote
from eventapp.met.queries import Attendee
from eventapp.model import Audience, Impression, Person
from eventapp.model.limits import IMPRESSIONS_MOST


class NotThere(Refusal):
    code = "not_there"
    message = _l(
        "This is for who was there, and the list doesn't say that you came in. If you did, tell "
        "the hosts: they can still check you in."
    )


class ImpressionsClosed(Refusal):
    code = "impressions_closed"
    message = _l("Nothing new can be written of this event any more, or not yet.")


class TooManyImpressions(Refusal):
    code = "too_many_impressions"
    message = _l("You've written %(most)s of this event. Change one of them, or withdraw it first.")


@dataclass(frozen=True)
class Said:
    """What somebody takes with them, and from which talk ("" is the whole evening); who may read
    it.
    """

    words: str
    audience: str
    talk: str = ""


def write_impression(
    guest: Attendee, said: Said, *, at: datetime, form_id: str | None = None
) -> Impression:
    """Idempotent by `form_id`. Raises NotThere, ImpressionsClosed, TooManyImpressions."""
    own = select(Impression).where(
        Impression.person_id == guest.person.id, Impression.event_id == guest.event.id
    )

    def add() -> Impression:
        _refuse(guest, at)
        row = Impression(event_id=guest.event.id, person_id=guest.person.id, created_at=at)
        row.words, row.audience, row.talk = said.words, said.audience, said.talk
        db.session.add(row)
        return row

    lock(guest.person)
    return add_once(form_id, (guest.event.id, guest.person.id, said), own, add, at=at)


def _refuse(guest: Attendee, at: datetime) -> None:
    if not guest.event.takes_encounters(at):
        raise ImpressionsClosed
    if not was_there(guest.viewer):
        raise NotThere
    of_event = Impression.person_id == guest.person.id, Impression.event_id == guest.event.id
    if (db.session.scalar(select(func.count()).where(*of_event)) or 0) >= IMPRESSIONS_MOST:
        raise TooManyImpressions(most=IMPRESSIONS_MOST)


def change_impression(impression: Impression, said: Said, *, at: datetime) -> None:
    """At any time, also when nothing new can be written. It stays hidden if hosts hid it. For fewer
    readers than before, it may not be quoted either, whatever was said of that before.
    """
    if _is_narrower(said.audience, impression.audience):
        narrow_quote(impression)
    if Said(impression.words, impression.audience, impression.talk) != said:
        impression.words, impression.talk = said.words, said.talk
        impression.audience, impression.changed_at = said.audience, at


def _is_narrower(audience: str, before: str) -> bool:
    widest_last = list(Audience)
    return widest_last.index(Audience(audience)) < widest_last.index(Audience(before))


def withdraw_impression(person: Person, impression_id: int) -> None:
    """Delete what this person wrote, at any time. Idempotent."""
    own = Impression.id == impression_id, Impression.person_id == person.id
    db.session.execute(delete(Impression).where(*own))


def hide_impression(impression: Impression, *, at: datetime) -> bool:
    """Have nobody but its writer and the hosts read it. Idempotent. Returns whether that is new."""
    lock(impression)
    was_shown = impression.hidden_at is None
    impression.hidden_at = impression.hidden_at or at
    return was_shown


def show_impression(impression: Impression) -> bool:
    """Have it read by whom its writer chose again. Idempotent. Returns whether that is new."""
    lock(impression)
    was_hidden, impression.hidden_at = impression.hidden_at is not None, None
    return was_hidden


def _is_old(at: datetime) -> ColumnElement[bool]:
    months_of = attrgetter("months_of_impressions")
    return Impression.event_id.in_(kept_no_longer(at, months_of))


forget_old_impressions = deletion(Impression.id, _is_old)
