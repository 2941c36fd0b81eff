"""What an RSVP keeps of a row of a guest list."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from eventapp.core.links import digest
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.guest_row import GuestRow
from eventapp.guests.refusals import (
    ArrivalAhead,
    ArrivalBeforeDoor,
    ArrivalLongBefore,
    ArrivalNotCounted,
)
from eventapp.model import Event, Person, Rsvp, Source

_BEFORE_DOOR_MOST = timedelta(days=1)  # an earlier check-in was a try, or another event's


def columns_of_new(
    row: GuestRow, file: GuestFile, event: Event, *, status: str, person: Person | None
) -> dict[str, Any]:
    """The columns of the RSVP that a row makes."""
    answers = answers_of(row, file)
    return {
        "name": row.name,
        "status": status,
        "person": person,
        "companions": row.companions,
        "companion_names": list(row.companion_names),
        "language": person.language if person else event.community.language,
        "source": Source.IMPORT,
        "source_ref": source_ref(row),
        "source_digest": digest_of(row, answers),
        "answers": answers,
        "ask_me_about": row.ask_me_about,
        "want_to_learn": row.want_to_learn,
        "looking_for": row.looking_for,
        "note": row.note,
    }


def source_ref(row: GuestRow) -> str:
    """The row's guest in the list it comes from. Addresses and names are hashed."""
    kind, _, identifier = row.ref.partition(":")
    is_personal = kind in ("email", "name") or "@" in identifier
    return f"{kind}:{digest(identifier)}" if is_personal else row.ref


def answers_of(row: GuestRow, file: GuestFile) -> dict[str, str]:
    """The cells of the columns without a meaning of their own, and the phone, by their titles."""
    return {**row.answers, file.title_of("phone"): row.phone} if row.phone else row.answers


def digest_of(row: GuestRow, answers: dict[str, str]) -> str:
    """The row's status and a digest of all its cells: equal for equal rows."""
    content = [
        *(row.name, row.email, row.status, row.companions, row.ask_me_about, row.want_to_learn),
        *(row.checked_in, row.arrived_at and row.arrived_at.isoformat(), answers),
        *([row.note] if row.note else []),  # most lists have none, and keep their digests
        *([["looking_for", row.looking_for]] if row.looking_for else []),
    ]
    return f"{row.status}:{digest(json.dumps(content, sort_keys=True))}"


def imported_status(rsvp: Rsvp) -> str:
    """The status in the row that was imported last; "" if none was."""
    return (rsvp.source_digest or "").partition(":")[0]


def arrival_in(row: GuestRow, event: Event, *, at: datetime) -> datetime | ArrivalNotCounted | None:
    """When the guest came in, or why what the list says of it isn't counted; None for who did not
    come. Without a time, it is the event's start, or now if that is still ahead.
    """
    if not (row.checked_in or row.arrived_at):
        return None
    if at < event.door_opens_at:
        return ArrivalBeforeDoor()
    arrived = row.arrived_at or min(event.starts_at, at)
    if arrived > at:
        return ArrivalAhead()
    if arrived < event.door_opens_at - _BEFORE_DOOR_MOST:
        return ArrivalLongBefore(day=arrived.astimezone(event.zone).date().isoformat())
    return arrived
