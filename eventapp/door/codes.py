"""Finds the guest by a code: a ticket, a ticket's address, its six-character short code, or the
code on a ticket of another tool.
"""

from __future__ import annotations

import re

from sqlalchemy import bindparam, select

from eventapp.core.any_of import any_of
from eventapp.core.db import execute
from eventapp.core.links import SHORT_CODE_PATTERN
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import GUEST_AT_EVENT, Guest, Wanted, first_guest, guest_wanted
from eventapp.door.rehearsal import SOURCE, source_ref_of
from eventapp.door.scanned import clean_code, tickets_in
from eventapp.door.ticket_codes import holders_of
from eventapp.model import Rsvp
from eventapp.model.limits import TICKET_CODE_LEAST

_COPY = GUEST_AT_EVENT.where(Rsvp.source == SOURCE, Rsvp.source_ref == bindparam("source_ref"))
_EVENTS_OF_TICKETS = select(Rsvp.event_id).where(any_of(Rsvp.caseless_ticket, "tickets"))


def events_of_code(code: str) -> set[int]:
    """The ids of the events for which this is a ticket, ours or of another tool."""
    tickets = {"tickets": tickets_in(code)}
    ours = set(execute(_EVENTS_OF_TICKETS, tickets).scalars()) if tickets["tickets"] else set()
    return ours | {one.event_id for one in holders_of(code)}


def wanted_by_code(code: str) -> Wanted | None:
    """How to look up the guest with this code, if it has the form of one of ours, else None."""
    if tickets := tickets_in(code):
        return Wanted("caseless_ticket", tickets[0])
    return Wanted("short_code", _ungrouped(code)) if is_short_code(code) else None


def holder(event: EventAtDoor, code: str) -> Guest | None:
    """The guest of this event with this code, else None. At a rehearsal, a ticket of the original
    event finds the copy of its guest.

    The case of a ticket's letters does not count: a scanner may send all in capitals. Of its 128
    random bits that leaves 107 at least, far more than anybody can try.
    """
    wanted = wanted_by_code(code)
    others = (Wanted("caseless_ticket", ticket) for ticket in tickets_in(code)[1:])
    for one in filter(None, (wanted, *others)):
        if (guest := guest_wanted(event, one)) and (found := _here(event, guest)):
            return found
    return _holder_of_another_tool(event, code)


def _here(event: EventAtDoor, guest: Guest) -> Guest | None:
    """The guest, or the copy of them at this rehearsal; None if they are of another event."""
    if guest.event_id == event.rehearsal_of_id:
        return first_guest(event, _COPY, source_ref=source_ref_of(guest.id))
    return guest if guest.event_id == event.id else None


def _holder_of_another_tool(event: EventAtDoor, code: str) -> Guest | None:
    for event_id, rsvp_id in holders_of(code):
        if event_id == event.id:
            return guest_wanted(event, Wanted("id", rsvp_id))
        if event_id == event.rehearsal_of_id:
            return first_guest(event, _COPY, source_ref=source_ref_of(rsvp_id))
    return None


def may_be_code(typed: str) -> bool:
    """Whether this may be a code rather than a name: those are looked for in names alone."""
    has_digit = any(map(str.isdigit, typed))
    return wanted_by_code(typed) is not None or (has_digit and len(typed) >= TICKET_CODE_LEAST)


def is_short_code(typed: str) -> bool:
    """Whether this has the form of a short code. Case, spaces and hyphens do not count."""
    return re.fullmatch(SHORT_CODE_PATTERN, _ungrouped(typed)) is not None


def _ungrouped(typed: str) -> str:
    return "".join(clean_code(typed).replace("-", " ").split()).upper()
