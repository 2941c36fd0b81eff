"""A door without network: the list a phone keeps, what it did alone, and its service worker."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, jsonify, make_response, request
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import RequestEntityTooLarge

from eventapp.core import clock, i18n, json_api
from eventapp.core.database_errors import trouble
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.i18n import gettext
from eventapp.core.request_limits import takes_json
from eventapp.core.retry import retrying
from eventapp.door import actions, queries
from eventapp.door.actions.batch import Entry, perform
from eventapp.door.batch_form import (
    BYTES_MOST,
    WrongBatch,
    WrongEntry,
    entries_of,
    read_entry,
    scan_id_of,
)
from eventapp.door.gate import LIST_STAYS_OPEN, AtDoor, LinkShut, NoDoor, at_door, note_phone
from eventapp.door.queries import EventAtDoor, Verdict
from eventapp.door.queries.roster import FIELDS, roster_revision
from eventapp.door.queries.roster import roster as guests_on_list
from eventapp.door.rules import RULES
from eventapp.door.views.blueprint import bp

NAMES_NOBODY = dict.fromkeys(("guest", "rsvp_id", "first_at", "first_door"))
GZIP_LEVEL = 1  # a third of the time of the usual level, and within a tenth of its size


@bp.get("/e/<slug>/door/roster")
def roster(slug: str) -> Response:
    """The list that the phone keeps; 304 where it has this one. A token for what it sends next
    comes with either, in a header: beside names that strangers chose, compressed, it could be
    guessed from the length (BREACH).
    """
    at, now = _at_door(slug), clock.now()
    if not at.may_search(now):
        return json_api.refuse("closed", status=403)
    facts = _facts(at)
    revision = roster_revision(at.event, facts)
    if request.if_none_match.contains(revision):
        response = make_response("", 304)
    else:
        told = {**facts, "headcount": _headcount(at.event), "revision": revision}
        listed = {"fields": FIELDS, "guests": guests_on_list(at.event)}
        response = _packed({**told, "server_time": now.isoformat(), **listed})
    response.set_etag(revision)
    response.headers["X-CSRFToken"] = generate_csrf()
    response.vary.update(("Cookie", "Accept-Encoding"))
    return response


def _facts(at: AtDoor) -> dict[str, Any]:
    """What a phone has to know of its event and its door."""
    event = at.event
    return {
        "slug": event.slug,
        "title": event.title,
        "tz": event.tz,
        "door": at.door,
        "list_until": (event.door_closes_at + LIST_STAYS_OPEN).isoformat(),
        "rules": RULES,
    }


def _headcount(event: EventAtDoor) -> dict[str, Any]:
    return {
        "admitted": event.admitted,
        "expected": event.seats_taken,
        "revision": event.headcount_revision,
    }


def _packed(told: dict[str, Any]) -> Response:
    """As JSON, compressed here: a list of thousands, on a venue's network, through no proxy."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(body, mimetype="application/json")
    if request.accept_encodings.quality("gzip"):
        response.set_data(gzip.compress(body, GZIP_LEVEL))
        response.headers["Content-Encoding"] = "gzip"
    return response


@bp.post("/e/<slug>/door/batch")
@takes_json
def batch(slug: str) -> Response:
    """What a phone did alone, in its order. Each entry is done or refused by itself."""
    at, heard_at = _at_door(slug), clock.now()
    try:
        body = _json_sent()
        entries = entries_of(body)
    except WrongBatch as wrong:
        return json_api.refuse(wrong.code, status=wrong.status)
    sent_at = body.get("sent_at")
    answers = [
        {**_answer(at, one, sent_at, heard_at), "scan_id": scan_id_of(one)} for one in entries
    ]
    return jsonify(answers=answers, headcount=_headcount(queries.event_at_door(slug)))


def _at_door(slug: str) -> AtDoor:
    """Whoever asks, at the door. Only scripts ask here: they are told no in JSON."""
    try:
        return at_door(slug)
    except (NoDoor, LinkShut):
        abort(json_api.refuse("door", status=401))


def _json_sent() -> Any:
    request.max_content_length = BYTES_MOST
    try:
        return json.loads(request.get_data())
    except RequestEntityTooLarge as no:
        raise WrongBatch("batch_too_big", 413) from no
    except (ValueError, RecursionError) as no:
        raise WrongBatch("batch") from no


def _answer(at: AtDoor, sent: Any, sent_at: Any, heard_at: datetime) -> dict[str, Any]:
    """What became of one entry. Whatever is wrong with it, the next one is not held up; but
    for a database that does not answer, which is nobody's fault: the phone sends all again.
    """
    try:
        entry = read_entry(sent, sent_at, at, heard_at)
        verdict = retrying(lambda: _done(at, entry))
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
    told = {**verdict.as_told(), "rsvp_id": verdict.rsvp_id}
    return told if at.may_search(heard_at) else {**told, **NAMES_NOBODY}


def _done(at: AtDoor, entry: Entry) -> Verdict:
    event = queries.event_at_door(at.event.slug)
    try:
        with transaction():
            verdict = perform(event, entry, language=i18n.language())
            note_phone(at.phone)
            return verdict
    except actions.RepeatedScan:
        fact = actions.fact_after_no(event, entry)
        return _done(at, fact) if fact else queries.verdict_of_scan(event, entry.act.scan_id)
    finally:
        db.session.expunge_all()


@bp.get("/sw.js")
def service_worker() -> Response:
    """The script that opens the door's page without network. At the root, or it would not be
    asked for the pages there.
    """
    script = _service_worker(Path(current_app.static_folder or ""), Path(bp.static_folder or ""))
    response = Response(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _service_worker(shared: Path, own: Path) -> str:
    """With the version of what it keeps: another one whenever a file of the door's page is."""
    files = [shared / "app.css", shared / "app.js", *sorted(own.iterdir())]
    version = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]
    return (own / "sw.js").read_text().replace("VERSION", version)
