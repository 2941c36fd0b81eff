"""The door's page, and what is done on it: search, scan, check-in, undo, walk-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import Response, jsonify, request

from eventapp.core import clock, htmx, i18n, json_api, security
from eventapp.core.db import transaction
from eventapp.core.forms import Form, Message
from eventapp.core.request_limits import search_terms
from eventapp.door.access import AtDoor, at_door, at_list, note_phone
from eventapp.door.blueprint import bp
from eventapp.door.check_in import check_in as do_check_in
from eventapp.door.codes import ticket_in, wanted_by_code
from eventapp.door.conflicts import count_open_conflicts
from eventapp.door.forms import ActForm, Forms, ScanForm, WalkInForm, scan_mode
from eventapp.door.guests import Wanted, guest_after, guest_now
from eventapp.door.heard import verdict_of_scan
from eventapp.door.leave import leave as do_leave
from eventapp.door.leave import scan_out
from eventapp.door.log import RepeatedScan, Verdict
from eventapp.door.mode import MODE_COOKIE
from eventapp.door.rules import RULES
from eventapp.door.scan import ask
from eventapp.door.scan import scan as do_scan
from eventapp.door.search import find, namesakes
from eventapp.door.undo import undo as do_undo
from eventapp.door.walk_in import walk_in as do_walk_in
from eventapp.model import Outcome
from eventapp.rsvp.queries import finish_address

VERB_OF_MODE = {"express": do_scan, "confirm": ask, "leaving": scan_out}


@bp.get("/e/<slug>/door")
def door(slug: str) -> Response:
    at, typed = at_door(slug), search_terms()
    may_search = at.may_search(clock.now())
    found = find(at.event, typed) if may_search and typed.strip() else []
    return _show(
        at,
        "door/_found.html",
        conflicts=_open_conflicts(at),
        q=typed,
        guests=found,
        namesakes=namesakes(found),
        may_search=may_search,
        forms=Forms(name="" if found or ticket_in(typed) else typed.strip()),
    )


@bp.get("/e/<slug>/door/headcount")
def headcount(slug: str) -> Response:
    """The numbers of the door's screen, for a screen that shows those of another `rev`."""
    at = at_door(slug)
    if request.args.get("rev") == at.event.headcount_revision:
        return htmx.unchanged()
    return _show(at, "door/_polled.html", conflicts=_open_conflicts(at))


def _open_conflicts(at: AtDoor) -> int:
    """How many there are to look at, for whoever may settle them."""
    return count_open_conflicts(at.event) if at.is_lead else 0


def _show(at: AtDoor, fragment: str, *, status: int = 200, **more: object) -> Response:
    security.allow_camera()
    page: dict[str, object] = {
        "at": at,
        "event": at.event,
        "now": clock.now(),
        "conflicts": 0,
        "q": "",
        "guests": [],
        "namesakes": {},
        "forms": Forms(),
        "rules": RULES,
        "mode": scan_mode(request.cookies.get(MODE_COOKIE), at.event),
    }
    return htmx.show("door/page.html", fragment=fragment, status=status, **{**page, **more})


@bp.post("/e/<slug>/door/scan")
def scan(slug: str) -> Response:
    form = ScanForm()
    at = at_list(slug, wanted_by_code(form.code.data or ""))
    if not form.validate():
        return _wrong_call(at, form)
    verb = VERB_OF_MODE[scan_mode(form.mode.data, at.event)]
    code = form.code.data
    return _answer(at, form, lambda now: verb(at.event, code, form.act(at, now), at.guest))


@bp.post("/e/<slug>/door/<int:rsvp_id>/check-in")
def check_in(slug: str, rsvp_id: int) -> Response:
    at, form = at_list(slug, Wanted("id", rsvp_id)), ActForm()
    if not form.validate():
        return _wrong_call(at, form)
    return _answer(
        at, form, lambda now: do_check_in(at.event, rsvp_id, form.act(at, now), at.guest)
    )


@bp.post("/e/<slug>/door/<int:rsvp_id>/undo")
def undo(slug: str, rsvp_id: int) -> Response:
    at, form = at_list(slug), ActForm()
    if not form.validate():
        return _wrong_call(at, form)
    return _answer(at, form, lambda now: do_undo(at.event, rsvp_id, form.act(at, now)))


@bp.post("/e/<slug>/door/<int:rsvp_id>/leave")
def leave(slug: str, rsvp_id: int) -> Response:
    at, form = at_list(slug), ActForm()
    if not form.validate():
        return _wrong_call(at, form)
    return _answer(at, form, lambda now: do_leave(at.event, rsvp_id, form.act(at, now)))


@bp.post("/e/<slug>/door/walk-in")
def walk_in(slug: str) -> Response:
    at, form = at_list(slug), WalkInForm()
    if not form.validate():
        return _wrong_call(at, form)
    return _answer(
        at,
        form,
        lambda now: do_walk_in(
            at.event,
            form.name.data,
            form.act(at, now),
            email=form.email.data or None,
            language=i18n.language(),
            over_capacity=form.over_capacity.data,
        ),
    )


def _answer(at: AtDoor, form: ActForm, act: Callable[[datetime], Verdict]) -> Response:
    """Do the act, and say what became of it: as JSON, as the regions that changed, as a page."""
    after_act = guest_after
    try:
        with transaction():
            verdict = act(clock.now())
            note_phone(at.phone)
    except RepeatedScan:
        verdict = verdict_of_scan(at.event, form.scan_id.data)
        verdict = replace(verdict, holder=guest_now(at.event, verdict))
        after_act = guest_now  # much may have happened since
    if json_api.wants_json():
        return jsonify(verdict.as_told())
    came_from = request.form.get("came_from")
    shown_again = came_from in ("row", "namesake", "ticket")
    counts = shown_again or (verdict.holder and verdict.outcome == Outcome.ADMITTED)
    after = after_act(at.event, verdict) if counts else None
    guest = after if shown_again else None
    like_them = find(at.event, guest.name) if guest and came_from == "namesake" else []
    return _show(
        at,
        "door/on_verdict.html",
        verdict=verdict,
        missing=after.missing if after else 0,
        guest=guest,
        namesakes=namesakes(like_them),
        ticket=request.form.get("code"),
        finish_address=None if at.event.is_rehearsal else _to_hand_over(form, verdict),
        came_from=came_from,
        forms=Forms(form if verdict.outcome == Outcome.DENIED else None),
    )


def _to_hand_over(form: ActForm, verdict: Verdict) -> str | None:
    """Where a walk-in who gave a name alone says who they are, on a phone of their own."""
    by_name_alone = isinstance(form, WalkInForm) and not form.email.data
    admitted = verdict.outcome == Outcome.ADMITTED and verdict.rsvp_id
    return finish_address(verdict.rsvp_id or 0) if by_name_alone and admitted else None


def _wrong_call(at: AtDoor, form: Form) -> Response:
    """The call itself is wrong: 400 with a code to a machine, words beside the form to a person."""
    field, errors = next(iter(form.errors.items()))
    if json_api.wants_json():
        error = errors[0]
        code = error.code if isinstance(error, Message) else field
        return json_api.refuse(code, str(error), status=400)
    status = 400 if field in ("scan_id", "happened_at", "sent_at") else 422
    return _show(at, "door/_wrong_call.html", status=status, form=form, forms=Forms(form))
