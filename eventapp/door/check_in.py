"""Let a party in, once. One verb serves the button, the scan and the import."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, delete, exists, update

from eventapp.core.db import db, execute
from eventapp.core.insert import insert_where
from eventapp.door.arrival import Arrival, arrival_of, write_arrival
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest, guest_at
from eventapp.door.log import Act, Verdict, count_people, write_log
from eventapp.model import CheckIn, CheckOut, DoorVerb, Outcome, Reason, Rsvp, Status
from eventapp.rsvp.actions import give_place

DENIED_STATUSES: dict[str, str] = {
    Status.CANCELLED: Reason.CANCELLED,
    Status.NOT_GOING: Reason.CANCELLED,
    Status.WAITLISTED: Reason.WAITLISTED,
    Status.PENDING: Reason.NOT_APPROVED,
}


def check_in(event: EventAtDoor, rsvp_id: int, act: Act, guest: Guest | None = None) -> Verdict:
    """Let in a guest found by name. Raises NotFound, RepeatedScan."""
    return admit(event, guest or guest_at(event, rsvp_id), act)


def about(guest: Guest, outcome: str, act: Act, *, party: int) -> Verdict:
    return Verdict(
        outcome, act.scan_id, rsvp_id=guest.id, guest=guest.name, party=party, holder=guest
    )


def admit(event: EventAtDoor, guest: Guest, act: Act) -> Verdict:
    """Decide by the guest as they were read; once more, if they were somewhere else by the time
    that the event's row was held.
    """
    if guest.is_all_in or _is_told_late(guest, act):
        if already := _already(event, guest, act):
            return write_log(event, DoorVerb.ADMIT, act, already, conflict=_twice(act))
        guest = guest.not_in()
    no = why_not(event, guest, act)
    if no and not act.admits_over_a_no:
        return deny(event, act, no, guest)
    if no and not act.offline:
        guest = _seated(event, guest)
    conflict = no or _too_many(guest, act)
    verdict = _let_in(event, guest, act, conflict=conflict if act.let_in_alone else None)
    return verdict or admit(event, guest_at(event, guest.id), act)


def _is_told_late(guest: Guest, act: Act) -> bool:
    """Whether this happened before the guest left: they are not back."""
    return guest.left_at is not None and act.happened_at < guest.left_at


def _twice(act: Act) -> str | None:
    return Reason.TWICE if act.let_in_alone else None


def _too_many(guest: Guest, act: Act) -> str | None:
    """Whether more of a party came in by this than are missing: some of them twice."""
    return Reason.TWICE if (act.people or 0) > guest.missing else None


def why_not(event: EventAtDoor, guest: Guest, act: Act) -> str | None:
    return outside_hours(event, act) or DENIED_STATUSES.get(guest.status)


def outside_hours(event: EventAtDoor, act: Act) -> str | None:
    """Why nobody is let in at this hour."""
    if act.happened_at < event.door_opens_at:
        return Reason.TOO_EARLY
    return Reason.TOO_LATE if act.happened_at >= event.door_closes_at else None


def _seated(event: EventAtDoor, guest: Guest) -> Guest:
    """Whom a lead lets in over the list's no has a place from now on."""
    rsvp = db.session.get_one(Rsvp, guest.id)
    give_place(rsvp)
    event.seats_taken = rsvp.event.seats_taken
    return guest._replace(status=rsvp.status)


def _let_in(event: EventAtDoor, guest: Guest, act: Act, *, conflict: str | None) -> Verdict | None:
    """Record that they are in, count it, and log it. None, and the event's row is held, where they
    are no longer as they were read: another door let them in or took them back, or they cancelled.
    """
    people = min(act.people or guest.missing, guest.missing)
    verdict = about(guest, Outcome.ADMITTED, act, party=people)
    if guest.arrived_at is None:
        verdict = replace(verdict, first_at=act.happened_at, first_door=act.door)
        came_in = arrive(
            event, DoorVerb.ADMIT, act, verdict, status=guest.status, conflict=conflict
        )
        return verdict if came_in else None
    join = _come_back if guest.left_at else _more_of
    inside = join(event, guest, verdict)
    return write_log(event, DoorVerb.ADMIT, act, inside, conflict=conflict) if inside else None


def arrive(
    event: EventAtDoor,
    verb: str,
    act: Act,
    verdict: Verdict,
    *,
    status: str,
    conflict: str | None = None,
) -> bool:
    """Count the verdict's party, record that it is in, and log it. False, and nothing written but
    that the event's row is held, where it is in already or its `status` is another one by now.
    Raises RepeatedScan.

    Counted first: like an undo it holds the event's row before the guest's, or two doors would
    wait for each other.
    """
    check_in = {
        "event_id": event.id,
        "rsvp_id": verdict.rsvp_id,
        "people": verdict.party,
        "at": act.happened_at,
        "door": act.door,
        "by": act.by,
    }
    count_people(event, verdict.party)
    if not insert_where(CheckIn, check_in, Rsvp, _AS_SEEN, {"seen_status": status}):
        count_people(event, -verdict.party)
        return False
    write_log(event, verb, act, verdict, conflict=conflict)
    return True


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


def _more_of(event: EventAtDoor, guest: Guest, verdict: Verdict) -> Verdict | None:
    """Let in those of a party who come later."""
    count_people(event, verdict.party)
    more = {"rsvp": guest.id, "more": verdict.party, "all": guest.party}
    if not execute(_MORE, more).rowcount:
        count_people(event, -verdict.party)
        return None
    return replace(verdict, first_at=guest.arrived_at, first_door=guest.arrived_door)


def _come_back(event: EventAtDoor, guest: Guest, verdict: Verdict) -> Verdict | None:
    """Whoever left is inside again, with all they came in with."""
    count_people(event, 0)  # holds the event's row
    came_in = arrival_of(guest.id)
    if came_in is None:
        return None
    if not execute(delete(CheckOut).where(CheckOut.check_in_id == came_in.id)).rowcount:
        return None
    count_people(event, 0, left=-came_in.people)
    return replace(verdict, party=came_in.people, first_at=came_in.at, first_door=came_in.door)


def _already(event: EventAtDoor, guest: Guest, act: Act) -> Verdict | None:
    """They are in; None where another door has just taken it back. Whom a phone let in alone, and
    tells of late, may have come by its door first.
    """
    came_in = arrival_of(guest.id)
    if came_in and act.offline and act.happened_at < came_in.at:
        count_people(event, 0)  # holds the event's row, and has phones ask for the list
        came_in = _first_of(act, arrival_of(guest.id))
    if came_in is None:
        return None
    verdict = about(guest, Outcome.ALREADY, act, party=came_in.people)
    return replace(verdict, first_at=came_in.at, first_door=came_in.door)


def _first_of(act: Act, came_in: Arrival | None) -> Arrival | None:
    """The arrival, moved to the act where that happened before."""
    if came_in is None or came_in.at <= act.happened_at:
        return came_in
    first = came_in._replace(at=act.happened_at, door=act.door)
    write_arrival(first)
    return first


def deny(
    event: EventAtDoor,
    act: Act,
    reason: str,
    guest: Guest | None = None,
    *,
    conflict: str | None = None,
) -> Verdict:
    """Say no, and log it. Raises RepeatedScan."""
    verdict = Verdict(Outcome.DENIED, act.scan_id, reason=reason)
    if guest:
        verdict = replace(about(guest, Outcome.DENIED, act, party=guest.party), reason=reason)
    return write_log(event, DoorVerb.DENY, act, verdict, conflict=conflict)
