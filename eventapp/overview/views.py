"""/o/e/<event>: the first page of an event for its organisers; and its arrivals, as they come."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from eventapp.account import gate
from eventapp.conduct.queries import count_open
from eventapp.core import clock, htmx
from eventapp.door.unsettled import count_open_conflicts
from eventapp.events.gate import organised_event
from eventapp.events.queries import answers_to, has_answers
from eventapp.follow.queries import count_followers
from eventapp.greeting.queries import greeters_of
from eventapp.mails.queries import count_failed
from eventapp.model import Event
from eventapp.overview import queries
from eventapp.rsvp.queries import who_would_fit

bp = Blueprint(
    "overview", __name__, static_folder="static", static_url_path="/static/overview", cli_group=None
)


@bp.get("/o/e/<slug>")
def overview(slug: str) -> str:
    event = organised_event(slug)
    waiting = answers_to([event])[event.id]
    takes_place = not event.called_off_at and clock.now() < event.ends_at
    may_have_places = waiting.waitlisted and takes_place and not event.is_full
    return render_template(
        "overview/page.html",
        **_at_the_door(event),
        waiting=waiting,
        to_approve=waiting.pending if takes_place else 0,
        fit=len(who_would_fit(event)) if may_have_places else 0,
        answered=has_answers(event),
        failed=count_failed(event),
        conflicts=count_open_conflicts(event),
        reports=count_open(event.community_id, gate.require_person(), event=event),
        greeters=greeters_of(event) if takes_place else None,
        followers=count_followers(event.community_id),
    )


@bp.get("/o/e/<slug>/arrivals")
def arrivals(slug: str) -> Response:
    """Who has come; 204 if the page that asks shows this revision (`rev`) already."""
    event = organised_event(slug)
    if request.args.get("rev") == event.headcount_revision:
        return htmx.unchanged()
    return htmx.show(
        "overview/arrivals.html", fragment="overview/_arrivals.html", **_at_the_door(event)
    )


def _at_the_door(event: Event) -> dict[str, Any]:
    now = clock.now()
    return {"event": event, "now": now, "arrivals": queries.arrivals_at(event, now)}
