"""Who is apart: of two people, one has blocked the other. Neither is shown to the other, and it
makes no difference which of them did it.

What they noted of each other and shared stays as it is and is hidden. So once no block is left,
each gets back what both had given and nobody has taken back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, or_, select, union_all
from sqlalchemy.orm import aliased

from eventapp.core.db import db
from eventapp.model import Block, Encounter, Event, Person, Rsvp

# Made once: making an alias of so many columns costs several times what the database takes.
_block = aliased(Block)
_blocker, _blocked = aliased(Rsvp), aliased(Rsvp)
_noter, _met = aliased(Rsvp), aliased(Rsvp)


def people_apart_from(person_id: Any) -> CompoundSelect[int]:
    """The ids of the people who are apart from this one: of an id, or of a parameter."""
    blocked = select(Block.blocked_id).where(Block.blocker_id == person_id)
    return union_all(blocked, select(Block.blocker_id).where(Block.blocked_id == person_id))


def rsvps_apart_from(person_id: Any) -> Select[int]:
    """The ids of these people's RSVPs, to all events."""
    return select(Rsvp.id).where(Rsvp.person_id.in_(people_apart_from(person_id)))


def is_apart_from(person: Person, rsvp_id: int) -> bool:
    """Whether the guest with this RSVP is apart from a person."""
    return db.session.scalar(rsvps_apart_from(person.id).where(Rsvp.id == rsvp_id)) is not None


def is_not_apart_from(person_id: Any) -> ColumnElement[bool]:
    """The condition for guests who are not apart from this person. Who has only a name is nobody's
    to block.
    """
    apart = people_apart_from(person_id)
    return or_(Rsvp.person_id.is_(None), Rsvp.person_id.not_in(apart))


def are_apart(one: Any, other: Any) -> ColumnElement[bool]:
    """The condition for the people with these ids, which are columns."""
    return or_(
        exists().where(_block.blocker_id == one, _block.blocked_id == other),
        exists().where(_block.blocker_id == other, _block.blocked_id == one),
    )


def pairs_apart(event: Event) -> set[frozenset[int]]:
    """The pairs of RSVPs to this event whose people are apart."""
    pairs = (
        select(_blocker.id, _blocked.id)
        .join_from(Block, _blocker, _blocker.person_id == Block.blocker_id)
        .join(_blocked, _blocked.person_id == Block.blocked_id)
        .where(_blocker.event_id == event.id, _blocked.event_id == event.id)
    )
    return {frozenset(pair) for pair in db.session.execute(pairs)}


def is_blocked_here_by(person_id: Any) -> ColumnElement[bool]:
    """The condition for guests whom this person blocked, at the event at which they saw them: at
    any other, they learn nothing of them.
    """
    here = Block.blocked_id == Rsvp.person_id, Block.event_id == Rsvp.event_id
    return exists().where(Block.blocker_id == person_id, *here)


def blocks_somebody_at(event: Event) -> ColumnElement[bool]:
    """The condition for guests who blocked somebody who has answered this event. Where there is no
    viewer, they are left out: that the blocked went missing would tell them.
    """
    return exists().where(
        Block.blocker_id == Rsvp.person_id,
        Block.blocked_id == _blocked.person_id,
        _blocked.event_id == event.id,
    )


def is_between_apart() -> ColumnElement[bool]:
    """The condition for encounters of which the two are apart."""
    both = and_(_noter.id == Encounter.noter_id, _met.id == Encounter.met_id)
    return exists().where(both, are_apart(_noter.person_id, _met.person_id))
