"""Communities that somebody organises or follows, and the events that they answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.core.db import db
from eventapp.floor.queries import questions_told
from eventapp.follow.queries import follows_of
from eventapp.me.export.rows import columns, event_columns
from eventapp.model import (
    CheckIn,
    Community,
    DoorLog,
    GuestChange,
    GuestImport,
    ImportedGuest,
    Organiser,
    Person,
    Rsvp,
    TicketCode,
)
from eventapp.rounds.queries import rounds_told

RSVP_COLUMNS = (
    "name", "status", "companions", "companion_names", "listing", "ask_me_about", "want_to_learn",
    "looking_for", "note", "answers", "language", "source", "source_ref", "created_at",
    "confirmed_at", "changed_at", "waitlisted_at", "asked_at", "approved_at", "declined_at",
    "morning_after_at", "called_off_mailed_at", "in_calendar_since", "hosts_since", "badge_tells",
    "from_waitlist",
    "may_be_suggested", "wants_a_host",
    "removed_at",
)  # fmt: skip
UNTOLD = {"person_id", "source_digest", "codes"}  # of an import: of no use to whoever reads it
DOOR_COLUMNS = ("verb", "outcome", "reason", "over_reason", "people", "door", "happened_at")


def organised(person: Person) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Organiser)
        .join(Organiser.community)
        .where(Organiser.person_id == person.id)
        .options(contains_eager(Organiser.community), joinedload(Organiser.portrait))
        .order_by(Community.name)
    )
    return [
        {
            "community": one.community.name,
            **columns(one, "since", "named_since", "requests_ended_at"),
            "picture": one.portrait and columns(one.portrait, "uploaded_at", "data_url"),
        }
        for one in rows
    ]


def followed(person: Person) -> list[dict[str, Any]]:
    return [
        {"community": follow.community.name, **columns(follow, "since", "mailed_at")}
        for follow in follows_of(person)
    ]


def rsvps_told(rsvps: Sequence[Rsvp]) -> list[dict[str, Any]]:
    ids = [rsvp.id for rsvp in rsvps]
    check_ins = {
        row.rsvp_id: columns(row, "at", "door", "people")
        for row in db.session.scalars(select(CheckIn).where(CheckIn.rsvp_id.in_(ids)))
    }
    known = select(TicketCode.rsvp_id, func.count()).group_by(TicketCode.rsvp_id)
    tickets = dict(db.session.execute(known.where(TicketCode.rsvp_id.in_(ids))).all())
    door: dict[int | None, list[dict[str, Any]]] = {}
    log = select(DoorLog).where(DoorLog.rsvp_id.in_(ids)).order_by(DoorLog.happened_at, DoorLog.id)
    for row in db.session.scalars(log):
        told = columns(row, *DOOR_COLUMNS)
        door.setdefault(row.rsvp_id, []).append(told)
    changes, imports, rounds = _changes(ids), _imports(ids), rounds_told(ids)
    questions = questions_told(ids)
    return [
        {
            **event_columns(rsvp.event),
            **columns(rsvp, *RSVP_COLUMNS),
            "tickets_of_other_tools": tickets.get(rsvp.id, 0),
            "checked_in": check_ins.get(rsvp.id),
            "at_the_door": door.get(rsvp.id, []),
            "changed_by_hosts": changes.get(rsvp.id, []),
            "brought_by_lists": imports.get(rsvp.id, []),
            "rounds": rounds.get(rsvp.id),
            "questions_on_talks": questions.get(rsvp.id),
        }
        for rsvp in rsvps
    ]


def _changes(rsvp_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """What hosts changed by hand of each RSVP."""
    changes: dict[int, list[dict[str, Any]]] = {}
    rows = select(GuestChange).where(GuestChange.rsvp_id.in_(rsvp_ids))
    for row in db.session.scalars(rows.order_by(GuestChange.entry_id)):
        changes.setdefault(row.rsvp_id, []).append(columns(row, "at", "before", "after"))
    return changes


def _imports(rsvp_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """What imported lists added, without values, or changed of each RSVP."""
    imports: dict[int, list[dict[str, Any]]] = {}
    rows = (
        select(ImportedGuest, GuestImport)
        .join(GuestImport, GuestImport.id == ImportedGuest.import_id)
        .where(ImportedGuest.rsvp_id.in_(rsvp_ids))
        .order_by(ImportedGuest.import_id)
    )
    for row, kept in db.session.execute(rows):
        told = {"before": _told(row.before), "after": _told(row.after)}
        imports.setdefault(row.rsvp_id, []).append({**columns(kept, "confirmed_at"), **told})
    return imports


def _told(values: dict[str, Any] | None) -> dict[str, Any] | None:
    return values and {name: what for name, what in values.items() if name not in UNTOLD}
