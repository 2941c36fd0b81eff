"""Which of an event's attendees a viewer may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from eventapp.attendees.queries.blocks import is_not_apart_from
from eventapp.attendees.queries.names import find_by_name
from eventapp.attendees.queries.viewer import Viewer
from eventapp.core.any_of import any_of
from eventapp.core.db import db
from eventapp.model import CheckIn, Event, Listing, Rsvp, Status

COUNTED_MOST = 1000
_own, _any_other = aliased(CheckIn), aliased(CheckIn)  # whoever asks may have joined CheckIn


def listed(
    event: Event, viewer: Viewer, *, typed: str = "", limit: int, offset: int = 0
) -> Sequence[Rsvp]:
    """The attendees whom this viewer may see, the viewer first; or those of them whose name was
    typed.
    """
    if typed.strip():
        found = find_by_name(event.id, typed, _is_seen_by(viewer), limit=limit, offset=offset)
        return db.session.scalars(found).all()
    # The viewer is put before the others here: a query that sorts them first reads all of them.
    oneself = [viewer.rsvp] if viewer.rsvp and viewer.rsvp.status == Status.GOING else []
    first = oneself if offset == 0 else []
    others = _at(event).where(_is_seen_by(viewer), _is_another(viewer)).order_by(Rsvp.id)
    others = others.limit(limit - len(first)).offset(max(0, offset - len(oneself)))
    return [*first, *db.session.scalars(others)]


def count_listed(event: Event, viewer: Viewer) -> int:
    """How many attendees this viewer may see, not counting the viewer. Stops after COUNTED_MOST:
    nobody needs to know of so many how many more there are, and counting takes a while.
    """
    seen = select(Rsvp.id).where(
        Rsvp.event_id == event.id, _is_seen_by(viewer), _is_another(viewer)
    )
    counted = seen.limit(COUNTED_MOST + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(counted)) or 0


def is_shown(event: Event, viewer: Viewer) -> ColumnElement[bool]:
    """The condition for others whom this viewer finds at an event: on the list of who comes, or of
    who came.
    """
    comes = and_(Rsvp.event_id == event.id, _is_seen_by(viewer), _is_another(viewer))
    return or_(comes, came_and_listed(event, viewer))


def came_and_listed(event: Event, viewer: Viewer) -> ColumnElement[bool]:
    """The condition for guests whom this viewer may note having met: others who came and agreed to
    be seen by them. Organisers see no more than others here.
    """
    return and_(Rsvp.event_id == event.id, came(), _agreed_to(viewer), _is_another(viewer))


def comes_and_listed(event: Event, viewer: Viewer) -> ColumnElement[bool]:
    """The same before an event: others who have a place and agreed to be seen by this viewer."""
    comes = and_(Rsvp.event_id == event.id, Rsvp.status == Status.GOING)
    return and_(comes, _agreed_to(viewer), _is_another(viewer))


def came(event_ids: str | None = None) -> ColumnElement[bool]:
    """The condition for guests who came; at an event without any check-in, for those who said they
    would.

    A query about several events passes the name of the parameter with their ids: PostgreSQL would
    otherwise scan the check-ins of all events.
    """
    let_in = exists().where(_own.rsvp_id == Rsvp.id)
    door_was_used = exists().where(_any_other.event_id == Rsvp.event_id)
    if event_ids:
        let_in = let_in.where(any_of(_own.event_id, event_ids))
        door_was_used = door_was_used.where(any_of(_any_other.event_id, event_ids))
    return or_(let_in, and_(Rsvp.status == Status.GOING, ~door_was_used))


def shown_to(rsvp: Rsvp) -> str:
    """The `Listing` that applies to this guest now."""
    return rsvp.listing or Listing.NOBODY if rsvp.is_confirmed else Listing.NOBODY


def is_unasked(rsvp: Rsvp) -> bool:
    """Whether this guest was never asked who may see them, as they came by an import or a door."""
    return rsvp.listing is None


def _at(event: Event) -> Select[Rsvp]:
    return select(Rsvp).where(Rsvp.event_id == event.id)


def _is_seen_by(viewer: Viewer) -> ColumnElement[bool]:
    seen = true() if viewer.is_organiser else _agreed_to(viewer)
    # The second condition follows from the first. With it, SQLite need not sort: the index is in
    # the order of the page.
    goes = and_(Rsvp.status == Status.GOING, Rsvp.waitlisted_at.is_(None))
    return and_(goes, or_(seen, ~_is_another(viewer)))


def _agreed_to(viewer: Viewer) -> ColumnElement[bool]:
    """A listing applies once its address is confirmed: anybody could have typed it before. Between
    two of whom one blocked the other, none does.
    """
    listings = (Listing.EVERYONE, Listing.ATTENDEES) if viewer.is_attendee else (Listing.EVERYONE,)
    agreed = and_(Rsvp.confirmed_at.is_not(None), Rsvp.listing.in_(listings))
    return and_(agreed, is_not_apart_from(viewer.person.id)) if viewer.person else agreed


def _is_another(viewer: Viewer) -> ColumnElement[bool]:
    return Rsvp.id != viewer.rsvp.id if viewer.rsvp else true()
