"""Let in whoever shows a code, or say who it is."""

from __future__ import annotations

from eventapp.door.check_in import about, admit, deny, why_not
from eventapp.door.codes import event_of_ticket, holder, ticket_in
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest
from eventapp.door.log import DoorAction, ScanResult
from eventapp.model import Outcome, Reason


def scan(
    event: EventAtDoor, code: str, action: DoorAction, guest: Guest | None = None
) -> ScanResult:
    """Let in whoever shows this code: a ticket, its whole address, or its short code. `guest` is
    whose it is, where that was read already.

    Any other text in the world is `denied` as `unknown`; a ticket for elsewhere as
    `other_event`. Raises RepeatedScan.
    """
    guest = guest or holder(event, code)
    return admit(event, guest, action) if guest else deny_code(event, code, action)


def ask(
    event: EventAtDoor, code: str, action: DoorAction, guest: Guest | None = None
) -> ScanResult:
    """Say who shows this code and whether they may come in, and leave the rest to whoever asks:
    `needs_input`. A no is said, and logged, as `scan` would. Raises RepeatedScan.
    """
    guest = guest or holder(event, code)
    if guest is None:
        return deny_code(event, code, action)
    if guest.is_all_in or why_not(event, guest, action):
        return admit(event, guest, action)
    return about(guest, Outcome.NEEDS_INPUT, action, party=guest.missing)


def deny_code(event: EventAtDoor, code: str, action: DoorAction) -> ScanResult:
    """Say no to a code that is nobody's here. Raises RepeatedScan."""
    ticket = ticket_in(code)
    other = event_of_ticket(ticket) if ticket else None
    elsewhere = other is not None and other != event.rehearsal_of_id
    conflict = Reason.UNKNOWN if action.let_in_offline else None
    return deny(
        event, action, Reason.OTHER_EVENT if elsewhere else Reason.UNKNOWN, conflict=conflict
    )
