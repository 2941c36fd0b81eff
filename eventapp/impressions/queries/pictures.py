"""Pictures of an event, by who uploaded them and by event. Who sees which, `attendees/` decides."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, found
from eventapp.model import Event, EventPicture, EventPictureFile, Person


def pictures_by(person: Person, event: Event | None = None) -> Sequence[EventPicture]:
    """Those that somebody uploaded, of an event or of all, the newest first."""
    own = select(EventPicture).where(EventPicture.person_id == person.id)
    own = own.where(EventPicture.event_id == event.id) if event else own
    newest = own.options(joinedload(EventPicture.event)).order_by(EventPicture.id.desc())
    return db.session.scalars(newest).all()


def picture_by(person: Person, picture_id: int) -> EventPicture:
    """One of these. Raises NotFound."""
    own = EventPicture.person_id == person.id, EventPicture.id == picture_id
    return found(select(EventPicture).where(*own))


def picture_at(event: Event, picture_id: int) -> EventPicture:
    """Any of an event, for its organisers. Raises NotFound."""
    of_event = EventPicture.event_id == event.id, EventPicture.id == picture_id
    return found(select(EventPicture).where(*of_event))


def bytes_of(files: Select[bytes], format: str, width: int | None) -> bytes:
    """One of these files; the widest if no width is named. Raises NotFound."""
    files = files.where(EventPictureFile.format == format)
    if width is not None:
        files = files.where(EventPictureFile.width == width)
    return found(files.order_by(EventPictureFile.width.desc()).limit(1))


def jpeg_of(picture: EventPicture) -> bytes | None:
    """None of one that was taken down."""
    of_picture = EventPictureFile.picture_id == picture.id
    jpeg = select(EventPictureFile.data).where(of_picture, EventPictureFile.format == "jpg")
    return db.session.scalar(jpeg)
