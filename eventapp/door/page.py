"""The views of the door's page: search, scan, check-in, undo, leave, walk-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Response, jsonify, request

from eventapp.attendees.queries import COUNTED_MOST
from eventapp.core import clock, htmx, i18n, json_api, security
from eventapp.core.db import transaction
from eventapp.core.forms import Form, Message
from eventapp.core.request_limits import search_terms
from eventapp.door.access import DoorKeeper, at_door, at_list, note_phone
from eventapp.door.blueprint import bp
from eventapp.door.check_in import admit
from eventapp.door.codes import wanted_by_code
from eventapp.door.event import EventAtDoor
from eventapp.door.forms import DoorActionForm, Forms, ScanForm, WalkInForm, scan_mode
from eventapp.door.guests import Guest, Wanted, guest_after, guest_at, guest_now
from eventapp.door.heard import result_of_scan
from eventapp.door.leave import leave as do_leave
from eventapp.door.leave import scan_out
from eventapp.door.log import DoorAction, RepeatedScan, ScanResult
from eventapp.door.mode import MODE_COOKIE
from eventapp.door.rules import RULES
from eventapp.door.scan import ask
from eventapp.door.scan import scan as do_scan
from eventapp.door.scanned import tickets_in
from eventapp.door.search import find, look_up, namesakes
from eventapp.door.undo import undo as do_undo
from eventapp.door.unsettled import count_open_conflicts
from eventapp.door.walk_in import walk_in as do_walk_in
from eventapp.model import Outcome
from eventapp.rsvp.queries import finish_address

VERB_OF_MODE = {"express": do_scan, "confirm": ask, "leaving": scan_out}


@bp.get("/e/<slug>/door")
def door(slug: str) -> Response:
    keeper, typed = at_door(slug), search_terms()
    may_search = keeper.may_search(clock.now())
    found = look_up(keeper.event, typed if may_search else "")
    return _show(
        keeper,
        "door/_found.html",
        conflicts=_open_conflicts(keeper),
        q=typed,
        guests=found.guests,
        similar=found.similar,
        found_in_all=found.in_all,
        namesakes=namesakes(keeper.event, found.shown),
        may_search=may_search,
        forms=Forms(name="" if found.shown or tickets_in(typed) else typed.strip()),
    )


@bp.get("/e/<slug>/door/headcount")
def headcount(slug: str) -> Response:
    """The headcount; 204 if the screen that asks shows this revision (`rev`) already."""
    keeper = at_door(slug)
    if request.args.get("rev") == keeper.event.headcount_revision:
        return htmx.unchanged()
    return _show(keeper, "door/_polled.html", conflicts=_open_conflicts(keeper))


def _open_conflicts(keeper: DoorKeeper) -> int:
    """How many conflicts to show: only leads may settle them."""
    return count_open_conflicts(keeper.event) if keeper.is_lead else 0


def _show(keeper: DoorKeeper, fragment: str, *, status: int = 200, **more: object) -> Response:
    security.allow_camera()
    page: dict[str, object] = {
        **_BLANK,
        "keeper": keeper,
        "event": keeper.event,
        "now": clock.now(),
        "forms": Forms(),
        "mode": scan_mode(request.cookies.get(MODE_COOKIE), keeper.event),
        **more,
    }
    return htmx.show("door/page.html", fragment=fragment, status=status, **page)


# A door's page before anybody searched or did anything.
_BLANK = {
    "conflicts": 0,
    "q": "",
    "guests": [],
    "similar": [],
    "found_in_all": 0,
    "counted_most": COUNTED_MOST,
    "namesakes": {},
    "result": None,
    "guest": None,
    "finish_address": None,
    "came_by": None,
    "rules": RULES,
}


@bp.post("/e/<slug>/door/scan")
def scan(slug: str) -> Response:
    form = ScanForm()
    code = form.code.data or ""
    keeper = at_list(slug, wanted_by_code(code))
    do = VERB_OF_MODE[scan_mode(form.mode.data, keeper.event)]
    return _answer(
        keeper,
        form,
        lambda action: do(keeper.event, code, action, keeper.guest),
        None if form.came_from.data == "ticket" else "scan",
    )


@bp.post("/e/<slug>/door/<int:rsvp_id>/check-in")
def check_in(slug: str, rsvp_id: int) -> Response:
    keeper = at_list(slug, Wanted("id", rsvp_id))
    guest = keeper.guest or guest_at(keeper.event, rsvp_id)
    return _answer(keeper, DoorActionForm(), lambda action: admit(keeper.event, guest, action))


@bp.post("/e/<slug>/door/<int:rsvp_id>/undo")
def undo(slug: str, rsvp_id: int) -> Response:
    keeper = at_list(slug)
    return _answer(keeper, DoorActionForm(), lambda action: do_undo(keeper.event, rsvp_id, action))


@bp.post("/e/<slug>/door/<int:rsvp_id>/leave")
def leave(slug: str, rsvp_id: int) -> Response:
    keeper = at_list(slug)
    return _answer(keeper, DoorActionForm(), lambda action: do_leave(keeper.event, rsvp_id, action))


@bp.post("/e/<slug>/door/walk-in")
def walk_in(slug: str) -> Response:
    keeper, form = at_list(slug), WalkInForm()
    return _answer(
        keeper,
        form,
        lambda action: do_walk_in(
            keeper.event,
            form.name.data,
            action,
            email=form.email.data or None,
            language=i18n.language(),
            is_another=form.is_another,
            over_capacity=form.over_capacity.data,
        ),
        "walk_in",
    )


def _answer(
    keeper: DoorKeeper,
    form: DoorActionForm,
    do: Callable[[DoorAction], ScanResult],
    came_by: str | None = None,
) -> Response:
    """Do the action and show its result: as JSON, as a page, or as the regions that changed. These
    are the verdict, the headcount, the guest if the page shows them, and the form that was sent
    (`came_by`: "scan" or "walk_in"), with a new scan id.
    """
    if not form.validate():
        return _wrong_call(keeper, form)
    result, find_guest = _do_once(keeper, form, do)
    if json_api.wants_json():
        return jsonify(result.as_told())
    event, is_admitted = keeper.event, result.outcome == Outcome.ADMITTED
    is_shown = form.came_from.data or (result.holder and is_admitted)
    guest = find_guest(event, result) if is_shown else None
    shown_as = form.came_from.data if guest else None
    of_that_name = result.of_that_name
    if of_that_name and isinstance(form, WalkInForm):
        form.another_than.data = form.name.data
    like_them = find(event, guest.name) if guest and shown_as == "namesake" else []
    return _show(
        keeper,
        "door/on_verdict.html",
        result=result,
        guest=guest,
        shown_as=shown_as,
        came_by=came_by,
        namesakes=namesakes(event, like_them or of_that_name),
        ticket=request.form.get("code"),
        finish_address=_finish_address(event, form, result),
        q=(request.form.get("name") or "") if of_that_name else "",
        guests=of_that_name,
        found_in_all=len(of_that_name),
        may_search=True,
        forms=Forms(form if result.outcome == Outcome.DENIED or of_that_name else None),
    )


def _finish_address(event: EventAtDoor, form: DoorActionForm, result: ScanResult) -> str | None:
    """Where a walk-in who came by name alone may leave their address; None for anybody else."""
    by_name = isinstance(form, WalkInForm) and not form.email.data
    if not by_name or result.outcome != Outcome.ADMITTED or event.is_rehearsal:
        return None
    return finish_address(result.rsvp_id or 0)


def _do_once(
    keeper: DoorKeeper, form: DoorActionForm, do: Callable[[DoorAction], ScanResult]
) -> tuple[ScanResult, Callable[[EventAtDoor, ScanResult], Guest | None]]:
    """Do the action in a transaction. Returns its result, and the function that finds its guest as
    they are afterwards. Idempotent: a repeated scan gets its first result.
    """
    try:
        with transaction():
            result = do(form.door_action(keeper, clock.now()))
            note_phone(keeper.phone)
        return result, guest_after
    except RepeatedScan:
        result = result_of_scan(keeper.event, form.scan_id.data)
        holder = guest_now(keeper.event, result)  # read again: much may have happened since
        return replace(result, holder=holder), guest_now


def _wrong_call(keeper: DoorKeeper, form: Form) -> Response:
    """The form is invalid: 400 with a code in JSON; in HTML, messages beside the form."""
    field, errors = next(iter(form.errors.items()))
    if json_api.wants_json():
        error = errors[0]
        code = error.code if isinstance(error, Message) else field
        return json_api.refuse(code, str(error), status=400)
    status = 400 if field in ("scan_id", "happened_at", "sent_at") else 422
    return _show(keeper, "door/_wrong_call.html", status=status, form=form, forms=Forms(form))
