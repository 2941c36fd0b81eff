"""The home page, a community's page, and an event's calendar file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from eventapp.communities.queries import community_at
from eventapp.core import clock, security
from eventapp.core.public import public
from eventapp.events import queries
from eventapp.model import Event

bp = Blueprint(
    "events", __name__, static_folder="static", static_url_path="/static/events", cli_group=None
)


@bp.app_template_global()
def state_of(event: Event) -> str:
    """`draft`, `called_off`, `over`, `on` or `published`: an event in one word."""
    now = clock.now()
    if event.published_at is None:
        return "draft"
    if event.called_off_at:
        return "called_off"
    if event.ends_at <= now:
        return "over"
    return "on" if event.starts_at <= now else "published"


@bp.app_template_global()
def takes_rsvps(event: Event) -> bool:
    return event.takes_rsvps(clock.now())


@bp.get("/")
@public
def home() -> str:
    return render_template("events/home.html", events=queries.upcoming_events(clock.now()))


@bp.get("/c/<slug>")
@public
def community(slug: str) -> str:
    shown, now = community_at(slug), clock.now()
    return render_template(
        "events/community.html",
        community=shown,
        upcoming=queries.upcoming_events_of(shown, now),
        past=queries.past_events_of(shown, now),
    )


@bp.get("/e/<slug>/calendar.ics")
@public
def calendar(slug: str) -> Response:
    event = queries.published_event(slug)
    security.say_public()
    response = Response(
        queries.calendar_text(event, at=clock.now()),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
    )
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}.ics")
    return response
