"""The guest list that a phone keeps to work offline: who may come in, and who is in.

It has names and statuses, no address and no key. Of each ticket it has only a part of the digest,
by which the phone recognises a ticket without being able to make one. Of a code of another tool the
part is so short that thousands of codes of its form have the same, and of one for which none is
short enough, such as six digits, the list only says that there is one (`listed_code`). Short codes
are on it as they are: they tell namesakes apart, and only a door or a kiosk of this event accepts
them (docs/security.md).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, make_response, request
from flask_wtf.csrf import generate_csrf
from sqlalchemy import and_, bindparam, case, exists, func, select

from eventapp.core import clock, json_api, text
from eventapp.core.caseless import caseless
from eventapp.core.db import execute
from eventapp.core.links import digest
from eventapp.core.name_words import other_spelling
from eventapp.door.access import LIST_STAYS_OPEN, DoorKeeper, LinkShut, NoDoor, at_door
from eventapp.door.blueprint import bp
from eventapp.door.door_name import door_name
from eventapp.door.event import EventAtDoor
from eventapp.door.rehearsal import Tickets, tickets_of_originals
from eventapp.door.rules import RULES
from eventapp.door.ticket_codes import KEYS_OF_GUEST, listed_code
from eventapp.model import CheckIn, CheckOut, Rsvp, Status

TICKET_DIGITS = 16  # of SHA-256 in hex: 64 bits tell 50,000 tickets apart
FIELDS = (
    "id",
    "name",
    "words",
    "also",  # the name's other spelling, to be found by
    "ticket",
    "short_code",
    "status",
    "companions",
    "arrived_at",
    "arrived_door",
    "inside",  # how many of the party; a guest who left counts as not checked in
    "codes",  # on tickets of other tools; "" for each of which nothing can be kept
    "brings",  # each companion whom hosts know: `name`, `words` and `also`
)
_HAS_LEFT = exists().where(CheckOut.check_in_id == CheckIn.id)
_LISTED = (
    select(
        Rsvp.id,
        Rsvp.name,
        Rsvp.name_key,
        Rsvp.ticket,
        KEYS_OF_GUEST,
        Rsvp.short_code,
        Rsvp.status,
        Rsvp.companions,
        Rsvp.companion_names,
        CheckIn.at,
        CheckIn.door,
        func.coalesce(CheckIn.people, 0),
    )
    .select_from(Rsvp)
    .outerjoin(CheckIn, and_(CheckIn.rsvp_id == Rsvp.id, ~_HAS_LEFT))
    .where(Rsvp.event_id == bindparam("event_id"))
    .order_by(Rsvp.id)
)
_STATE = select(
    func.count(),
    func.max(Rsvp.id),
    func.sum(Rsvp.companions),
    *(func.sum(case((Rsvp.status == status, Rsvp.id), else_=0)) for status in Status),
).where(Rsvp.event_id == bindparam("event_id"))


def guests_on_list(event: EventAtDoor) -> list[tuple[Any, ...]]:
    """All guests of an event, each with the values of FIELDS; instants in ISO 8601. At a rehearsal
    the tickets are those of the original event, which guests have.
    """
    shown = tickets_of_originals(event) if event.is_rehearsal else {}
    rows = execute(_LISTED, {"event_id": event.id})
    return [_as_phones_keep_it(event, row, shown.get(row.id)) for row in rows]


def _as_phones_keep_it(
    event: EventAtDoor, row: Sequence[Any], shown: Tickets | None
) -> tuple[Any, ...]:
    rsvp_id, name, words, *own, short_code, status, companions, brings, at, door, inside = row
    ticket, keys = shown or own
    return (
        rsvp_id,
        name,
        words,
        other_spelling(name, words),
        digest(caseless(ticket))[:TICKET_DIGITS],
        *(short_code, status, companions),
        at.isoformat() if at else None,
        door and door_name(door),
        inside,
        [listed_code(event.slug, key) for key in (keys or "").split()],
        [{"name": one, "words": text.fold(one), "also": other_spelling(one)} for one in brings],
    )


def roster_revision(event: EventAtDoor, facts: Mapping[str, Any]) -> str:
    """The ETag of the list and of the `facts` sent with it: changes whenever they do.

    Every phone asks for it twice a minute, so it is made of sums over the list: a tenth of the work
    of reading it. Changes that no sum shows (a name, a ticket) move the door's revision.
    """
    state: Sequence[Any] = execute(_STATE, {"event_id": event.id}).one()
    said = repr((event.headcount_revision, *map(str, state), sorted(facts.items())))
    return hashlib.sha256(said.encode()).hexdigest()[:TICKET_DIGITS]


GZIP_LEVEL = 1  # a third of the default level's time, for at most a tenth more bytes


@bp.get("/e/<slug>/door/roster")
def roster(slug: str) -> Response:
    """The list that the phone keeps, or 304 if it has this revision. Both bring the CSRF token for
    its next requests, in a header: compressed together with names that strangers chose, it could
    be guessed from the length of the body (BREACH).
    """
    keeper, now = at_door_or_401(slug), clock.now()
    if not keeper.may_search(now):
        return json_api.refuse("closed", status=403)
    facts = _facts(keeper)
    revision = roster_revision(keeper.event, facts)
    if request.if_none_match.contains(revision):
        response = make_response("", 304)
    else:
        told = {**facts, "headcount": headcount_of(keeper.event), "revision": revision}
        listed = {"fields": FIELDS, "guests": guests_on_list(keeper.event)}
        response = _packed({**told, "server_time": now.isoformat(), **listed})
    response.set_etag(revision)
    response.headers["X-CSRFToken"] = generate_csrf()
    response.vary.update(("Cookie", "Accept-Encoding"))
    return response


def at_door_or_401(slug: str) -> DoorKeeper:
    """As `at_door`, but answers 401 in JSON: only scripts ask here."""
    try:
        return at_door(slug)
    except (NoDoor, LinkShut):
        abort(json_api.refuse("door", status=401))


def _facts(keeper: DoorKeeper) -> dict[str, Any]:
    """What a phone needs to know about its event and its door."""
    event = keeper.event
    return {
        "slug": event.slug,
        "title": event.title,
        "tz": event.tz,
        "door": keeper.door,
        "called_off_at": event.called_off_at and event.called_off_at.isoformat(),
        "list_until": (event.door_closes_at + LIST_STAYS_OPEN).isoformat(),
        "rules": RULES,
    }


def headcount_of(event: EventAtDoor) -> dict[str, Any]:
    return {
        "admitted": event.admitted,
        "expected": event.seats_taken,
        "revision": event.headcount_revision,
    }


def _packed(told: dict[str, Any]) -> Response:
    """JSON, compressed here: a list may have thousands of rows, and there may be no proxy."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(body, mimetype="application/json")
    if request.accept_encodings.quality("gzip"):
        response.set_data(gzip.compress(body, GZIP_LEVEL))
        response.headers["Content-Encoding"] = "gzip"
    return response
