"""Who is meant: by ticket, by short code, by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, bindparam, select

from eventapp.attendees.queries import ids_by_name
from eventapp.core.any_of import any_of
from eventapp.core.db import execute
from eventapp.core.errors import NotFound
from eventapp.core.links import KEY_PATTERN, SHORT_CODE_PATTERN
from eventapp.door.queries.event import EventAtDoor
from eventapp.door.queries.guest import GUEST, Guest
from eventapp.door.queries.rehearsal import SOURCE, source_ref_of
from eventapp.door.queries.verdicts import Verdict
from eventapp.model import Rsvp

FOUND_MOST = 20
Key = Literal["id", "ticket", "short_code"]
_TICKET = re.compile(rf"(?:^|/t/)({KEY_PATTERN})/?(?:[?#].*)?$", re.DOTALL)

_EVENT_OF_TICKET = select(Rsvp.event_id).where(Rsvp.ticket == bindparam("ticket"))
_AT_EVENT = GUEST.where(Rsvp.event_id == bindparam("event_id"))
_COPY = _AT_EVENT.where(Rsvp.source == SOURCE, Rsvp.source_ref == bindparam("source_ref"))
_WITH_IDS = GUEST.where(any_of(Rsvp.id, "ids"))
_WANTED: dict[Key, Select[Any]] = {
    "id": _AT_EVENT.where(Rsvp.id == bindparam("wanted")),
    "ticket": GUEST.where(Rsvp.ticket == bindparam("wanted")),  # of whichever event
    "short_code": _AT_EVENT.where(Rsvp.short_code == bindparam("wanted")),
}


def _first(event: EventAtDoor, statement: Select[Any], **values: str | int) -> Guest | None:
    row = execute(statement, {"event_id": event.id, **_asked_at(event), **values}).first()
    return Guest._make(row) if row else None


def _asked_at(event: EventAtDoor) -> dict[str, Any]:
    return {"community_id": event.community_id, "starts_at": event.starts_at}


def ticket_in(code: str) -> str | None:
    """The ticket that a code is, or whose whole address it is."""
    found = _TICKET.search(code.strip())
    return found.group(1) if found else None


def event_of_ticket(ticket: str) -> int | None:
    """The key of the event, whichever it is, that this is a ticket for; None where it is none."""
    event_id: int | None = execute(_EVENT_OF_TICKET, {"ticket": ticket}).scalar()
    return event_id


class Wanted(NamedTuple):
    """Whom somebody asks for: the guest whose `key` is this `value`."""

    key: Key
    value: int | str


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
    guest = _guest(event, wanted) if wanted else None
    if guest and guest.event_id == event.rehearsal_of_id:
        return _first(event, _COPY, source_ref=source_ref_of(guest.id))
    return guest if guest and guest.event_id == event.id else None


def _guest(event: EventAtDoor, wanted: Wanted) -> Guest | None:
    return _first(event, _WANTED[wanted.key], wanted=wanted.value)


def guest_at(event: EventAtDoor, rsvp_id: int) -> Guest:
    """A guest of this event. Raises NotFound."""
    found = _guest(event, Wanted("id", rsvp_id))
    if found is None:
        raise NotFound
    return found


def guest_now(event: EventAtDoor, verdict: Verdict) -> Guest | None:
    """The guest whom a verdict is about; None where it is about nobody on the list."""
    return guest_at(event, verdict.rsvp_id) if verdict.rsvp_id else None


def guest_after(event: EventAtDoor, verdict: Verdict) -> Guest | None:
    """The same right after the act, without asking again where the verdict says all of it."""
    before = verdict.holder
    if before is None or verdict.outcome not in ("admitted", "already"):
        return guest_now(event, verdict)
    came_before = (before.came_in or 0) if verdict.outcome == "admitted" else 0
    return before._replace(
        arrived_at=verdict.first_at,
        arrived_door=verdict.first_door,
        came_in=verdict.party + (0 if before.left_at else came_before),
        left_at=None,
        status="going",
    )


def is_short_code(typed: str) -> bool:
    """Whether this may be one, in small letters or in groups: `hcq-738`."""
    return re.fullmatch(SHORT_CODE_PATTERN, _ungrouped(typed)) is not None


def _ungrouped(typed: str) -> str:
    return "".join(typed.replace("-", " ").split()).upper()


def find(event: EventAtDoor, typed: str) -> Sequence[Guest]:
    """Guests by their names as far as they are typed, or by the short code of a ticket, or by a
    ticket that a hand-held scanner typed here.

    Nobody before something is typed. At most FOUND_MOST, who is meant most likely first.
    """
    typed = typed.strip()
    by_code = holder(event, typed)
    if ticket_in(typed):
        return [by_code] if by_code else []
    ids = ids_by_name(event.id, typed, limit=FOUND_MOST)
    rows = execute(_WITH_IDS, {"ids": ids, **_asked_at(event)}) if ids else ()
    found = {row.id: Guest._make(row) for row in rows}
    if by_code:
        found[by_code.id] = by_code
        ids = [by_code.id, *(id_ for id_ in ids if id_ != by_code.id)]
    return [found[id_] for id_ in ids if id_ in found]
