"""Takes the actions that a phone recorded offline, and does them one after the other."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from flask import Response, current_app, jsonify, request
from sqlalchemy import select
from werkzeug.exceptions import RequestEntityTooLarge

from eventapp.core import clock, i18n, json_api
from eventapp.core.database_errors import trouble
from eventapp.core.db import db, execute, transaction
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.i18n import gettext
from eventapp.core.request_limits import takes_json
from eventapp.core.retry import retrying
from eventapp.door.access import DoorKeeper, note_phone
from eventapp.door.batch_form import (
    BYTES_MOST,
    Entry,
    WrongBatch,
    WrongEntry,
    entries_of,
    read_entry,
    scan_id_of,
)
from eventapp.door.blueprint import bp
from eventapp.door.check_in import check_in
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.heard import result_of_scan
from eventapp.door.log import RepeatedScan, ScanResult
from eventapp.door.roster import at_door_or_401, headcount_of
from eventapp.door.scan import scan
from eventapp.door.undo import undo
from eventapp.door.walk_in import walk_in
from eventapp.model import DoorLog, Outcome, Reason

NAMES_NOBODY: dict[str, Any] = {
    **dict.fromkeys(("guest", "rsvp_id", "first_at", "first_door")),
    "listed": [],
}


@bp.post("/e/<slug>/door/batch")
@takes_json
def batch(slug: str) -> Response:
    """Do the entries of a batch in their order. Each succeeds or fails independently."""
    keeper, heard_at = at_door_or_401(slug), clock.now()
    try:
        body = _json_sent()
        entries = entries_of(body)
    except WrongBatch as wrong:
        return json_api.refuse(wrong.code, status=wrong.status)
    sent_at = body.get("sent_at")
    answers = [
        {**_answer(keeper, one, sent_at, heard_at), "scan_id": scan_id_of(one)} for one in entries
    ]
    return jsonify(answers=answers, headcount=headcount_of(event_at_door(slug)))


def _json_sent() -> Any:
    request.max_content_length = BYTES_MOST
    try:
        return json.loads(request.get_data())
    except RequestEntityTooLarge as no:
        raise WrongBatch("batch_too_big", 413) from no
    except (ValueError, RecursionError) as no:
        raise WrongBatch("batch") from no


def _answer(keeper: DoorKeeper, sent: Any, sent_at: Any, heard_at: datetime) -> dict[str, Any]:
    """Do one entry and return what the phone is told. An error in one entry does not hold up the
    next. Only trouble with the database is raised: the phone then sends the whole batch again.
    """
    try:
        entry = read_entry(sent, sent_at, keeper, heard_at)
        result = retrying(lambda: _done(keeper, entry))
    except WrongEntry as wrong:
        return {"error": wrong.code, "message": str(wrong)}
    except NotFound:
        return {"error": "guest", "message": gettext("This guest is no longer on the list.")}
    except Refusal as no:
        return {"error": no.code, "message": str(no)}
    except Exception as error:
        if trouble(error):
            raise
        current_app.logger.exception("an entry of a batch")
        return {"error": "failed", "message": gettext("The server could not take this one.")}
    told = {**result.as_told(), "rsvp_id": result.rsvp_id}
    return told if keeper.may_search(heard_at) else {**told, **NAMES_NOBODY}


def _done(keeper: DoorKeeper, entry: Entry) -> ScanResult:
    event = event_at_door(keeper.event.slug)
    try:
        with transaction():
            result = perform(event, entry, language=i18n.language())
            note_phone(keeper.phone)
            return result
    except RepeatedScan:
        fact = fact_after_no(event, entry)
        return _done(keeper, fact) if fact else result_of_scan(event, entry.action.scan_id)
    finally:
        db.session.expunge_all()


def fact_after_no(event: EventAtDoor, entry: Entry) -> Entry | None:
    """The entry under a second scan id, if this scan was denied or `already` in online, but the
    phone missed that answer and let the guest in: the admission is a fact, to be recorded. Else
    None.
    """
    if not entry.action.let_in_offline or entry.verb == "undo":
        return None
    heard = select(DoorLog.outcome, DoorLog.reason, DoorLog.offline).filter_by(
        event_id=event.id, scan_id=entry.action.scan_id
    )
    line = execute(heard).one()
    said_no = line.outcome == Outcome.DENIED and line.reason not in (
        Reason.UNKNOWN,
        Reason.OTHER_EVENT,
    )
    if line.offline or not (said_no or line.outcome == Outcome.ALREADY):
        return None
    return replace(entry, action=replace(entry.action, scan_id=_id_of_fact(entry.action.scan_id)))


def _id_of_fact(scan_id: str) -> str:
    return str(uuid5(UUID(scan_id), "offline"))


def perform(event: EventAtDoor, entry: Entry, *, language: str) -> ScanResult:
    """Do one entry, by the same functions as the door's page. Raises NotFound, Refusal,
    RepeatedScan.
    """
    if entry.verb == "scan":
        return scan(event, entry.code, entry.action)
    if entry.verb == "walk_in":
        return walk_in(event, entry.name, entry.action, email=entry.email, language=language)
    verb = undo if entry.verb == "undo" else check_in
    return verb(event, _guest_of(event, entry), entry.action)


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
