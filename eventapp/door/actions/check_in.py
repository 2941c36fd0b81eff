"""Let a party in, once; and undo it. One verb serves the button, the scan and the import."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select, update

from eventapp.core.db import db, insert_once
from eventapp.door import queries
from eventapp.door.actions.act import Act, count_people, write_log
from eventapp.door.queries import EventAtDoor, Guest, Verdict
from eventapp.model import CheckIn

DENIED_STATUSES = {
    "cancelled": "cancelled",
    "not_going": "cancelled",
    "waitlisted": "waitlisted",
    "pending": "not_approved",
}
_TICKET = re.compile(r"(?:^|/t/)([A-Za-z0-9_-]{22})/?(?:[?#].*)?$")


def scan(event: EventAtDoor, code: str, act: Act) -> Verdict:
    """Let in whoever shows this code: a ticket, its whole address, or its short code.

    Any other text in the world is `denied` as `unknown`; a ticket for elsewhere as
    `other_event`. Raises RepeatedScan.
    """
    guest = _holder(event, code.strip())
    if guest is None:
        return deny(event, act, "unknown")
    if guest.event_id != event.id:
        return deny(event, act, "other_event")
    return _admit(event, guest, act)


def _holder(event: EventAtDoor, code: str) -> Guest | None:
    if found := _TICKET.search(code):
        return queries.guest_with_ticket(found.group(1))
    return queries.guest_with_short_code(event, code) if queries.is_short_code(code) else None


def check_in(event: EventAtDoor, rsvp_id: int, act: Act) -> Verdict:
    """Let in a guest found by name. Raises NotFound, RepeatedScan."""
    return _admit(event, queries.guest_at(event, rsvp_id), act)


def _admit(event: EventAtDoor, guest: Guest, act: Act) -> Verdict:
    verdict = Verdict(
        "admitted",
        act.scan_id,
        rsvp_id=guest.id,
        guest=guest.name,
        party=1 + guest.companions,
        first_at=act.happened_at,
        first_door=act.door,
    )
    if guest.arrived_at and (already := _already(verdict, act)):
        return write_log(event, "admit", act, already)
    if reason := _why_not(event, guest, act):
        return deny(event, act, reason, guest)
    if not record_check_in(event, verdict, act):
        verdict = _already(verdict, act) or verdict
    return write_log(event, "admit", act, verdict)


def _why_not(event: EventAtDoor, guest: Guest, act: Act) -> str | None:
    if act.offline:
        return None
    return outside_hours(event, act) or DENIED_STATUSES.get(guest.status)


def outside_hours(event: EventAtDoor, act: Act) -> str | None:
    """Why nobody is let in at this hour. What happened offline is a fact at any hour."""
    if act.offline:
        return None
    if act.happened_at < event.door_opens_at:
        return "too_early"
    return "too_late" if act.happened_at >= event.door_closes_at else None


def record_check_in(event: EventAtDoor, verdict: Verdict, act: Act) -> bool:
    """Record that the party is in, and count it. False where somebody was quicker.

    Counted first: like a walk-in and an undo it holds the event's row before the guest's, or
    two doors would wait for each other.
    """
    count_people(event, verdict.party)
    new = insert_once(
        CheckIn,
        {
            "event_id": event.id,
            "rsvp_id": verdict.rsvp_id,
            "people": verdict.party,
            "at": act.happened_at,
            "door": act.door,
            "by": act.by,
        },
    )
    if new is None:
        count_people(event, -verdict.party)
    return new is not None


def _already(verdict: Verdict, act: Act) -> Verdict | None:
    """They are in; None where another door has just taken it back. A scan that waited on a
    phone may have been the first to happen.
    """
    there = select(CheckIn.at, CheckIn.door, CheckIn.people).where(
        CheckIn.rsvp_id == verdict.rsvp_id
    )
    found = db.session.execute(there).one_or_none()
    if found is None:
        return None
    first_at, first_door, people = found
    if act.happened_at < min(first_at, act.heard_at):
        first_at, first_door = act.happened_at, act.door
        _move_arrival(verdict.rsvp_id, first_at, first_door)
    return replace(
        verdict, outcome="already", party=people, first_at=first_at, first_door=first_door
    )


def _move_arrival(rsvp_id: int | None, at: datetime, door: str) -> None:
    db.session.execute(
        update(CheckIn).where(CheckIn.rsvp_id == rsvp_id).values(at=at, door=door),
        execution_options={"synchronize_session": False},
    )


def deny(event: EventAtDoor, act: Act, reason: str, guest: Guest | None = None) -> Verdict:
    """Say no, and log it. Raises RepeatedScan."""
    verdict = Verdict("denied", act.scan_id, reason=reason)
    if guest:
        verdict = replace(verdict, rsvp_id=guest.id, guest=guest.name, party=1 + guest.companions)
    return write_log(event, "deny", act, verdict)


def undo(event: EventAtDoor, rsvp_id: int, act: Act) -> Verdict:
    """Take a check-in back: the record goes, the history stays. Raises NotFound, RepeatedScan."""
    guest = queries.guest_at(event, rsvp_id)
    count_people(event, 0)  # holds the event's row
    people = db.session.execute(
        delete(CheckIn).where(CheckIn.rsvp_id == guest.id).returning(CheckIn.people),
        execution_options={"synchronize_session": False},
    ).scalar()
    if people:
        count_people(event, -people)
    verdict = Verdict(
        "undone", act.scan_id, rsvp_id=guest.id, guest=guest.name, party=1 + guest.companions
    )
    return write_log(event, "undo", act, verdict)
