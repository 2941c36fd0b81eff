"""Changes of an event's time, place or private link that those who answered do not know: told to
them, or not, as the organisers decide. A change that was not told is told with the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import (
    AWAITED,
    IN_THE_CALENDAR,
    ON_THE_TICKET,
    Event,
    EventChange,
    Rsvp,
    Source,
    Status,
)

# Imported addresses come from the organisers: they are no stranger's (see `Rsvp.is_unproven`).
ARE_TOLD = (
    Rsvp.status.in_(AWAITED),
    Rsvp.person_id.is_not(None),
    or_(Rsvp.confirmed_at.is_not(None), Rsvp.source == Source.IMPORT),
)


def what_is_told(status: str) -> tuple[str, ...]:
    """The columns of an event whose change is told to a guest with this status."""
    return ON_THE_TICKET if status == Status.GOING else IN_THE_CALENDAR


class ChangedAgain(Refusal):
    code = "changed_again"
    message = _l("It was changed again meanwhile, so nobody is told yet. This is what it says now.")


@dataclass(frozen=True)
class Untold:
    """How many guests do not know when or where the event is; `was` is what the first of them know.
    `kept_quiet`: organisers decided not to tell them.
    """

    was: EventChange
    guests: int
    kept_quiet: bool


def untold_change(event: Event, at: datetime) -> Untold | None:
    """What those who answered have not been told, if they count on the event. Returns None if
    nothing changed for anybody: the event was moved back, say.
    """
    if event.called_off_at or not event.published_at or event.ends_at <= at:
        return None
    changes, since, guests = _untold(event), None, {}
    for change in changes:
        if count := _count(_told(event, change, since)):
            guests[change] = count
        since = change.at
    if not guests:
        return None
    kept_quiet = all(change.kept_quiet_at for change in changes)
    return Untold(next(iter(guests)), sum(guests.values()), kept_quiet)


def _untold(event: Event) -> Sequence[EventChange]:
    untold = EventChange.event_id == event.id, EventChange.told_at.is_(None)
    return db.session.scalars(select(EventChange).where(*untold).order_by(EventChange.id)).all()


def _told(
    event: Event, change: EventChange, since: datetime | None
) -> tuple[ColumnElement[bool], ...]:
    """The condition for guests who answered between two changes, of which this is the later, and
    would be told what is another now.
    """
    told = [one for one in AWAITED if change.differs_from(event, told=what_is_told(one))]
    answered = [Rsvp.event_id == event.id, *ARE_TOLD, Rsvp.created_at <= change.at]
    if since:
        answered.append(Rsvp.created_at > since)
    return (*answered, Rsvp.status.in_(told))


def _count(which: tuple[ColumnElement[bool], ...]) -> int:
    return db.session.scalar(select(func.count()).select_from(Rsvp).where(*which)) or 0


def guests_untold(event: Event) -> list[Rsvp]:
    """Those who would be told what changed."""
    found: list[Rsvp] = []
    since = None
    for change in _untold(event):
        guests = select(Rsvp).where(*_told(event, change, since)).order_by(Rsvp.id)
        found += db.session.scalars(guests.options(joinedload(Rsvp.person)))
        since = change.at
    return found


def tell_change(event: Event, *, revision: int | None, at: datetime, line: str = "") -> int:
    """Have those who answered told what changed, with a line of the organisers' own. Returns how
    many; 0 if there is nothing to tell. `revision` is that of the event which the organiser saw.
    Idempotent. Raises ChangedAgain.
    """
    untold = _to_decide(event, revision, at=at)
    for change in _untold(event) if untold else ():
        change.told_at, change.line = at, line
    return untold.guests if untold else 0


def keep_change_quiet(event: Event, *, revision: int | None, at: datetime) -> bool:
    """Tell nobody what changed, and do not ask any more. Returns whether that is new. Idempotent.
    Raises ChangedAgain.
    """
    untold = _to_decide(event, revision, at=at)
    if untold is None or untold.kept_quiet:
        return False
    for change in _untold(event):
        change.kept_quiet_at = change.kept_quiet_at or at
    return True


def _to_decide(event: Event, revision: int | None, *, at: datetime) -> Untold | None:
    lock(event)
    untold = untold_change(event, at)
    if untold and revision is not None and revision != event.revision:
        raise ChangedAgain
    return untold
