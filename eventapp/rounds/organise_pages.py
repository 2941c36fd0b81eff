"""/o/e/<event>/rounds: hosts announce rounds, start, hold up and stop them. They see how many take
part, not who.
"""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.core.links import absolute, digest
from eventapp.events.gate import organised_event
from eventapp.model import AuditVerb, Event, Rounds
from eventapp.rounds import actions, queries
from eventapp.rounds.forms import NumberForm, RoundsForm
from eventapp.rounds.views import bp

POLL_SECONDS = 5


@bp.get("/o/e/<slug>/rounds")
def organise(slug: str) -> Response:
    event = organised_event(slug)
    context = _context(event)
    if "rev" in request.args and request.args["rev"] == context["revision"]:
        return htmx.unchanged()
    return _show(event, _form(event, formdata=None), context, fragment="rounds/_organise_now.html")


@bp.post("/o/e/<slug>/rounds")
def announce(slug: str) -> Response:
    event = organised_event(slug)
    form = _form(event)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(event)
                form.refuse_if_edited(_form(event, formdata=None))
                if actions.announce(event, form.settings, at=clock.now()):
                    record(AuditVerb.ROUNDS_ANNOUNCED, event)
            return _back(event)
    return _show(event, form, _context(event), fragment="rounds/_settings.html")


@bp.post("/o/e/<slug>/rounds/start")
def start(slug: str) -> Response:
    """Plan the round that the button names, then start it. Where it has begun by now, show that."""
    event, rounds = _on(slug)
    if number := _number():
        plan = actions.plan_next(rounds, number)  # no transaction waits for that
        with transaction():
            if actions.start_round(rounds, plan, at=clock.now()):
                record(AuditVerb.ROUND_STARTED, event, count=number)
    return _back(event)


@bp.post("/o/e/<slug>/rounds/stop")
def stop(slug: str) -> Response:
    event, rounds = _on(slug)
    if number := _number():
        with transaction():
            if actions.stop_round(rounds, number, at=clock.now()):
                record(AuditVerb.ROUND_STOPPED, event, count=number)
    return _back(event)


@bp.post("/o/e/<slug>/rounds/wait")
def wait(slug: str) -> Response:
    event, rounds = _on(slug)
    with transaction():
        if actions.wait_for_latecomers(rounds):
            record(AuditVerb.ROUNDS_HELD_UP, event)
    return _back(event)


@bp.post("/o/e/<slug>/rounds/end")
def end(slug: str) -> Response:
    event, rounds = _on(slug)
    with transaction():
        if actions.end_rounds(rounds, at=clock.now()):
            record(AuditVerb.ROUNDS_ENDED, event)
    flash(gettext("Rounds are switched off."))
    return _back(event)


@bp.app_template_global()
def puts_rounds_first(event: Event) -> bool:
    """Whether hosts find rounds at the top of the event's page: once they announced them, until
    they switch them off, and while the door is open.
    """
    if event.published_at and event.door_is_open(clock.now()):
        return True
    rounds = queries.rounds_at(event)
    return rounds is not None and rounds.ended_at is None


def _on(slug: str) -> tuple[Event, Rounds]:
    event = organised_event(slug)
    rounds = queries.rounds_at(event)
    if rounds is None:
        raise NotFound
    return event, rounds


def _number() -> int | None:
    """Which round the button was about; without one, there is nothing to do."""
    form = NumberForm()
    return form.number.data if form.validate() else None


def _back(event: Event) -> Response:
    return htmx.done(go_to=url_for("rounds.organise", slug=event.slug))


def _form(event: Event, **more: Any) -> RoundsForm:
    return RoundsForm(obj=queries.rounds_at(event), **more)


def _context(event: Event) -> dict[str, Any]:
    rounds, at = queries.rounds_at(event), clock.now()
    if rounds is None:
        return {"rounds": None, "revision": ""}
    standing, people = queries.standing_of(rounds, at), queries.taking_part(rounds)
    last = standing.last
    times = (last.number, last.ends_at) if last else None
    said = standing.phase, times, rounds.next_at, rounds.count, people, standing.may_start
    return {
        "rounds": rounds,
        "standing": standing,
        "people": people,
        "wall": absolute("rounds.wall", wall=rounds.wall),
        "revision": digest(repr(said)),
        "rounded_down": queries.rounded_down,
        "now": at,
    }


def _show(event: Event, form: RoundsForm, context: dict[str, Any], *, fragment: str) -> Response:
    return htmx.show(
        "rounds/organise.html",
        fragment=fragment,
        status=form.status,
        event=event,
        form=form,
        poll_seconds=POLL_SECONDS,
        **context,
    )
