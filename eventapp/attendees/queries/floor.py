"""Which questions from the floor a guest sees, and beside which a name stands. An anonymous one has
none, whoever looks.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, not_, null, select

from eventapp.attendees.queries.blocks import blocks_somebody_at, is_not_apart_from
from eventapp.attendees.queries.listing import is_shown
from eventapp.attendees.queries.viewer import Viewer
from eventapp.core.db import db
from eventapp.model import Event, FloorQuestion, Listing, Person, Rsvp, Status


def question_shown(event: Event, viewer: Viewer, question_id: int) -> FloorQuestion | None:
    """What hosts show of what others and they asked, to whoever is coming."""
    one = FloorQuestion.id == question_id, FloorQuestion.event_id == event.id
    shown = select(FloorQuestion).where(*one, FloorQuestion.shown_at.is_not(None))
    return db.session.scalar(shown) if viewer.is_attendee else None


def words_to_voter() -> Any:
    """The same, to whoever voted for it: of the RSVP that is joined to a vote. None where they
    don't see them any more.
    """
    is_seen = FloorQuestion.shown_at.is_not(None), Rsvp.status == Status.GOING
    return case((and_(*is_seen), FloorQuestion.words), else_=null())


def asker_to_guests(event: Event, viewer: Viewer) -> Any:
    """The asker's name, for guests: of somebody whom they see on the list."""
    apart = [is_not_apart_from(viewer.person.id)] if viewer.person else []
    return _name_where(is_shown(event, viewer), *apart)


def asker_to_hosts(host: Person) -> Any:
    """The asker's name, for a host: but between two of whom one has blocked the other."""
    return _name_where(is_not_apart_from(host.id))


def asker_on_wall(event: Event) -> Any:
    """The asker's name, for whoever looks at a wall: of somebody who agreed to be seen by
    attendees, and has blocked nobody who answered this event.
    """
    agreed = Rsvp.listing.in_((Listing.ATTENDEES, Listing.EVERYONE))
    proved = Rsvp.confirmed_at.is_not(None), Rsvp.status == Status.GOING
    return _name_where(agreed, *proved, ~blocks_somebody_at(event))


def _name_where(*conditions: ColumnElement[bool]) -> Any:
    """Of the RSVP that is joined to a question."""
    is_named = and_(not_(FloorQuestion.is_anonymous), *conditions)
    return case((is_named, Rsvp.name), else_=null())
