"""Record who has left, if the organiser chose to count who is inside."""

from __future__ import annotations

from eventapp.core.errors import NotFound
from eventapp.core.insert import insert_once
from eventapp.door.arrival import arrival_of
from eventapp.door.check_in import deny
from eventapp.door.codes import holder
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest, guest_at
from eventapp.door.log import DoorAction, ScanResult, count_people, write_log
from eventapp.door.scan import deny_code
from eventapp.model import CheckOut, DoorVerb, Outcome, Reason


def leave(event: EventAtDoor, rsvp_id: int, action: DoorAction) -> ScanResult:
    """Record that a party has left. Idempotent. `denied` as `not_in` if it is not checked in.

    Raises RepeatedScan, and NotFound, also if the event does not record who leaves.
    """
    if not event.notes_leaving:
        raise NotFound
    return _leave(event, guest_at(event, rsvp_id), action)


def scan_out(
    event: EventAtDoor, code: str, action: DoorAction, guest: Guest | None = None
) -> ScanResult:
    """As `leave`, for the guest with this code. Raises RepeatedScan."""
    guest = guest or holder(event, code)
    return _leave(event, guest, action) if guest else deny_code(event, code, action)


def _leave(event: EventAtDoor, guest: Guest, action: DoorAction) -> ScanResult:
    count_people(event, 0)  # locks the event's row
    came_in = arrival_of(guest.id)
    if came_in is None:
        return deny(event, action, Reason.NOT_IN, guest)
    left = {
        "check_in_id": came_in.id,
        "at": action.happened_at,
        "door": action.door,
        "by": action.by,
    }
    if insert_once(CheckOut, left):
        count_people(event, 0, left=came_in.people)
    result = ScanResult(
        Outcome.LEFT,
        action.scan_id,
        rsvp_id=guest.id,
        guest=guest.name,
        party=came_in.people,
        first_at=came_in.at,
        first_door=came_in.door,
        holder=guest,
    )
    return write_log(event, DoorVerb.LEAVE, action, result)
