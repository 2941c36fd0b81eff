"""/o/e/<event>/badges: name badges, as a PDF to print, and what they look like."""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import Any

from flask import Blueprint, Response, request, url_for

from eventapp.badges import queries
from eventapp.badges.actions import ask_for_sheet
from eventapp.badges.choice import PART, choice_of, drawing_of, typed_time
from eventapp.badges.forms import BadgesForm, SheetForm
from eventapp.badges.layout import lay_out
from eventapp.badges.plan import Kind
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.links import new_secret
from eventapp.events.gate import organised_event
from eventapp.model import AuditVerb, BadgeSheet, Event
from eventapp.rsvp.queries import titles_to_show

bp = Blueprint("badges", __name__, static_folder="static", static_url_path="/static/badges")

AT_ONCE = 100  # badges that a request draws itself, in a third of a second


@bp.get("/o/e/<slug>/badges")
def choose(slug: str) -> Response:
    event = organised_event(slug)
    return _show(event, BadgesForm(event, request.args, titles_to_show(event)))


@bp.get("/o/e/<slug>/badges.pdf")
def pdf(slug: str) -> Response:
    event = organised_event(slug)
    form = BadgesForm(event, request.args, titles_to_show(event))
    if not form.validate() or not 0 < form.choice.count(event) <= AT_ONCE:
        return _show(event, form)
    file = drawing_of(event, form.choice).file_of(form.choice.badges(event))
    return _pdf(file, slug)


@bp.post("/o/e/<slug>/badges/sheets")
def make(slug: str) -> Response:
    """Have the worker draw what is too long for a request."""
    event, at = organised_event(slug), clock.now()
    form = SheetForm(event, request.form, titles_to_show(event))
    if not form.validate() or not (count := form.choice.count(event)):
        return _show(event, form)
    with transaction():
        sheet = ask_for_sheet(event, form.choice, count=count, form_id=form.form_id.data, at=at)
        if sheet.created_at == at:
            record(AuditVerb.BADGES_MADE, event, count=count)
    return htmx.done(go_to=url_for("badges.sheet", slug=slug, sheet_id=sheet.id))


@bp.get("/o/e/<slug>/badges/sheets/<int:sheet_id>")
def sheet(slug: str, sheet_id: int) -> Response:
    event = organised_event(slug)
    kept = queries.sheet_of(event, sheet_id, at=clock.now())
    choice, is_there = choice_of(kept.choice), queries.has_file(kept)
    return htmx.show(
        "badges/sheet.html",
        fragment="badges/_sheet.html",
        event=event,
        sheet=kept,
        paper=choice.label.paper if is_there else None,
        is_there=is_there,
        incomplete=choice.incomplete_of_part(event) if is_there else [],
        chosen=choice.address(event.tz),
    )


@bp.get("/o/e/<slug>/badges/sheets/<int:sheet_id>.pdf")
def sheet_pdf(slug: str, sheet_id: int) -> Response:
    kept: BadgeSheet = queries.sheet_of(organised_event(slug), sheet_id, at=clock.now())
    if not kept.file:
        raise NotFound
    return _pdf(kept.file, slug)


def _pdf(file: bytes, slug: str) -> Response:
    """Shown by the browser, which prints it."""
    response = Response(file, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{slug}-badges.pdf")
    return response


def _show(event: Event, form: BadgesForm) -> Response:
    """The page of choices, and what they make, if they are valid."""
    made = _made(event, form) if form.validate() else {"count": 0}
    return htmx.show(
        "badges/choose.html",
        fragment="badges/_changed.html",
        status=form.status,
        event=event,
        form=form,
        **made,
    )


def _made(event: Event, form: BadgesForm) -> dict[str, Any]:
    choice = form.choice
    planned = choice.plan(event)
    count, first_of_kind = len(planned), {each.kind: each for each in reversed(planned)}
    samples = [first_of_kind[kind] for kind in Kind if kind in first_of_kind]
    return {
        "count": count,
        "tally": Counter(each.kind.value for each in planned),
        "part_size": PART,
        "parts": ceil(count / PART),
        "is_long": min(count, PART) > AT_ONCE,
        "form_id": new_secret(),
        "label": choice.label,
        "sheets": choice.label.sheets_for(count, choice.first_label),
        "samples": choice.badges_of(event, samples),
        "lay_out": lay_out,
        "incomplete": choice.incomplete(event, planned),
        "now": typed_time(clock.now(), event.tz),
    }
