"""The home page, a community's page, its calendar feed, and an event's calendar file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from eventapp.account import gate
from eventapp.communities.queries import community_at
from eventapp.core import clock, security
from eventapp.core.public import public
from eventapp.events import queries
from eventapp.events.structured_data import structured_data as structured_data_of
from eventapp.follow.gate import follow_values
from eventapp.model import Event

bp = Blueprint(
    "events", __name__, static_folder="static", static_url_path="/static/events", cli_group=None
)

PAGE_CARDS = 18  # fills two columns, and three
LAST_PAGE = 1000
FEED_KEPT_SECONDS = 900  # by caches on the way, until they ask again


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


@bp.app_template_global()
def structured_data(event: Event, picture: str) -> dict[str, Any]:
    return structured_data_of(event, picture=picture, at=clock.now())


@bp.get("/")
@public
def home() -> str:
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    found = queries.upcoming_events(
        clock.now(), limit=PAGE_CARDS + 1, offset=(page - 1) * PAGE_CARDS
    )
    events = found[:PAGE_CARDS]
    return render_template(
        "events/home.html",
        events=events,
        own=queries.own_statuses(gate.person(), events),
        communities=list(dict.fromkeys(event.community for event in events)),
        page=page,
        next_page=page + 1 if len(found) > PAGE_CARDS else None,
    )


@bp.get("/c/<slug>")
@public
def community(slug: str) -> str:
    shown, now = community_at(slug), clock.now()
    upcoming = queries.upcoming_events_of(shown, now)
    return render_template(
        "events/community.html",
        **follow_values(shown),
        upcoming=upcoming,
        own=queries.own_statuses(gate.person(), upcoming),
        past=queries.past_events_of(shown, now),
    )


@bp.get("/c/<slug>/calendar.ics")
@public
def feed(slug: str) -> Response:
    """The community's events, for calendars that subscribe: they ask again every few hours, and
    hear 304 until something has changed.
    """
    shown, now = community_at(slug), clock.now()
    security.say_public()
    response = Response(
        queries.feed_text(shown, queries.events_of_feed(shown, now)),
        content_type=queries.CALENDAR_TYPE,
    )
    response.cache_control.public = True
    response.cache_control.max_age = FEED_KEPT_SECONDS
    response.last_modified = queries.feed_changed_at(shown)
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/e/<slug>/calendar.ics")
@public
def calendar(slug: str) -> Response:
    event = queries.published_event(slug)
    security.say_public()
    response = Response(
        queries.calendar_text(event, at=clock.now()),
        content_type=queries.CALENDAR_TYPE,
    )
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}.ics")
    return response
