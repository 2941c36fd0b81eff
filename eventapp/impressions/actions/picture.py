"""Pictures of an event: upload one, let everybody see it, hide it, delete it, and take it down."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, case, delete, func, select

from eventapp.attendees.queries import Viewer, was_there
from eventapp.core.db import db, lock
from eventapp.core.due import deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.picture_files import Files
from eventapp.events.queries import kept_no_longer
from eventapp.impressions.actions.write import ImpressionsClosed, NotThere
from eventapp.met.actions.closed import form_closed
from eventapp.model import Event, EventPicture, EventPictureFile, Person
from eventapp.model.limits import EVENT_PICTURES_MOST, PICTURES_MOST


class TooManyPictures(Refusal):
    code = "too_many_pictures"
    message = _l("There are enough pictures here: a person may add %(most)s to an event.")


class EventIsFull(Refusal):
    code = "event_has_enough_pictures"
    message = _l("This event has as many pictures as we keep. Ask the hosts to delete some.")


class WasTakenDown(Refusal):
    code = "was_taken_down"
    message = _l("Somebody had this picture taken down, so it can't be added again.")


class PictureIsThere(Refusal):
    code = "picture_is_there"
    message = _l("This picture has been added already, and waits for a host or is shown.")


def add_picture(
    event: Event, viewer: Viewer, files: Files, *, alt: str, at: datetime
) -> EventPicture:
    """Keep a picture of somebody who was there, until a host says yes; of a host, for everybody at
    once. Added again by the same person, it is the one that is there.

    Raises NotThere, ImpressionsClosed, TooManyPictures, EventIsFull, WasTakenDown, PictureIsThere.
    """
    person = _who_adds(viewer)
    lock(event)
    if same := _same(event, files):
        if same.taken_down_at:
            raise WasTakenDown
        if same.person_id != person.id:
            raise PictureIsThere
        return same
    _refuse_too_many(event, person, at)
    picture = EventPicture(event_id=event.id, person_id=person.id, digest=files.digest, alt=alt)
    picture.width, picture.height, picture.created_at = files.width, files.height, at
    picture.shown_at = at if viewer.is_organiser else None
    db.session.add(picture)
    db.session.flush()
    for file in files.each:
        values = {"format": file.format, "width": file.width, "data": file.data}
        db.session.add(EventPictureFile(picture_id=picture.id, **values))
    return picture


def refuse_any_picture(event: Event, viewer: Viewer, *, at: datetime) -> None:
    """Refuse whoever may add none, before anybody decodes the file, which is costly.

    Raises NotThere, ImpressionsClosed, TooManyPictures, EventIsFull.
    """
    _refuse_too_many(event, _who_adds(viewer), at)


def _who_adds(viewer: Viewer) -> Person:
    if viewer.person is None or not (viewer.is_organiser or was_there(viewer)):
        raise NotThere
    return viewer.person


def _same(event: Event, files: Files) -> EventPicture | None:
    of_event = EventPicture.event_id == event.id, EventPicture.digest == files.digest
    return db.session.scalar(select(EventPicture).where(*of_event))


def _refuse_too_many(event: Event, person: Person, at: datetime) -> None:
    if not event.takes_encounters(at):
        raise ImpressionsClosed
    is_own = EventPicture.person_id == person.id
    counted = select(func.count(), func.count().filter(is_own)).select_from(EventPicture)
    everybodys, own = db.session.execute(counted.where(EventPicture.event_id == event.id)).one()
    if own >= PICTURES_MOST:
        raise TooManyPictures(most=PICTURES_MOST)
    if everybodys >= EVENT_PICTURES_MOST:
        raise EventIsFull


def show_picture(picture: EventPicture, *, at: datetime) -> bool:
    """Let everybody see it, unless it was taken down. Idempotent. Returns whether that is new."""
    lock(picture)
    if picture.taken_down_at or picture.shown_at:
        return False
    picture.shown_at = at
    return True


def hide_picture(picture: EventPicture) -> bool:
    """Have nobody but the hosts and who uploaded it see it. Idempotent. Returns whether that is
    new.
    """
    lock(picture)
    was_shown, picture.shown_at = picture.shown_at is not None, None
    return was_shown


def delete_picture(picture: EventPicture) -> bool:
    """Delete it with its files. One that was taken down stays, so that it isn't added again.
    Returns whether it was deleted.
    """
    lock(picture)
    if picture.taken_down_at:
        return False
    db.session.execute(delete(EventPicture).where(EventPicture.id == picture.id))
    return True


def delete_pictures_of(person: Person) -> None:
    """Delete what this person uploaded, but for the digests of what was taken down."""
    theirs = EventPicture.person_id == person.id, EventPicture.taken_down_at.is_(None)
    db.session.execute(delete(EventPicture).where(*theirs))


def take_down(picture: EventPicture, *, at: datetime) -> bool:
    """Delete what it shows at once, because somebody, whoever it is, doesn't want it seen. Nobody
    can undo it. Idempotent. Returns whether that is new.
    """
    lock(picture)
    is_new = picture.taken_down_at is None
    picture.taken_down_at = picture.taken_down_at or at
    picture.shown_at, picture.alt = None, ""
    db.session.execute(delete(EventPictureFile).where(EventPictureFile.picture_id == picture.id))
    return is_new


def _is_old(at: datetime) -> ColumnElement[bool]:
    """Its community keeps it no longer. What is left of one that was taken down stays exactly as
    long as pictures may be added, so that it doesn't come back.
    """
    outlived = EventPicture.event_id.in_(kept_no_longer(at, attrgetter("months_of_pictures")))
    closed = EventPicture.event_id.in_(select(Event.id).where(form_closed(at)))
    return case((EventPicture.taken_down_at.is_(None), outlived), else_=closed)


forget_old_pictures = deletion(EventPicture.id, _is_old)
