"""Who comes to an event, as its page shows it: a few faces and two counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from eventapp.attendees.queries.listing import came_and_listed, comes_and_listed
from eventapp.attendees.queries.topics import Interests
from eventapp.attendees.queries.viewer import Viewer
from eventapp.core.db import db
from eventapp.model import Event, Rsvp, Status

FACES_MOST = 12
RANKED_MOST = 500  # of more who may be seen, those who answered first


@dataclass(frozen=True)
class Face:
    rsvp: Rsvp
    topics: tuple[str, ...] = ()  # shared with the viewer, in whole phrases


@dataclass(frozen=True)
class WhoComes:
    faces: Sequence[Face]
    seen: int  # how many the viewer may see
    going: int  # people, companions included, whose address is confirmed

    @property
    def in_common(self) -> Sequence[Face]:
        """Those with whom the viewer has something to talk about."""
        return [face for face in self.faces if face.topics]


def who_comes(event: Event, viewer: Viewer, *, at: datetime) -> WhoComes:
    """The faces that this viewer may see, topics in common first. Of an event that is over, of
    those who came.

    Only confirmed guests are counted: an answer changes no number until the owner of its address
    proves it, so that nobody learns by answering whether an address was on the list.
    """
    seen_by = came_and_listed if event.ends_at <= at else comes_and_listed
    may_be_seen = seen_by(event, viewer)
    seen, going = _counts(event, may_be_seen)
    return WhoComes(_faces(viewer, may_be_seen), seen, going)


def _counts(event: Event, may_be_seen: ColumnElement[bool]) -> tuple[int, int]:
    is_going = and_(Rsvp.status == Status.GOING, Rsvp.confirmed_at.is_not(None))
    counted = select(
        func.count().filter(may_be_seen),
        func.coalesce(func.sum(1 + Rsvp.companions).filter(is_going), 0),
    )
    seen, going = db.session.execute(counted.where(Rsvp.event_id == event.id)).one()
    return seen, going


def _faces(viewer: Viewer, may_be_seen: ColumnElement[bool]) -> Sequence[Face]:
    own = Interests.of(viewer.rsvp) if viewer.rsvp and viewer.is_attendee else None
    seen = select(Rsvp).where(may_be_seen).order_by(Rsvp.id)
    guests = db.session.scalars(seen.limit(RANKED_MOST if own else FACES_MOST)).all()
    faces = [Face(rsvp, own.shared_with(Interests.of(rsvp)) if own else ()) for rsvp in guests]
    return sorted(faces, key=lambda face: -len(face.topics))[:FACES_MOST]
