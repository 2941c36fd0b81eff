"""What a row of a guest list says, as an RSVP keeps it."""

from __future__ import annotations

import json
from datetime import datetime

from eventapp.core.links import digest
from eventapp.guests.guest_file import GuestFile
from eventapp.guests.guest_row import GuestRow
from eventapp.model import Event, Rsvp


def source_ref(row: GuestRow) -> str:
    """Who the row is about in its own list; nobody's address or name in clear."""
    kind, _, who = row.ref.partition(":")
    return f"{kind}:{digest(who)}" if kind in ("email", "name") or "@" in who else row.ref


def answers_of(row: GuestRow, file: GuestFile) -> dict[str, str]:
    """What the other columns say, and the phone under its own header."""
    return {**row.answers, file.columns["phone"]: row.phone} if row.phone else row.answers


def digest_of(row: GuestRow, answers: dict[str, str]) -> str:
    """The status, and a digest of everything the row says: the same row has the same."""
    said = [
        *(row.name, row.email, row.status, row.companions, row.ask_me_about, row.want_to_learn),
        *(row.checked_in, row.arrived_at and row.arrived_at.isoformat(), answers),
    ]
    return f"{row.status}:{digest(json.dumps(said, sort_keys=True))}"


def status_said_before(rsvp: Rsvp) -> str:
    """The status in the row that was imported last."""
    return (rsvp.source_digest or "").partition(":")[0]


def arrived_at(row: GuestRow, event: Event, *, at: datetime) -> datetime | None:
    """When the guest came in, as far as that can be by now. Without a time: when it began."""
    if not (row.checked_in or row.arrived_at):
        return None
    arrived = row.arrived_at or event.starts_at
    return arrived if arrived <= at else None
