"""Who looks at an event's attendees."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select

from eventapp.core.db import db
from eventapp.model import Event, Organiser, Person, Rsvp
from eventapp.rsvp.queries import rsvp_of

_ORGANISES = select(
    exists().where(
        Organiser.community_id == bindparam("community_id"),
        Organiser.person_id == bindparam("person_id"),
    )
)


@dataclass(frozen=True)
class Viewer:
    """Somebody, signed in or not, who looks at the attendees of one event."""

    person: Person | None = None
    rsvp: Rsvp | None = None  # their own answer to this event
    is_organiser: bool = False

    @property
    def is_attendee(self) -> bool:
        """Whether they are going, by an address proven to be theirs."""
        if self.person is None or self.rsvp is None:
            return False
        proven = self.rsvp.is_confirmed or self.person.verified_at is not None
        return proven and self.rsvp.holds_a_seat

    def is_own(self, rsvp: Rsvp) -> bool:
        return self.rsvp is not None and self.rsvp.id == rsvp.id


def viewer_of(event: Event, person: Person | None) -> Viewer:
    """This person as a viewer of this event; None is somebody not signed in."""
    if person is None:
        return Viewer()
    values = {"community_id": event.community_id, "person_id": person.id}
    organises = db.session.scalar(_ORGANISES, values)
    return Viewer(person, rsvp_of(event, person), bool(organises))
