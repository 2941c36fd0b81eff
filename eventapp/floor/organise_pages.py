"""/o/e/<event>/floor: hosts take questions from the floor, choose what all see, and say which are
answered. Of an anonymous question they see no more than anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, flash, request, url_for

from eventapp.account import gate
from eventapp.attendees.queries import viewer_of
from eventapp.communities.gate import act_and_record, record
from eventapp.core import clock, htmx
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.core.links import absolute, digest
from eventapp.events.gate import organised_event
from eventapp.floor import actions, queries
from eventapp.floor.forms import FloorForm, WallForm
from eventapp.floor.views import bp
from eventapp.model import AuditVerb, Event, Floor, FloorQuestion

POLL_SECONDS = 5


@bp.get("/o/e/<slug>/floor")
def organise(slug: str) -> Response:
    event = organised_event(slug)
    context = _context(event)
    if "rev" in request.args and request.args["rev"] == context["revision"]:
        return htmx.unchanged()
    return _show(event, _form(event, formdata=None), context, fragment="floor/_asked.html")


@bp.post("/o/e/<slug>/floor")
def take_questions(slug: str) -> Response:
    event = organised_event(slug)
    form = _form(event)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(event)
                form.refuse_if_edited(_form(event, formdata=None))
                at, hosts_first = clock.now(), form.hosts_first.data
                if actions.open_floor(event, hosts_first=hosts_first, at=at):
                    record(AuditVerb.FLOOR_OPENED, event)
            return _back(event)
    return _show(event, form, _context(event), fragment="floor/_settings.html")


@bp.post("/o/e/<slug>/floor/close")
def close(slug: str) -> Response:
    event, floor = _on(slug)
    act = partial(actions.close_floor, floor, at=clock.now())
    act_and_record(act, AuditVerb.FLOOR_CLOSED, event)
    flash(gettext("Questions are closed."))
    return _back(event)


@bp.post("/o/e/<slug>/floor/wall")
def choose_talk(slug: str) -> Response:
    event, floor = _on(slug)
    form = WallForm(event)
    if form.validate():
        act = partial(actions.put_on_wall, floor, form.talk_id)
        act_and_record(act, AuditVerb.FLOOR_WALL_CHANGED, event)
    else:
        flash(gettext("That talk isn't in the programme any more."))
    return _back(event)


@bp.post("/o/e/<slug>/floor/<int:question_id>/show")
def show(slug: str, question_id: int) -> Response:
    act = partial(actions.show_question, at=clock.now())
    return _do(slug, question_id, act, AuditVerb.FLOOR_QUESTION_SHOWN)


@bp.post("/o/e/<slug>/floor/<int:question_id>/hide")
def hide(slug: str, question_id: int) -> Response:
    act = partial(actions.hide_question, at=clock.now())
    return _do(slug, question_id, act, AuditVerb.FLOOR_QUESTION_HIDDEN)


@bp.post("/o/e/<slug>/floor/<int:question_id>/answered")
def answered(slug: str, question_id: int) -> Response:
    act = partial(actions.answer_question, at=clock.now())
    return _do(slug, question_id, act, AuditVerb.FLOOR_QUESTION_ANSWERED)


@bp.post("/o/e/<slug>/floor/<int:question_id>/reopen")
def reopen(slug: str, question_id: int) -> Response:
    return _do(slug, question_id, actions.reopen_question, AuditVerb.FLOOR_QUESTION_REOPENED)


@bp.app_template_global()
def shows_floor(event: Event) -> bool:
    """Whether hosts find questions at the top of the event's page: once they took some, and before
    that while guests could ask about its talks.
    """
    floor = queries.floor_at(event)
    if floor or event.called_off_at or not event.published_at:
        return floor is not None
    return bool(event.talks) and clock.now() < event.ends_at


@bp.app_template_global()
def waiting_questions(event: Event) -> int:
    """How many questions from the floor wait for a host."""
    return queries.count_waiting(event)


def _on(slug: str) -> tuple[Event, Floor]:
    event = organised_event(slug)
    floor = queries.floor_at(event)
    if floor is None:
        raise NotFound
    return event, floor


def _do(
    slug: str, question_id: int, act: Callable[[FloorQuestion], bool], verb: AuditVerb
) -> Response:
    event = organised_event(slug)
    question = queries.question_at(event, question_id)
    act_and_record(partial(act, question), verb, event)
    return _done(event)


def _back(event: Event) -> Response:
    return htmx.done(go_to=url_for("floor.organise", slug=event.slug))


def _done(event: Event) -> Response:
    return htmx.done(
        fragment="floor/_asked.html",
        go_to=url_for("floor.organise", slug=event.slug),
        event=event,
        poll_seconds=POLL_SECONDS,
        **_context(event),
    )


def _form(event: Event, **more: Any) -> FloorForm:
    return FloorForm(obj=queries.floor_at(event), **more)


def _context(event: Event) -> dict[str, Any]:
    floor = queries.floor_at(event)
    host, at = gate.require_person(), clock.now()
    questions = queries.questions_to_hosts(event, host)
    is_open = floor is not None and floor.takes_questions(at)
    is_over = floor is not None and floor.is_over(at)
    titles = {talk.id: talk.title for talk in event.talks}
    return {
        "floor": floor,
        "is_open": is_open,
        "is_over": is_over,
        "shows_wall": floor is not None and (floor.closed_at is None or floor.is_on(at)),
        "is_guest": viewer_of(event, host).is_attendee,
        "questions": questions,
        "titles": titles,
        "wall": floor and absolute("floor.wall", wall=floor.wall),
        "revision": digest(repr((is_open, is_over, titles, questions.said))),
    }


def _show(event: Event, form: FloorForm, context: dict[str, Any], *, fragment: str) -> Response:
    floor = context["floor"]
    chosen = {"talk": str(floor.talk_id or "") if floor else ""}
    return htmx.show(
        "floor/organise.html",
        fragment=fragment,
        status=form.status,
        event=event,
        form=form,
        wall_form=WallForm(event, formdata=None, data=chosen),
        poll_seconds=POLL_SECONDS,
        **context,
    )
