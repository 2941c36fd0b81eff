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
from eventapp.door.access import DoorKeeper, at_door, at_list, note_phone
from eventapp.door.blueprint import bp
from eventapp.door.check_in import check_in as do_check_in
from eventapp.door.codes import ticket_in, wanted_by_code
from eventapp.door.conflicts import count_open_conflicts
from eventapp.door.forms import DoorActionForm, Forms, ScanForm, WalkInForm, scan_mode
from eventapp.door.guests import Wanted, guest_after, guest_now
from eventapp.door.heard import result_of_scan
from eventapp.door.leave import leave as do_leave
from eventapp.door.leave import scan_out
from eventapp.door.log import RepeatedScan, ScanResult
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
    keeper, typed = at_door(slug), search_terms()
    may_search = keeper.may_search(clock.now())
    found = find(keeper.event, typed) if may_search and typed.strip() else []
    return _show(
        keeper,
        "door/_found.html",
        conflicts=_open_conflicts(keeper),
        q=typed,
        guests=found,
        namesakes=namesakes(found),
        may_search=may_search,
        forms=Forms(name="" if found or ticket_in(typed) else typed.strip()),
    )


@bp.get("/e/<slug>/door/headcount")
def headcount(slug: str) -> Response:
    """The numbers of the door's screen, for a screen that shows those of another `rev`."""
    keeper = at_door(slug)
    if request.args.get("rev") == keeper.event.headcount_revision:
        return htmx.unchanged()
    return _show(keeper, "door/_polled.html", conflicts=_open_conflicts(keeper))


def _open_conflicts(keeper: DoorKeeper) -> int:
    """How many there are to look at, for whoever may settle them."""
    return count_open_conflicts(keeper.event) if keeper.is_lead else 0


def _show(keeper: DoorKeeper, fragment: str, *, status: int = 200, **more: object) -> Response:
    security.allow_camera()
    page: dict[str, object] = {
        "keeper": keeper,
        "event": keeper.event,
        "now": clock.now(),
        "conflicts": 0,
        "q": "",
        "guests": [],
        "namesakes": {},
        "forms": Forms(),
        "rules": RULES,
        "mode": scan_mode(request.cookies.get(MODE_COOKIE), keeper.event),
    }
    return htmx.show("door/page.html", fragment=fragment, status=status, **{**page, **more})


@bp.post("/e/<slug>/door/scan")
def scan(slug: str) -> Response:
    form = ScanForm()
    keeper = at_list(slug, wanted_by_code(form.code.data or ""))
    if not form.validate():
        return _wrong_call(keeper, form)
    verb = VERB_OF_MODE[scan_mode(form.mode.data, keeper.event)]
    code = form.code.data
    return _answer(
        keeper,
        form,
        lambda now: verb(keeper.event, code, form.door_action(keeper, now), keeper.guest),
    )


@bp.post("/e/<slug>/door/<int:rsvp_id>/check-in")
def check_in(slug: str, rsvp_id: int) -> Response:
    keeper, form = at_list(slug, Wanted("id", rsvp_id)), DoorActionForm()
    if not form.validate():
        return _wrong_call(keeper, form)
    return _answer(
        keeper,
        form,
        lambda now: do_check_in(keeper.event, rsvp_id, form.door_action(keeper, now), keeper.guest),
    )


@bp.post("/e/<slug>/door/<int:rsvp_id>/undo")
def undo(slug: str, rsvp_id: int) -> Response:
    keeper, form = at_list(slug), DoorActionForm()
    if not form.validate():
        return _wrong_call(keeper, form)
    return _answer(
        keeper, form, lambda now: do_undo(keeper.event, rsvp_id, form.door_action(keeper, now))
    )


@bp.post("/e/<slug>/door/<int:rsvp_id>/leave")
def leave(slug: str, rsvp_id: int) -> Response:
    keeper, form = at_list(slug), DoorActionForm()
    if not form.validate():
        return _wrong_call(keeper, form)
    return _answer(
        keeper, form, lambda now: do_leave(keeper.event, rsvp_id, form.door_action(keeper, now))
    )


@bp.post("/e/<slug>/door/walk-in")
def walk_in(slug: str) -> Response:
    keeper, form = at_list(slug), WalkInForm()
    if not form.validate():
        return _wrong_call(keeper, form)
    return _answer(
        keeper,
        form,
        lambda now: do_walk_in(
            keeper.event,
            form.name.data,
            form.door_action(keeper, now),
            email=form.email.data or None,
            language=i18n.language(),
            over_capacity=form.over_capacity.data,
        ),
    )


def _answer(
    keeper: DoorKeeper, form: DoorActionForm, action: Callable[[datetime], ScanResult]
) -> Response:
    """Do the action, and say what became of it: as JSON, as the regions that changed, as a page."""
    after_act = guest_after
    try:
        with transaction():
            result = action(clock.now())
            note_phone(keeper.phone)
    except RepeatedScan:
        result = result_of_scan(keeper.event, form.scan_id.data)
        result = replace(result, holder=guest_now(keeper.event, result))
        after_act = guest_now  # much may have happened since
    if json_api.wants_json():
        return jsonify(result.as_told())
    came_from = request.form.get("came_from")
    shown_again = came_from in ("row", "namesake", "ticket")
    counts = shown_again or (result.holder and result.outcome == Outcome.ADMITTED)
    after = after_act(keeper.event, result) if counts else None
    guest = after if shown_again else None
    like_them = find(keeper.event, guest.name) if guest and came_from == "namesake" else []
    return _show(
        keeper,
        "door/on_verdict.html",
        verdict=result,
        missing=after.missing if after else 0,
        guest=guest,
        namesakes=namesakes(like_them),
        ticket=request.form.get("code"),
        finish_address=None if keeper.event.is_rehearsal else _to_hand_over(form, result),
        came_from=came_from,
        forms=Forms(form if result.outcome == Outcome.DENIED else None),
    )


def _to_hand_over(form: DoorActionForm, result: ScanResult) -> str | None:
    """Where a walk-in who gave a name alone says who they are, on a phone of their own."""
    by_name_alone = isinstance(form, WalkInForm) and not form.email.data
    admitted = result.outcome == Outcome.ADMITTED and result.rsvp_id
    return finish_address(result.rsvp_id or 0) if by_name_alone and admitted else None


def _wrong_call(keeper: DoorKeeper, form: Form) -> Response:
    """The call itself is wrong: 400 with a code to a machine, words beside the form to a person."""
    field, errors = next(iter(form.errors.items()))
    if json_api.wants_json():
        error = errors[0]
        code = error.code if isinstance(error, Message) else field
        return json_api.refuse(code, str(error), status=400)
    status = 400 if field in ("scan_id", "happened_at", "sent_at") else 422
    return _show(keeper, "door/_wrong_call.html", status=status, form=form, forms=Forms(form))
