"""Which pictures of an event somebody sees, and beside which a name stands."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select

from eventapp.attendees.queries.blocks import is_not_apart_from
from eventapp.attendees.queries.viewer import Viewer
from eventapp.core.db import db, found
from eventapp.model import Event, EventPicture, EventPictureFile, Person, Rsvp

Uploaded = tuple[EventPicture, str | None]  # with the name of who did, where it may be told


def pictures_shown(event: Event, *, limit: int, offset: int = 0) -> Sequence[EventPicture]:
    """Those that everybody sees, in the order in which they came."""
    shown = select(EventPicture).where(EventPicture.event_id == event.id, _is_shown())
    return db.session.scalars(shown.order_by(EventPicture.id).limit(limit).offset(offset)).all()


def picture_shown(event: Event, picture_id: int) -> EventPicture:
    """One of these. Raises NotFound."""
    of_event = EventPicture.event_id == event.id, EventPicture.id == picture_id
    return found(select(EventPicture).where(*of_event, _is_shown()))


def pictures_to_hosts(event: Event, organiser: Person) -> Sequence[Uploaded]:
    """All of an event, with those that were taken down; those that wait for a yes come first.
    Without the name of whom one has blocked, or who has blocked them.
    """
    uploader = and_(
        Rsvp.event_id == EventPicture.event_id, Rsvp.person_id == EventPicture.person_id
    )
    named = and_(uploader, is_not_apart_from(organiser.id))
    in_order = EventPicture.taken_down_at.is_not(None), EventPicture.shown_at.is_not(None)
    rows = db.session.execute(
        select(EventPicture, Rsvp.name)
        .outerjoin(Rsvp, named)
        .where(EventPicture.event_id == event.id)
        .order_by(*in_order, EventPicture.id)
    )
    return [(picture, name) for picture, name in rows]


def picture_files_seen(event: Event, viewer: Viewer, picture_id: int, digest: str) -> Select[bytes]:
    """The files of a picture, if this viewer sees it."""
    return (
        select(EventPictureFile.data)
        .join(EventPicture, EventPicture.id == EventPictureFile.picture_id)
        .where(EventPicture.event_id == event.id, EventPicture.id == picture_id)
        .where(EventPicture.digest == digest, _is_seen(viewer))
    )


def _is_shown() -> ColumnElement[bool]:
    return and_(EventPicture.shown_at.is_not(None), EventPicture.taken_down_at.is_(None))


def _is_seen(viewer: Viewer) -> ColumnElement[bool]:
    own = EventPicture.person_id == (viewer.person.id if viewer.person else None)
    seen = or_(_is_shown(), own)
    return or_(seen, EventPicture.taken_down_at.is_(None)) if viewer.is_organiser else seen
