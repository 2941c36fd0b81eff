"""Who is shown where rounds seat guests at small tables: those at a table to each other, by their
own tick, whatever their listing says; on the page for a wall, who agreed to be seen by attendees.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries.blocks import blocks_somebody_at, is_not_apart_from
from eventapp.core.db import db
from eventapp.model import (
    CheckIn,
    CheckOut,
    Event,
    Listing,
    RoundSeat,
    RoundsTick,
    Rsvp,
    Status,
)

_arrival, _left = aliased(CheckIn), aliased(CheckOut)  # made once: it takes longer than asking
_own = aliased(RoundSeat)


def takes_part() -> ColumnElement[bool]:
    """The condition for guests who ticked that they take part in the rounds of their event, proved
    their address, and have a place.
    """
    ticked = exists().where(RoundsTick.rsvp_id == Rsvp.id)
    return and_(ticked, Rsvp.confirmed_at.is_not(None), Rsvp.status == Status.GOING)


def is_in() -> ColumnElement[bool]:
    """The condition for guests who are checked in, and have not left again."""
    has_left = exists().where(_left.check_in_id == _arrival.id)
    return exists().where(_arrival.rsvp_id == Rsvp.id, ~has_left)


def is_inside(rsvp: Rsvp) -> bool:
    """Whether this guest is in now."""
    return db.session.scalar(select(Rsvp.id).where(Rsvp.id == rsvp.id, is_in())) is not None


def sits_with(rsvp: Rsvp, round_id: int) -> ColumnElement[bool]:
    """The condition for others at this guest's table in a round. Both still take part, and neither
    has blocked the other.
    """
    at_table = _shared_a_table_with(rsvp).where(RoundSeat.round_id == round_id)
    ticked = exists().where(RoundsTick.rsvp_id == rsvp.id)
    is_another = Rsvp.id != rsvp.id, is_not_apart_from(rsvp.person_id)
    return and_(Rsvp.id.in_(at_table), ticked, takes_part(), *is_another)


def sat_with(rsvp: Rsvp) -> ColumnElement[bool]:
    """The condition for others who sat at a table with this guest in any round, as long as it's
    known, whether or not they still take part: only for who wants to block or report somebody.
    """
    return and_(Rsvp.id.in_(_shared_a_table_with(rsvp)), Rsvp.id != rsvp.id)


def _shared_a_table_with(rsvp: Rsvp) -> Select[int]:
    same = _own.round_id == RoundSeat.round_id, _own.table_number == RoundSeat.table_number
    at_table = select(RoundSeat.rsvp_id).join_from(_own, RoundSeat, and_(*same))
    return at_table.where(_own.rsvp_id == rsvp.id)


def is_named_on_the_wall(event: Event) -> ColumnElement[bool]:
    """The condition for guests whom the page for a wall names at their table. It leaves
    out who blocked somebody there.
    """
    agreed = Rsvp.listing.in_((Listing.ATTENDEES, Listing.EVERYONE))
    return and_(takes_part(), agreed, ~blocks_somebody_at(event))
