"""Whose code this is: a ticket, the address of one, or the six characters of one."""

from __future__ import annotations

import re

from sqlalchemy import bindparam, select

from eventapp.core.db import execute
from eventapp.core.links import KEY_PATTERN, SHORT_CODE_PATTERN
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import GUEST_AT_EVENT, Guest, Wanted, first_guest, guest_wanted
from eventapp.door.rehearsal import SOURCE, source_ref_of
from eventapp.model import Rsvp

_TICKET = re.compile(rf"(?:^|/t/)({KEY_PATTERN})/?(?:[?#].*)?$", re.DOTALL)
_COPY = GUEST_AT_EVENT.where(Rsvp.source == SOURCE, Rsvp.source_ref == bindparam("source_ref"))
_EVENT_OF_TICKET = select(Rsvp.event_id).where(Rsvp.ticket == bindparam("ticket"))


def ticket_in(code: str) -> str | None:
    """The ticket that a code is, or whose whole address it is."""
    found = _TICKET.search(code.strip())
    return found.group(1) if found else None


def event_of_ticket(ticket: str) -> int | None:
    """The key of the event, whichever it is, that this is a ticket for; None where it is none."""
    event_id: int | None = execute(_EVENT_OF_TICKET, {"ticket": ticket}).scalar()
    return event_id


def wanted_by_code(code: str) -> Wanted | None:
    """Whose code this is: a ticket, its whole address, or a short code. None: nobody's."""
    if ticket := ticket_in(code):
        return Wanted("ticket", ticket)
    return Wanted("short_code", _ungrouped(code)) if is_short_code(code) else None


def holder(event: EventAtDoor, code: str) -> Guest | None:
    """Who shows this code at this event: a ticket, its whole address, or its short code. At a
    rehearsal, a ticket of the event that is rehearsed is its copy's.
    """
    wanted = wanted_by_code(code)
    guest = guest_wanted(event, wanted) if wanted else None
    if guest and guest.event_id == event.rehearsal_of_id:
        return first_guest(event, _COPY, source_ref=source_ref_of(guest.id))
    return guest if guest and guest.event_id == event.id else None


def is_short_code(typed: str) -> bool:
    """Whether this may be one, in small letters or in groups: `hcq-738`."""
    return re.fullmatch(SHORT_CODE_PATTERN, _ungrouped(typed)) is not None


def _ungrouped(typed: str) -> str:
    return "".join(typed.replace("-", " ").split()).upper()
