"""/o/e/<event>/report: what became of an event, on a page and as a file. Of all events of a
community: `series_pages.py`.
"""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from eventapp.core import clock
from eventapp.core.i18n import gettext
from eventapp.events.gate import organised_event
from eventapp.model import Event
from eventapp.report import actions, queries
from eventapp.report.attendance import attendance
from eventapp.report.figures import Figures
from eventapp.report.files import file_of, number_of, pdf_file
from eventapp.report.network import meetings_of
from eventapp.report.network_chart import network_chart
from eventapp.report.rows_chart import groups_chart, rows_chart
from eventapp.report.sheet import sheet_of
from eventapp.report.spread_chart import spread_chart
from eventapp.report.words import (
    ARRIVALS_HIDDEN,
    ATTENDANCE,
    BARS,
    INTRODUCTIONS,
    MET,
    ROUNDED,
    SHARES,
    WORDS,
    range_of,
    they_met,
)

PARTS = {"attendance": ATTENDANCE, "met": MET, "introductions": INTRODUCTIONS}

bp = Blueprint(
    "report", __name__, static_folder="static", static_url_path="/static/report", cli_group=None
)


@bp.get("/o/e/<slug>/report")
def report(slug: str) -> str:
    event, now = organised_event(slug), clock.now()
    figures, groups = _figures(event), queries.groups_of(event)
    return render_template(
        "report/page.html",
        event=event,
        figures=figures,
        **{
            part: {name: label for name, label in words.items() if name in figures}
            for part, words in PARTS.items()
        },
        shares=SHARES,
        rounded=ROUNDED,
        rows={part: rows_chart(words, figures) for part, words in BARS.items()},
        spread=spread_chart(figures),
        met_by=groups_chart(groups),
        groups=groups,
        they_met=they_met,
        range_of=range_of,
        meetings=meetings_of(groups),
        network=network_chart(groups),
        arrivals=queries.arrivals_at(event, now),
        arrivals_hidden=ARRIVALS_HIDDEN,
    )


@bp.get("/o/e/<slug>/report.<any(csv, xlsx):kind>")
def download(slug: str, kind: str) -> Response:
    """The figures that the page shows, one a row. They name nobody, so the log notes nothing."""
    figures = _figures(organised_event(slug))
    header = [gettext("Figure"), gettext("Number"), gettext("Unit")]
    rows = [
        (str(words), number_of(name, figures), "%" if name in SHARES else "")
        for name, words in WORDS.items()
        if name in figures
    ]
    return file_of(header, rows, name=f"{slug}-report", kind=kind)


@bp.get("/o/e/<slug>/report.pdf")
def download_page(slug: str) -> Response:
    """The same on one page, to pass on."""
    event, now = organised_event(slug), clock.now()
    figures, arrivals = _figures(event), queries.arrivals_at(event, now)
    network = network_chart(queries.groups_of(event))
    sheet = sheet_of(event, figures, arrivals, network, now)
    return pdf_file(sheet, name=f"{slug}-report")


def _figures(event: Event) -> Figures:
    now = clock.now()
    return {**actions.figures_of_answers(event, at=now), **attendance(event, now)}
