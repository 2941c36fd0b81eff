"""/o/e/<event>/impressions: what guests wrote, for the organisers, who may hide it from others
and choose it for the recap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import Response, request, url_for

from eventapp.account import gate
from eventapp.attendees.gate import asked
from eventapp.attendees.queries import ShownImpression, impression_to_hosts, impressions_to_hosts
from eventapp.communities.gate import act_and_record
from eventapp.core import clock, htmx
from eventapp.core.errors import NotFound
from eventapp.events.gate import organised_event
from eventapp.impressions import actions
from eventapp.impressions.queries import AUDIENCES
from eventapp.impressions.queries.recap import quotes_of, state_of_quote
from eventapp.impressions.views import bp
from eventapp.model import AuditVerb, Event, Impression


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
        quote_state_of=_states([one.impression for one in rows]),
    )


@bp.post("/o/e/<slug>/impressions/<int:impression_id>/hide")
def hide(slug: str, impression_id: int) -> Response:
    act = partial(actions.hide_impression, at=clock.now())
    return _do(slug, impression_id, act, AuditVerb.IMPRESSION_HIDDEN)


@bp.post("/o/e/<slug>/impressions/<int:impression_id>/show")
def show(slug: str, impression_id: int) -> Response:
    return _do(slug, impression_id, actions.show_impression, AuditVerb.IMPRESSION_SHOWN)


@bp.post("/o/e/<slug>/impressions/<int:impression_id>/quote")
def quote(slug: str, impression_id: int) -> Response:
    act = partial(actions.choose_quote, at=clock.now())
    return _do(slug, impression_id, act, AuditVerb.IMPRESSION_QUOTED)


@bp.post("/o/e/<slug>/impressions/<int:impression_id>/drop-quote")
def drop_quote(slug: str, impression_id: int) -> Response:
    return _do(slug, impression_id, actions.drop_quote, AuditVerb.IMPRESSION_NOT_QUOTED)


def _do(
    slug: str, impression_id: int, act: Callable[[Impression], bool], verb: AuditVerb
) -> Response:
    event, one = _gathered(slug, impression_id)
    act_and_record(partial(act, one.impression), verb, event)
    return _done(event, one)


def _gathered(slug: str, impression_id: int) -> tuple[Event, ShownImpression]:
    event = organised_event(slug)
    one = impression_to_hosts(event, gate.require_person(), impression_id)
    if one is None:
        raise NotFound
    return event, one


def _done(event: Event, one: ShownImpression) -> Response:
    if request.form.get("back") == "recap":
        return htmx.done(go_to=url_for("impressions.edit_recap", slug=event.slug, _anchor="quotes"))
    anchor = f"impression-{one.impression.id}"
    return htmx.done(
        fragment="impressions/_one_gathered.html",
        go_to=url_for("impressions.gathered", slug=event.slug, _anchor=anchor),
        event=event,
        one=one,
        audiences=AUDIENCES,
        quote_state_of=_states([one.impression]),
    )


def _states(impressions: Sequence[Impression]) -> Callable[[Impression], str]:
    quotes = quotes_of(impressions)
    return lambda impression: state_of_quote(impression, quotes.get(impression.id))
