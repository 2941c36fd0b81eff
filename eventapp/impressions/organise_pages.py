"""/o/e/<event>/impressions: what guests wrote, for the organisers, who may hide it from others."""

from __future__ import annotations

from flask import Response, url_for

from eventapp.account import gate
from eventapp.attendees.gate import asked
from eventapp.attendees.queries import ShownImpression, impression_to_hosts, impressions_to_hosts
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.events.gate import organised_event
from eventapp.impressions import actions
from eventapp.impressions.queries import AUDIENCES
from eventapp.impressions.views import bp
from eventapp.model import AuditVerb, Event


@bp.get("/o/e/<slug>/impressions")
def gathered(slug: str) -> Response:
    event, ask = organised_event(slug), asked()
    person = gate.require_person()
    rows = impressions_to_hosts(event, person, limit=ask.limit, offset=ask.offset)
    return htmx.show(
        "impressions/gathered.html",
        fragment="impressions/_gathered.html",
        event=event,
        shown=ask.shown(rows),
        next_page=ask.next_page(rows),
        audiences=AUDIENCES,
    )


@bp.post("/o/e/<slug>/impressions/<int:impression_id>/hide")
def hide(slug: str, impression_id: int) -> Response:
    event, one = _gathered(slug, impression_id)
    with transaction():
        if actions.hide_impression(one.impression, at=clock.now()):
            record(AuditVerb.IMPRESSION_HIDDEN, event)
    return _done(event, one)


@bp.post("/o/e/<slug>/impressions/<int:impression_id>/show")
def show(slug: str, impression_id: int) -> Response:
    event, one = _gathered(slug, impression_id)
    with transaction():
        if actions.show_impression(one.impression):
            record(AuditVerb.IMPRESSION_SHOWN, event)
    return _done(event, one)


def _gathered(slug: str, impression_id: int) -> tuple[Event, ShownImpression]:
    event = organised_event(slug)
    one = impression_to_hosts(event, gate.require_person(), impression_id)
    if one is None:
        raise NotFound
    return event, one


def _done(event: Event, one: ShownImpression) -> Response:
    anchor = f"impression-{one.impression.id}"
    return htmx.done(
        fragment="impressions/_one_gathered.html",
        go_to=url_for("impressions.gathered", slug=event.slug, _anchor=anchor),
        event=event,
        one=one,
        audiences=AUDIENCES,
    )
