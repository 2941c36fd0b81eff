"""A rehearsal: a copy of an event's list, to try the door on; each guest says whose copy it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, execute
from eventapp.door.queries.event import EventAtDoor
from eventapp.model import Event, Rsvp

SOURCE = "import"  # as of everybody who was brought in from a list


def source_ref_of(rsvp_id: int) -> str:
    """How the copy of a guest says whose copy it is."""
    return f"rehearsal:{rsvp_id}"


def rehearsal_of(event: Event) -> Event | None:
    """The rehearsal that goes on, if there is one."""
    return db.session.scalar(
        select(Event).where(Event.rehearsal_of_id == event.id).options(joinedload(Event.community))
    )


def rehearsed_by(event: Event) -> Event:
    """The event that this rehearsal is a copy of."""
    return db.session.get_one(Event, event.rehearsal_of_id)


def copies_of(rsvp: Rsvp) -> Sequence[Rsvp]:
    """The guest's copy in a rehearsal of the event, if there is one."""
    return db.session.scalars(
        select(Rsvp)
        .join(Event, Event.id == Rsvp.event_id)
        .where(
            Event.rehearsal_of_id == rsvp.event_id,
            Rsvp.source == SOURCE,
            Rsvp.source_ref == source_ref_of(rsvp.id),
        )
    ).all()


_REFS_OF_COPIES = select(Rsvp.id, Rsvp.source_ref).where(
    Rsvp.event_id == bindparam("event_id"), Rsvp.source == SOURCE
)
_TICKETS = select(Rsvp.id, Rsvp.ticket).where(Rsvp.event_id == bindparam("event_id"))


def tickets_of_originals(rehearsal: EventAtDoor) -> dict[int, str]:
    """The ticket by which each guest of a rehearsal comes in, by the copy's id."""
    originals = execute(_TICKETS, {"event_id": rehearsal.rehearsal_of_id})
    by_ref = {source_ref_of(one.id): one.ticket for one in originals}
    copies = execute(_REFS_OF_COPIES, {"event_id": rehearsal.id})
    return {one.id: by_ref[one.source_ref] for one in copies if one.source_ref in by_ref}
