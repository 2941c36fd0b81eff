"""The door: search, scan, walk-in, undo; one headcount on every screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import Response, jsonify, render_template, request, url_for

from eventapp.core import clock, htmx, i18n, json_api, security
from eventapp.core.db import transaction
from eventapp.core.forms import Form, Message
from eventapp.core.request_limits import search_terms
from eventapp.door import actions, queries
from eventapp.door.forms import ActForm, Forms, ScanForm, WalkInForm, scan_mode
from eventapp.door.gate import AtDoor, NoDoor, at_door, at_list, at_list_for, note_phone
from eventapp.door.queries import Verdict, Wanted
from eventapp.door.rules import RULES
from eventapp.door.views.blueprint import bp
from eventapp.rsvp.queries import finish_address, rsvp_by_ticket

MODE_COOKIE = "door_mode"
VERB_OF_MODE = {"express": actions.scan, "confirm": actions.ask, "leaving": actions.scan_out}


@bp.app_errorhandler(NoDoor)
def no_door(_: NoDoor) -> Response:
    if json_api.wants_json():
        return json_api.refuse("door", status=401)
    return htmx.refuse("door/no_door.html", notice="door/_no_door.html", status=403)


@bp.get("/e/<slug>/door")
def door(slug: str) -> Response:
    at, typed = at_door(slug), search_terms()
    may_search = at.may_search(clock.now())
    found = queries.find(at.event, typed) if may_search and typed.strip() else []
    return _show(
        at,
        "door/_found.html",
        conflicts=_open_conflicts(at),
        q=typed,
        guests=found,
        namesakes=queries.namesakes(found),
        may_search=may_search,
        forms=Forms(name="" if found or queries.ticket_in(typed) else typed.strip()),
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
    return queries.count_open_conflicts(at.event) if at.is_lead else 0


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
    at = at_list(slug, queries.wanted_by_code(form.code.data or ""))
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
    verb = actions.check_in
    return _answer(at, form, lambda now: verb(at.event, rsvp_id, form.act(at, now), at.guest))


@bp.post("/e/<slug>/door/<int:rsvp_id>/undo")
def undo(slug: str, rsvp_id: int) -> Response:
    at, form = at_list(slug), ActForm()
    if not form.validate():
        return _wrong_call(at, form)
    return _answer(at, form, lambda now: actions.undo(at.event, rsvp_id, form.act(at, now)))


@bp.post("/e/<slug>/door/<int:rsvp_id>/leave")
def leave(slug: str, rsvp_id: int) -> Response:
    at, form = at_list(slug), ActForm()
    if not form.validate():
        return _wrong_call(at, form)
    return _answer(at, form, lambda now: actions.leave(at.event, rsvp_id, form.act(at, now)))


@bp.post("/e/<slug>/door/walk-in")
def walk_in(slug: str) -> Response:
    at, form = at_list(slug), WalkInForm()
    if not form.validate():
        return _wrong_call(at, form)
    return _answer(
        at,
        form,
        lambda now: actions.walk_in(
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
    guest_after = queries.guest_after
    try:
        with transaction():
            verdict = act(clock.now())
            note_phone(at.phone)
    except actions.RepeatedScan:
        verdict = queries.verdict_of_scan(at.event, form.scan_id.data)
        verdict = replace(verdict, holder=queries.guest_now(at.event, verdict))
        guest_after = queries.guest_now  # much may have happened since
    if json_api.wants_json():
        return jsonify(verdict.as_told())
    came_from = request.form.get("came_from")
    shown_again = came_from in ("row", "namesake", "ticket")
    counts = shown_again or (verdict.holder and verdict.outcome == "admitted")
    after = guest_after(at.event, verdict) if counts else None
    guest = after if shown_again else None
    like_them = queries.find(at.event, guest.name) if guest and came_from == "namesake" else []
    return _show(
        at,
        "door/on_verdict.html",
        verdict=verdict,
        missing=after.missing if after else 0,
        guest=guest,
        namesakes=queries.namesakes(like_them),
        ticket=request.form.get("code"),
        finish_address=None if at.event.is_rehearsal else _to_hand_over(form, verdict),
        came_from=came_from,
        forms=Forms(form if verdict.outcome == "denied" else None),
    )


def _to_hand_over(form: ActForm, verdict: Verdict) -> str | None:
    """Where a walk-in who gave a name alone says who they are, on a phone of their own."""
    by_name_alone = isinstance(form, WalkInForm) and not form.email.data
    admitted = verdict.outcome == "admitted" and verdict.rsvp_id
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


@bp.get("/t/<ticket>")
def ticket(ticket: str) -> Response | str:
    """What a ticket's QR code says: a door may let in; anybody else learns nothing of anybody."""
    rsvp = rsvp_by_ticket(ticket)
    at = at_list_for(rsvp.event) if rsvp else None
    guest = queries.holder(at.event, ticket) if at else None
    if at is None or guest is None:
        return render_template("door/ticket_neutral.html")
    return render_template(
        "door/ticket.html",
        at=at,
        event=at.event,
        now=clock.now(),
        guest=guest,
        ticket=ticket,
        back=url_for("door.door", slug=at.event.slug),
    )
