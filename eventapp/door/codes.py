"""Finds the guest by a code: a ticket, a ticket's address, or its six-character short code."""

from __future__ import annotations

import re

from sqlalchemy import bindparam, select

from eventapp.core.db import execute
from eventapp.core.links import SHORT_CODE_PATTERN
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import GUEST_AT_EVENT, Guest, Wanted, first_guest, guest_wanted
from eventapp.door.rehearsal import SOURCE, source_ref_of
from eventapp.door.scanned import clean_code, ticket_in
from eventapp.model import Rsvp

_COPY = GUEST_AT_EVENT.where(Rsvp.source == SOURCE, Rsvp.source_ref == bindparam("source_ref"))
_EVENT_OF_TICKET = select(Rsvp.event_id).where(Rsvp.ticket == bindparam("ticket"))


def event_of_ticket(ticket: str) -> int | None:
    """The id of the event that this is a ticket for; None if it is no ticket."""
    event_id: int | None = execute(_EVENT_OF_TICKET, {"ticket": ticket}).scalar()
    return event_id


def wanted_by_code(code: str) -> Wanted | None:
    """How to look up the guest with this code; None if it has the form of no code."""
    if ticket := ticket_in(code):
        return Wanted("ticket", ticket)
    return Wanted("short_code", _ungrouped(code)) if is_short_code(code) else None


def holder(event: EventAtDoor, code: str) -> Guest | None:
    """The guest of this event with this code, else None. At a rehearsal, a ticket of the original
    event finds the copy of its guest.
    """
    wanted = wanted_by_code(code)
    guest = guest_wanted(event, wanted) if wanted else None
    if guest and guest.event_id == event.rehearsal_of_id:
        return first_guest(event, _COPY, source_ref=source_ref_of(guest.id))
    return guest if guest and guest.event_id == event.id else None


def is_short_code(typed: str) -> bool:
    """Whether this has the form of a short code. Case, spaces and hyphens do not count."""
    return re.fullmatch(SHORT_CODE_PATTERN, _ungrouped(typed)) is not None


def _ungrouped(typed: str) -> str:
    return "".join(clean_code(typed).replace("-", " ").split()).upper()
