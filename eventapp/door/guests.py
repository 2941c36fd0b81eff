"""A guest as a door sees them, read in one statement."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, exists, select
from sqlalchemy.orm import aliased

from eventapp.core.db import execute
from eventapp.core.errors import NotFound
from eventapp.door.event import EventAtDoor
from eventapp.model import CheckIn, CheckOut, Event, MergedGuest, Outcome, Rsvp, Status, Talk

if TYPE_CHECKING:
    from eventapp.door.log import ScanResult

_other, _before, _there = aliased(Rsvp), aliased(CheckIn), aliased(Event)


def _speaks() -> ColumnElement[bool]:
    """Whether a speaker on the agenda has the guest's name."""
    return exists().where(
        Talk.event_id == Rsvp.event_id, Talk.speaker_key == Rsvp.name_key, Talk.speaker_key != ""
    )


def is_new(
    community_id: SQLColumnExpression[int] | int,
    starts_at: SQLColumnExpression[datetime] | datetime,
) -> ColumnElement[bool]:
    """Whether a guest with an address was checked in at no event of the community before this one.
    False for a guest without an address: nobody can tell.
    """
    came_before = (
        select(_before.id)
        .join(_other, _other.id == _before.rsvp_id)
        .join(_there, _there.id == _before.event_id)
        .where(
            _other.person_id == Rsvp.person_id,
            _there.community_id == community_id,
            _other.id != Rsvp.id,
            _there.starts_at <= starts_at,
            _there.rehearsal_of_id.is_(None),
            _there.called_off_at.is_(None),
        )
        .correlate(Rsvp, Event)
        .exists()
    )
    return and_(Rsvp.person_id.is_not(None), ~came_before)


def people_who_came_before(event: Event) -> Select[int | None]:
    """The ids of those who were checked in at an event of its community before this one: whoever
    else has an address `is_new`. For many guests at once.
    """
    return (
        select(Rsvp.person_id)
        .join(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .join(Event, Event.id == CheckIn.event_id)
        .where(
            Event.community_id == event.community_id,
            Event.id != event.id,
            Event.starts_at <= event.starts_at,
            Event.rehearsal_of_id.is_(None),
            Event.called_off_at.is_(None),
            Rsvp.person_id.is_not(None),
        )
    )


def guest_columns(
    community_id: SQLColumnExpression[int], starts_at: SQLColumnExpression[datetime]
) -> tuple[SQLColumnExpression[Any], ...]:
    """The columns of a Guest, at an event of this community that starts then."""
    return (
        Rsvp.id,
        Rsvp.event_id,
        Rsvp.name,
        Rsvp.status,
        Rsvp.approved_at,
        Rsvp.companions,
        Rsvp.companion_names,
        Rsvp.short_code,
        Rsvp.answers,
        Rsvp.hosts_since,
        _speaks().label("speaks"),
        is_new(community_id, starts_at).label("is_new"),
        CheckIn.at.label("arrived_at"),
        CheckIn.door.label("arrived_door"),
        CheckIn.people.label("came_in"),
        CheckOut.at.label("left_at"),
    )


class Guest(NamedTuple):
    """A guest as a door sees them: never an address."""

    id: int
    event_id: int
    name: str
    status: str
    approved_at: datetime | None
    companions: int
    companion_names: list[str]  # as far as hosts know them
    short_code: str
    answers: dict[str, str]
    hosts_since: datetime | None
    speaks: bool
    is_new: bool
    arrived_at: datetime | None
    arrived_door: str | None
    came_in: int | None
    left_at: datetime | None

    @property
    def party(self) -> int:
        """People in all, the guest included."""
        return 1 + self.companions

    @property
    def missing(self) -> int:
        """How many of the party are not inside now."""
        inside = 0 if self.left_at else self.came_in or 0
        return max(0, self.party - inside)

    @property
    def is_all_in(self) -> bool:
        return self.arrived_at is not None and self.missing == 0

    @property
    def is_expected(self) -> bool:
        """Whether their status is `going`."""
        return self.status == Status.GOING

    def not_in(self) -> Guest:
        """The same guest without a check-in."""
        return self._replace(arrived_at=None, arrived_door=None, came_in=None, left_at=None)


def with_arrival(guests: Select[Any]) -> Select[Any]:
    """Add the joins with check-in and check-out that `guest_columns` needs."""
    return guests.outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id).outerjoin(
        CheckOut, CheckOut.check_in_id == CheckIn.id
    )


# Built once: building it anew for each query made that three times as slow. Parameters: the
# `community_id` and `starts_at` of the event.
GUEST = with_arrival(
    select(*guest_columns(bindparam("community_id"), bindparam("starts_at"))).select_from(Rsvp)
)


Key = Literal["id", "caseless_ticket", "short_code"]
GUEST_AT_EVENT = GUEST.where(Rsvp.event_id == bindparam("event_id"))
_WANTED: dict[Key, Select[Any]] = {
    "id": GUEST_AT_EVENT.where(Rsvp.id == bindparam("wanted")),
    "caseless_ticket": GUEST.where(Rsvp.caseless_ticket == bindparam("wanted")),  # of any event
    "short_code": GUEST_AT_EVENT.where(Rsvp.short_code == bindparam("wanted")),
}


class Wanted(NamedTuple):
    """How to look up a guest: the one whose `key` has this `value`."""

    key: Key
    value: int | str


def first_guest(event: EventAtDoor, statement: Select[Any], **values: str | int) -> Guest | None:
    row = execute(statement, {"event_id": event.id, **guest_values(event), **values}).first()
    return Guest._make(row) if row else None


def guest_values(event: EventAtDoor) -> dict[str, Any]:
    return {"community_id": event.community_id, "starts_at": event.starts_at}


def guest_wanted(event: EventAtDoor, wanted: Wanted) -> Guest | None:
    return first_guest(event, _WANTED[wanted.key], wanted=wanted.value)


def guest_at(event: EventAtDoor, rsvp_id: int) -> Guest:
    """A guest of this event; of one who became one with another, the other. Raises NotFound."""
    found = guest_wanted(event, Wanted("id", rsvp_id)) or _merged_with(event, rsvp_id)
    if found is None:
        raise NotFound
    return found


_KEPT = (
    select(MergedGuest.rsvp_id)
    .where(MergedGuest.gone_id == bindparam("gone_id"))
    .order_by(MergedGuest.at.desc())
    .limit(1)
)


def _merged_with(event: EventAtDoor, gone_id: int) -> Guest | None:
    kept_id = execute(_KEPT, {"gone_id": gone_id}).scalar()
    return guest_wanted(event, Wanted("id", kept_id)) if kept_id else None


def guest_now(event: EventAtDoor, result: ScanResult) -> Guest | None:
    """The guest whom a result is about, read again; None if it is about nobody on the list."""
    return guest_at(event, result.rsvp_id) if result.rsvp_id else None


def guest_after(event: EventAtDoor, result: ScanResult) -> Guest | None:
    """The same right after the action, computed from the result where that is enough."""
    before = result.holder
    if before is None or result.outcome not in (Outcome.ADMITTED, Outcome.ALREADY):
        return guest_now(event, result)
    came_before = (before.came_in or 0) if result.outcome == Outcome.ADMITTED else 0
    return before._replace(
        arrived_at=result.first_at,
        arrived_door=result.first_door,
        came_in=result.party + (0 if before.left_at else came_before),
        left_at=None,
        status=Status.GOING,
    )
