"""Let a party in, once. One verb serves the button, the scan and the import."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, delete, exists, update

from eventapp.core.db import db, execute
from eventapp.core.insert import insert_where
from eventapp.door.arrival import Arrival, arrival_of, write_arrival
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest, guest_at
from eventapp.door.log import DoorAction, ScanResult, count_people, write_log
from eventapp.model import CheckIn, CheckOut, DoorVerb, Outcome, Reason, Rsvp, Status
from eventapp.rsvp.actions import give_place, lock_rsvp, say_yes, take_place

DENIED_STATUSES: dict[str, str] = {
    Status.CANCELLED: Reason.CANCELLED,
    Status.NOT_GOING: Reason.CANCELLED,
    Status.WAITLISTED: Reason.WAITLISTED,
    Status.PENDING: Reason.NOT_APPROVED,
}


def check_in(event: EventAtDoor, rsvp_id: int, action: DoorAction) -> ScanResult:
    """Let in a guest by the id of their RSVP. Raises NotFound, RepeatedScan."""
    return admit(event, guest_at(event, rsvp_id), action)


def about(guest: Guest, outcome: str, action: DoorAction, *, party: int) -> ScanResult:
    return ScanResult(
        outcome, action.scan_id, rsvp_id=guest.id, guest=guest.name, party=party, holder=guest
    )


def admit(event: EventAtDoor, guest: Guest, action: DoorAction) -> ScanResult:
    """Let in a guest, or deny it. Decides by `guest`, read before the event's row was locked; if
    they changed meanwhile, reads them again and decides anew. Raises RepeatedScan.
    """
    left_since = guest.left_at is not None and action.happened_at < guest.left_at
    if guest.is_all_in or left_since:  # told late, it does not undo their leaving
        if already := _already(event, guest, action):
            return write_log(event, DoorVerb.ADMIT, action, already, conflict=Reason.TWICE)
        guest = guest.not_in()
    no = why_not(event, guest, action)
    if no and not action.overrules:
        return deny(event, action, no, guest)
    if guest.status == Status.MAYBE:
        seated = _take_place(event, guest, action)
        if seated is None:  # a lead overrules the no that they were shown, not another
            return admit(event, guest_at(event, guest.id), replace(action, over_reason=""))
        guest = seated
    elif no and not action.offline:
        guest = _seated(event, guest, action)
    too_many = (action.people or 0) > guest.missing
    result = _let_in(event, guest, action, conflict=no or (Reason.TWICE if too_many else None))
    return result or admit(event, guest_at(event, guest.id), action)


def why_not(event: EventAtDoor, guest: Guest, action: DoorAction) -> str | None:
    no = why_nobody(event, action) or DENIED_STATUSES.get(guest.status)
    if no or guest.status != Status.MAYBE:
        return no
    if _needs_a_yes(event, guest):
        return Reason.NOT_APPROVED
    return None if event.has_room_for(guest.party) else Reason.FULL


def _needs_a_yes(event: EventAtDoor, guest: Guest) -> bool:
    return event.needs_approval and guest.approved_at is None


def why_nobody(event: EventAtDoor, action: DoorAction) -> str | None:
    """Why nobody was let in when this happened; None while the door is open. Of an event that was
    called off, guests hear that their tickets are no longer valid.
    """
    if event.called_off_at and action.happened_at >= event.called_off_at:
        return Reason.CANCELLED
    if action.happened_at < event.door_opens_at:
        return Reason.TOO_EARLY
    return Reason.TOO_LATE if action.happened_at >= event.door_closes_at else None


def _take_place(event: EventAtDoor, guest: Guest, action: DoorAction) -> Guest | None:
    """Give a place, as to a walk-in, to a guest who said maybe. Returns None, with the event's row
    locked and read anew, if they answered meanwhile, the last place went, or the event began to
    ask for approval.
    """
    rsvp = db.session.get_one(Rsvp, guest.id)
    lock_rsvp(rsvp)
    needs_a_yes = rsvp.event.needs_approval and rsvp.approved_at is None
    is_as_seen = rsvp.status == Status.MAYBE and needs_a_yes == _needs_a_yes(event, guest)
    takes = is_as_seen and take_place(rsvp, over_capacity=action.overrules)
    if takes:
        say_yes(rsvp, at=action.happened_at)
    db.session.flush()
    event.capacity, event.seats_taken = rsvp.event.capacity, rsvp.event.seats_taken
    event.needs_approval = rsvp.event.needs_approval
    return guest._replace(status=rsvp.status) if takes else None


def _seated(event: EventAtDoor, guest: Guest, action: DoorAction) -> Guest:
    """Give a place to a guest whom a lead admits in spite of their status."""
    rsvp = db.session.get_one(Rsvp, guest.id)
    give_place(rsvp, at=action.happened_at)
    event.seats_taken = rsvp.event.seats_taken
    return guest._replace(status=rsvp.status)


def _let_in(
    event: EventAtDoor, guest: Guest, action: DoorAction, *, conflict: str | None
) -> ScanResult | None:
    """Record that the guest is in, count them, and log it. Returns None, with the event's row
    locked, if the guest changed since they were read: another door let them in or undid a check-in,
    or they cancelled.
    """
    people = min(action.people or guest.missing, guest.missing)
    result = about(guest, Outcome.ADMITTED, action, party=people)
    if guest.arrived_at is None:
        result = replace(result, first_at=action.happened_at, first_door=action.door)
        return arrive(event, DoorVerb.ADMIT, action, result, status=guest.status, conflict=conflict)
    join = _come_back if guest.left_at else _more_of
    inside = join(event, guest, result)
    return write_log(event, DoorVerb.ADMIT, action, inside, conflict=conflict) if inside else None


def arrive(
    event: EventAtDoor,
    verb: str,
    action: DoorAction,
    result: ScanResult,
    *,
    status: str,
    conflict: str | None = None,
) -> ScanResult | None:
    """Count the result's party, record its check-in, and log it. Returns None, with the event's
    row locked and nothing changed, if the guest is checked in already or no longer has this
    `status`. Raises RepeatedScan.

    Counting comes first because it locks the event's row. Every door action locks that row before
    the guest's; otherwise two doors could deadlock.
    """
    party = {"event_id": event.id, "rsvp_id": result.rsvp_id, "people": result.party}
    check_in = {**party, "at": action.happened_at, "door": action.door, "by": action.by}
    count_people(event, result.party)
    if not insert_where(CheckIn, check_in, Rsvp, _AS_SEEN, {"seen_status": status}):
        count_people(event, -result.party)
        return None
    return write_log(event, verb, action, result, conflict=conflict)


_AS_SEEN = (Rsvp.id == bindparam("rsvp_id")) & (Rsvp.status == bindparam("seen_status"))
_MORE = (
    update(CheckIn)
    .where(
        CheckIn.rsvp_id == bindparam("rsvp"),
        CheckIn.people + bindparam("more") <= bindparam("all"),
        ~exists().where(CheckOut.check_in_id == CheckIn.id),
    )
    .values(people=CheckIn.people + bindparam("more"))
)


def _more_of(event: EventAtDoor, guest: Guest, result: ScanResult) -> ScanResult | None:
    """Let in more of a party that is in already. Returns None if that changed meanwhile."""
    count_people(event, result.party)
    more = {"rsvp": guest.id, "more": result.party, "all": guest.party}
    if not execute(_MORE, more).rowcount:
        count_people(event, -result.party)
        return None
    return replace(result, first_at=guest.arrived_at, first_door=guest.arrived_door)


def _come_back(event: EventAtDoor, guest: Guest, result: ScanResult) -> ScanResult | None:
    """Let in again a party that left, with as many people as before. Returns None if that changed
    meanwhile.
    """
    count_people(event, 0)  # locks the event's row
    came_in = arrival_of(guest.id)
    if came_in is None:
        return None
    if not execute(delete(CheckOut).where(CheckOut.check_in_id == came_in.id)).rowcount:
        return None
    count_people(event, 0, left=-came_in.people)
    return replace(result, party=came_in.people, first_at=came_in.at, first_door=came_in.door)


def _already(event: EventAtDoor, guest: Guest, action: DoorAction) -> ScanResult | None:
    """The result for a guest who is in. Returns None if another door undid the check-in meanwhile.
    An offline check-in may have happened before the one on record: the earlier is kept.
    """
    came_in = arrival_of(guest.id)
    if came_in and action.offline and action.happened_at < came_in.at:
        count_people(event, 0)  # locks the event's row, and makes phones fetch the list again
        came_in = _first_of(action, arrival_of(guest.id))
    if came_in is None:
        return None
    result = about(guest, Outcome.ALREADY, action, party=came_in.people)
    return replace(result, first_at=came_in.at, first_door=came_in.door)


def _first_of(action: DoorAction, came_in: Arrival | None) -> Arrival | None:
    """Move the arrival to the time and door of the action, if the action happened earlier."""
    if came_in is None or came_in.at <= action.happened_at:
        return came_in
    first = came_in._replace(at=action.happened_at, door=action.door)
    write_arrival(first)
    return first


def deny(
    event: EventAtDoor,
    action: DoorAction,
    reason: str,
    guest: Guest | None = None,
    *,
    conflict: str | None = None,
) -> ScanResult:
    """Deny entry, and log it. Raises RepeatedScan."""
    result = ScanResult(Outcome.DENIED, action.scan_id, reason=reason)
    if guest:
        result = replace(about(guest, Outcome.DENIED, action, party=guest.party), reason=reason)
    return write_log(event, DoorVerb.DENY, action, result, conflict=conflict)
