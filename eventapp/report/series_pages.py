"""/o/<community>/report: what became of all events of a community, on a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Response, render_template

from eventapp.communities.gate import organised_community
from eventapp.core import clock
from eventapp.core.i18n import gettext
from eventapp.model import Community, Event
from eventapp.report.attendance import visits_to
from eventapp.report.chart import chart_of
from eventapp.report.figures import Figures
from eventapp.report.files import file_of, number_of, pdf_file
from eventapp.report.rows_chart import rows_chart
from eventapp.report.series import series_of, visitors_of_each
from eventapp.report.series_queries import events_that_were, figures_of_each, told_of_each
from eventapp.report.sheet import sheet_of_series
from eventapp.report.views import bp
from eventapp.report.words import CHARTS, COLUMNS, ROUNDED, SERIES, SERIES_BARS, SHARES, WORDS

NARROW = ("came", "newcomers", "met_median")  # columns that a phone has room for
SHOWN_MOST = 24  # events on the page; all are in the files


class Told(NamedTuple):
    """Of a community: its figures, and those of each of its last events."""

    community: Community
    figures: Figures
    events: Sequence[Event]
    each: Sequence[Figures]
    earlier: int  # events before these
    uncounted: int  # of these, those that the worker has yet to look at


@bp.get("/o/<slug>/report")
def series(slug: str) -> str:
    told = _told_by(slug, last=SHOWN_MOST)
    columns = _told_of(COLUMNS, told.each)
    charts = {name: chart_of(name, told.events, told.each) for name in columns}
    return render_template(
        "report/series.html",
        community=told.community,
        figures=told.figures,
        words={name: words for name, words in SERIES.items() if name in told.figures},
        rows_of_series=rows_chart(SERIES_BARS, told.figures),
        shares=SHARES,
        rounded=ROUNDED,
        earlier=told.earlier,
        uncounted=told.uncounted,
        rows=list(zip(told.events, told.each, strict=True)),
        columns=columns,
        narrow=NARROW,
        charts={name: chart for name, chart in charts.items() if name in CHARTS},
        small_charts={name: chart for name, chart in charts.items() if name not in CHARTS},
        chart_words=CHARTS,
    )


@bp.get("/o/<slug>/report.pdf")
def download_series_page(slug: str) -> Response:
    """What a page has room for, to pass on."""
    told = _told_by(slug, last=SHOWN_MOST)
    sheet = sheet_of_series(told.community, told.events, told.figures, told.each, clock.now())
    return pdf_file(sheet, name=f"{slug}-report")


@bp.get("/o/<slug>/report.<any(csv, xlsx):kind>")
def download_series(slug: str, kind: str) -> Response:
    """A row for each event, all that were. They name nobody, so the log notes nothing."""
    told = _told_by(slug)
    rows = [
        (
            event.title,
            event.starts_at.astimezone(event.zone).date(),
            *(number_of(name, figures) for name in WORDS),
        )
        for event, figures in zip(told.events, told.each, strict=True)
    ]
    units = [f"{words} (%)" if name in SHARES else str(words) for name, words in WORDS.items()]
    header = [gettext("Event"), gettext("Day"), *units]
    return file_of(header, rows, name=f"{slug}-report", kind=kind)


def _told_by(slug: str, *, last: int | None = None) -> Told:
    """With the last so many events, or all of them."""
    community, now = organised_community(slug), clock.now()
    events = events_that_were(community, now)
    visits = visits_to([event.id for event in events])
    visitors = visitors_of_each(visits, len(events))
    lately = events[-last:] if last else events
    by_id = {event.id: them for event, them in zip(events, visitors, strict=True)}
    told = told_of_each(lately)
    return Told(
        community,
        series_of(visits, len(events)),
        lately,
        figures_of_each(lately, by_id, told, now),
        earlier=len(events) - len(lately),
        uncounted=len(lately) - len(told),
    )


def _told_of(words: Mapping[str, str], each: Sequence[Figures]) -> dict[str, str]:
    """Of these figures those that some event has."""
    return {name: label for name, label in words.items() if any(name in one for one in each)}
