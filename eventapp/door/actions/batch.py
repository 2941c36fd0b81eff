"""What a phone did alone, told to the server: one verb of the door after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from sqlalchemy import select

from eventapp.core.db import db, execute
from eventapp.core.errors import NotFound
from eventapp.door.actions.act import Act
from eventapp.door.actions.check_in import check_in, scan
from eventapp.door.actions.leave import undo
from eventapp.door.actions.walk_in import walk_in
from eventapp.door.queries import EventAtDoor, Verdict
from eventapp.model import DoorLog


@dataclass(frozen=True)
class Entry:
    """One act of a batch. A guest is known by `rsvp_id`, or, where this phone added them and
    could not know it, by the scan id of that (`added_by`).
    """

    verb: str
    act: Act
    code: str = ""
    rsvp_id: int | None = None
    added_by: str | None = None
    name: str = ""
    email: str | None = None


def fact_after_no(event: EventAtDoor, entry: Entry) -> Entry | None:
    """The entry under a scan id of its own, where a door had said no to this scan, or that they
    are in already, and the phone, which did not hear it in time, let them in: that is a fact.
    Else None.
    """
    if not entry.act.let_in_alone or entry.verb == "undo":
        return None
    heard = select(DoorLog.outcome, DoorLog.reason, DoorLog.offline).filter_by(
        event_id=event.id, scan_id=entry.act.scan_id
    )
    line = execute(heard).one()
    said_no = line.outcome == "denied" and line.reason not in ("unknown", "other_event")
    if line.offline or not (said_no or line.outcome == "already"):
        return None
    return replace(entry, act=replace(entry.act, scan_id=_id_of_fact(entry.act.scan_id)))


def _id_of_fact(scan_id: str) -> str:
    return str(uuid5(UUID(scan_id), "offline"))


def perform(event: EventAtDoor, entry: Entry, *, language: str) -> Verdict:
    """Do what an entry says, by the same verbs as the door's page. Raises NotFound, Refusal,
    RepeatedScan.
    """
    if entry.verb == "scan":
        return scan(event, entry.code, entry.act)
    if entry.verb == "walk_in":
        return walk_in(event, entry.name, entry.act, email=entry.email, language=language)
    verb = undo if entry.verb == "undo" else check_in
    return verb(event, _guest_of(event, entry), entry.act)


def _guest_of(event: EventAtDoor, entry: Entry) -> int:
    if entry.rsvp_id is not None:
        return entry.rsvp_id
    if entry.added_by is None:
        raise NotFound
    added = select(DoorLog.rsvp_id).where(
        DoorLog.event_id == event.id,
        DoorLog.scan_id.in_((entry.added_by, _id_of_fact(entry.added_by))),
        DoorLog.rsvp_id.is_not(None),
    )
    if (rsvp_id := db.session.scalar(added)) is None:
        raise NotFound
    return rsvp_id
