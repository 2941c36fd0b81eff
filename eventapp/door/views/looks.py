"""What a door looks up, and how its phone works: a guest's history, conflicts, what a scan does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import Forbidden

from eventapp.account.gate import set_cookie
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import lock_and_reread, transaction
from eventapp.door import actions, queries
from eventapp.door.forms import MODES, DoorSettingsForm
from eventapp.door.gate import AtDoor, at_door, at_list
from eventapp.door.views.acts import MODE_COOKIE
from eventapp.door.views.blueprint import bp
from eventapp.events.gate import organised_event
from eventapp.model import Event
from eventapp.rsvp.queries import answer_titles


@bp.post("/e/<slug>/door/mode")
def choose_mode(slug: str) -> Response:
    at_door(slug)
    response: Response = redirect(url_for("door.door", slug=slug), 303)  # type: ignore[assignment]
    if (chosen := request.form.get("mode")) in MODES:
        set_cookie(response, MODE_COOKIE, chosen, valid=timedelta(days=1))
    return response


@bp.get("/e/<slug>/door/<int:rsvp_id>/history")
def history(slug: str, rsvp_id: int) -> Response:
    at = at_list(slug)
    guest = queries.guest_at(at.event, rsvp_id)
    return htmx.show(
        "door/history.html",
        fragment="door/_history.html",
        at=at,
        event=at.event,
        guest=guest,
        history=queries.history_of(guest),
    )


def lead_at(slug: str) -> AtDoor:
    """Whoever asks, if they lead at this door. Raises Forbidden, and what `at_door` does."""
    at = at_door(slug)
    if not at.is_lead:
        raise Forbidden
    return at


def _conflicts_of(at: AtDoor) -> dict[str, Any]:
    found = queries.open_conflicts(at.event)
    return {"conflicts": found, "twice": queries.admitted_twice(found)}


@bp.get("/e/<slug>/door/conflicts")
def conflicts(slug: str) -> Response:
    at = lead_at(slug)
    return htmx.show(
        "door/conflicts.html",
        fragment="door/_conflicts.html",
        at=at,
        event=at.event,
        **_conflicts_of(at),
    )


@bp.post("/e/<slug>/door/conflicts/<int:conflict_id>/settle")
def settle(slug: str, conflict_id: int) -> Response:
    at = lead_at(slug)
    conflict = queries.conflict_at(at.event, conflict_id)
    with transaction():
        actions.settle(at.event, conflict, by=at.by, at=clock.now())
    return htmx.done(
        go_to=url_for("door.conflicts", slug=slug),
        fragment="door/_conflicts.html",
        event=at.event,
        **_conflicts_of(at),
    )


@bp.get("/o/e/<slug>/doors/settings")
def settings(slug: str) -> Response:
    event = organised_event(slug)
    form = DoorSettingsForm.of(event, answer_titles(event), formdata=None)
    return _show_settings(event, form)


@bp.post("/o/e/<slug>/doors/settings")
def change_settings(slug: str) -> Response:
    event = organised_event(slug)
    titles = answer_titles(event)
    form = DoorSettingsForm.of(event, titles)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(event)
                form.refuse_if_edited(DoorSettingsForm.of(event, titles, formdata=None))
                if actions.change_settings(
                    event,
                    notes_leaving=form.notes_leaving.data,
                    door_answers=form.door_answers.data,
                ):
                    record("door_changed", event)
            return htmx.done(go_to=url_for("door.links", slug=slug))
    return _show_settings(event, form)


def _show_settings(event: Event, form: DoorSettingsForm) -> Response:
    return htmx.show(
        "door/settings.html",
        fragment="door/_settings.html",
        status=form.status,
        event=event,
        form=form,
    )
