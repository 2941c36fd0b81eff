"""/o/e/<event>/badges: name badges, as a PDF to print, and what they look like."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import Blueprint, Response, request

from eventapp.badges import queries
from eventapp.badges.forms import BadgesForm
from eventapp.badges.layout import Badge, lay_out
from eventapp.badges.pdf import lacks_letters, pdf_of
from eventapp.badges.words import badges_of
from eventapp.core import clock, htmx
from eventapp.core.zones import wall_clock
from eventapp.events.gate import organised_event
from eventapp.model import Event
from eventapp.rsvp.queries import titles_to_show

bp = Blueprint("badges", __name__, static_folder="static", static_url_path="/static/badges")

PART = 500  # badges in one file: three seconds of a processor, most of them for the codes


@bp.get("/o/e/<slug>/badges")
def choose(slug: str) -> Response:
    event, form = _asked(slug)
    return _show(event, form)


@bp.get("/o/e/<slug>/badges.pdf")
def pdf(slug: str) -> Response:
    event, form = _asked(slug)
    badges = _badges(event, form) if form.validate() else []
    if not badges:
        return _show(event, form)
    logo = event.community.logo
    file = pdf_of(
        badges,
        form.label,
        start=_start(form),
        title=event.title,
        logo=logo.large_jpeg if logo else b"",
    )
    response = Response(file, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{slug}-badges.pdf")
    return response


def _asked(slug: str) -> tuple[Event, BadgesForm]:
    event = organised_event(slug)
    return event, BadgesForm(event, request.args, titles_to_show(event))


def _show(event: Event, form: BadgesForm) -> Response:
    """The page of choices, and what they make, if they are valid."""
    made = _made(event, form) if form.validate() else {"count": 0}
    return htmx.show(
        "badges/choose.html",
        fragment="badges/_choose.html",
        status=form.status,
        event=event,
        form=form,
        **made,
    )


def _made(event: Event, form: BadgesForm) -> dict[str, Any]:
    count, badges = queries.count_wearers(event, form.chosen), _badges(event, form)
    return {
        "count": count,
        "part_size": PART,
        "parts": ceil(count / PART),
        "label": form.label,
        "sheets": form.label.sheets_for(count, form.start.data),
        "sample": badges[0] if badges else None,
        "lay_out": lay_out,
        "incomplete": [badge.name for badge in badges if lacks_letters(badge)],
        "now": wall_clock(clock.now(), event.tz).strftime("%Y-%m-%dT%H:%M"),
    }


def _badges(event: Event, form: BadgesForm) -> list[Badge]:
    offset = PART * (form.part.data - 1)
    found = queries.wearers(event, form.chosen, limit=PART, offset=offset)
    return badges_of(event, found, title=form.line.data)


def _start(form: BadgesForm) -> int:
    """The first label to use. Files after the first begin on a new sheet."""
    start: int = form.start.data if form.part.data == 1 else 1
    return start
