"""Let in the guest with a scanned code, or ask first."""

from __future__ import annotations

from eventapp.door.check_in import about, admit, deny, why_not
from eventapp.door.codes import events_of_code, holder
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest
from eventapp.door.log import DoorAction, ScanResult
from eventapp.model import Outcome, Reason


def scan(
    event: EventAtDoor, code: str, action: DoorAction, guest: Guest | None = None
) -> ScanResult:
    """Let in the guest with this code: a ticket, a ticket's address, a short code, or the code on a
    ticket of another tool. `guest` is that guest, if read already.

    Any other text is `denied` as `unknown`, a ticket of another event as `other_event`. Raises
    RepeatedScan.
    """
    guest = guest or holder(event, code)
    return admit(event, guest, action) if guest else deny_code(event, code, action)


def ask(
    event: EventAtDoor, code: str, action: DoorAction, guest: Guest | None = None
) -> ScanResult:
    """Show the guest with this code and ask how many come in: `needs_input`. If the guest is in
    already or denied, does the same as `scan`. Raises RepeatedScan.
    """
    guest = guest or holder(event, code)
    if guest is None:
        return deny_code(event, code, action)
    if guest.is_all_in or why_not(event, guest, action):
        return admit(event, guest, action)
    return about(guest, Outcome.NEEDS_INPUT, action, party=guest.missing)


def deny_code(event: EventAtDoor, code: str, action: DoorAction) -> ScanResult:
    """Deny a code that no guest of this event has, and log it. Raises RepeatedScan."""
    elsewhere = events_of_code(code) - {event.id, event.rehearsal_of_id}
    reason = Reason.OTHER_EVENT if elsewhere else Reason.UNKNOWN
    return deny(event, action, reason, conflict=Reason.UNKNOWN)
