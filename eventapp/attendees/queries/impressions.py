"""Which impressions of an event a viewer may read, and whose names stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, select, true

from eventapp.attendees.queries.blocks import is_not_apart_from
from eventapp.attendees.queries.listing import came, came_and_listed
from eventapp.attendees.queries.viewer import Viewer
from eventapp.core.db import db
from eventapp.model import Audience, Event, Impression, Person, Rsvp


class ShownImpression(NamedTuple):
    """An impression as one viewer reads it. None is the name of somebody who was there, and whom
    the viewer doesn't see on the list.
    """

    impression: Impression
    name: str | None


def was_there(viewer: Viewer) -> bool:
    """Whether the viewer came, by an address proven to be theirs."""
    if viewer.rsvp is None or not viewer.is_attendee:
        return False
    return bool(db.session.scalar(select(exists().where(Rsvp.id == viewer.rsvp.id, came()))))


def impressions_shown(
    event: Event, viewer: Viewer, *, limit: int, offset: int = 0
) -> Sequence[ShownImpression]:
    """What others took with them, the newest first."""
    newest = _shown(event, viewer).order_by(Impression.id.desc())
    rows = db.session.execute(newest.limit(limit).offset(offset))
    return [ShownImpression(one, name if is_named else None) for one, name, is_named in rows]


def impression_shown(event: Event, viewer: Viewer, impression_id: int) -> Impression | None:
    """One of these."""
    one = _shown(event, viewer).where(Impression.id == impression_id)
    impression: Impression | None = db.session.scalar(one)
    return impression


def has_impressions(event: Event, viewer: Viewer) -> bool:
    shown = _shown(event, viewer).with_only_columns(Impression.id).limit(1)
    return db.session.scalar(shown) is not None


def impressions_to_hosts(
    event: Event, organiser: Person, *, limit: int, offset: int = 0
) -> Sequence[ShownImpression]:
    """All that was written, also what only hosts may read, the newest first: but for what the two,
    of whom one has blocked the other, have of each other.
    """
    newest = to_hosts(event, organiser).order_by(Impression.id.desc())
    rows = db.session.execute(newest.limit(limit).offset(offset))
    return [ShownImpression(impression, name) for impression, name in rows]


def impression_to_hosts(
    event: Event, organiser: Person, impression_id: int
) -> ShownImpression | None:
    """One of these."""
    one = to_hosts(event, organiser).where(Impression.id == impression_id)
    row = db.session.execute(one).one_or_none()
    return ShownImpression(*row) if row else None


def to_hosts(event: Event, organiser: Person) -> Select[Any]:
    return _written(event, Impression, Rsvp.name).where(is_not_apart_from(organiser.id))


def _shown(event: Event, viewer: Viewer) -> Select[Any]:
    is_named = came_and_listed(event, viewer)
    shown = _written(event, Impression, Rsvp.name, is_named.label("is_named"))
    return shown.where(Impression.hidden_at.is_(None), _is_read_by(viewer), _is_anothers(viewer))


def is_writers() -> ColumnElement[bool]:
    """The condition for the RSVP of an impression's writer."""
    return and_(Rsvp.event_id == Impression.event_id, Rsvp.person_id == Impression.person_id)


def is_written(event: Event) -> ColumnElement[bool]:
    """The condition for impressions of an event, with the RSVP of their writer: nobody reads what
    somebody wrote who wasn't there after all.
    """
    return and_(Impression.event_id == event.id, came())


def _written(event: Event, *columns: Any) -> Select[Any]:
    return (
        select(*columns).select_from(Impression).join(Rsvp, is_writers()).where(is_written(event))
    )


def _is_read_by(viewer: Viewer) -> ColumnElement[bool]:
    is_of_evening = viewer.is_organiser or was_there(viewer)
    audiences = [Audience.EVERYONE, *([Audience.ATTENDEES] if is_of_evening else [])]
    chosen = Impression.audience.in_(audiences)
    return and_(chosen, is_not_apart_from(viewer.person.id)) if viewer.person else chosen


def _is_anothers(viewer: Viewer) -> ColumnElement[bool]:
    return Impression.person_id != viewer.person.id if viewer.person else true()
