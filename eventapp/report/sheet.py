"""What stands on the page of a report that is passed on, in the language of who asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.core.i18n import gettext
from eventapp.model import Community, Event
from eventapp.report.chart import Bar, Chart, chart_of
from eventapp.report.figures import Figures
from eventapp.report.network_chart import NetworkChart
from eventapp.report.words import (
    ARRIVALS_HIDDEN,
    CHARTS,
    NOT_SHOWN,
    ROUNDED,
    SERIES,
    SHARES,
    WORDS,
    they_met,
)
from eventapp.ui.arrivals_chart import Arrivals
from eventapp.ui.formats import brief, clock_time, grouped, per_cent, when

ON_SHEET = ("came", "newcomers", "met_median")  # of the charts of a community


@dataclass(frozen=True)
class Bars:
    """A chart. All places and sizes are per cent of the drawing's."""

    heading: str
    boxes: Sequence[tuple[float, float, float, float]]  # of each bar: x, y, width, height
    numbers: Sequence[tuple[float, float, str]]  # above a bar: its middle, its top, what it says
    axis: Sequence[tuple[float, str]]  # the middle of each label, and what it says
    untold: Sequence[float] = ()  # the middle of what has no figure
    gaps: Sequence[tuple[float, float]] = ()  # from where to where nothing is shown
    note: str = ""


@dataclass(frozen=True)
class Network:
    heading: str
    chart: NetworkChart
    below: Sequence[tuple[float, str]]  # the middle of each label, and what it says
    note: str


@dataclass(frozen=True)
class Sheet:
    above: str  # the title
    title: str
    when: str
    figures: Sequence[tuple[str, str]]  # each with what it is called
    charts: Sequence[Bars]
    note: str
    network: Network | None = None


def sheet_of(
    event: Event,
    figures: Figures,
    arrivals: Arrivals | None,
    network: NetworkChart | None,
    now: datetime,
) -> Sheet:
    return Sheet(
        above=event.community.name,
        title=event.title,
        when=when(event.starts_at, event.ends_at, event.tz, now),
        figures=_said(figures, WORDS),
        charts=[_arrivals(arrivals, event.tz)] if arrivals else [],
        note=str(ROUNDED),
        network=_network(network) if network else None,
    )


def sheet_of_series(
    community: Community,
    events: Sequence[Event],
    figures: Figures,
    each: Sequence[Figures],
    now: datetime,
) -> Sheet:
    """The figures of a community, and `each` of these events."""
    charts = [(name, chart_of(name, events, each)) for name in ON_SHEET]
    ends = (events[0], events[-1]) if events else ()
    days = [brief(event.starts_at, event.tz, now) for event in ends]
    return Sheet(
        above=gettext("In figures"),
        title=community.name,
        when=" – ".join(dict.fromkeys(days)),
        figures=_said(figures, SERIES),
        charts=[
            _events(chart, chart.highest, heading=str(CHARTS[name]), now=now)
            for name, chart in charts
            if chart.highest
        ],
        note=str(ROUNDED),
    )


def _said(figures: Figures, words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (per_cent(figures[name]) if name in SHARES else grouped(figures[name]), str(label))
        for name, label in words.items()
        if name in figures
    ]


def _arrivals(arrivals: Arrivals, tz: str) -> Bars:
    return Bars(
        heading=gettext("Arrivals every %(minutes)s minutes", minutes=arrivals.minutes),
        boxes=[(bar.x, bar.y, arrivals.width * 0.96, bar.height) for bar in arrivals.bars],
        numbers=[
            (bar.x + arrivals.width / 2, bar.y, grouped(bar.people))
            for bar in (arrivals.bars if arrivals.has_room_for_numbers else [arrivals.busiest])
        ],
        axis=[(mark.x, clock_time(mark.at, tz)) for mark in arrivals.marks],
        gaps=arrivals.gaps,
        note=str(ARRIVALS_HIDDEN) if arrivals.gaps else "",
    )


def _events(chart: Chart, highest: Bar, *, heading: str, now: datetime) -> Bars:
    return Bars(
        heading=heading,
        boxes=[(bar.x, bar.y, chart.width, bar.height) for bar in chart.bars if bar.value],
        numbers=[(highest.middle, highest.y, grouped(highest.value or 0))],
        axis=[
            (bar.middle, brief(bar.event.starts_at, bar.event.tz, now))
            for bar in chart.bars
            if bar.has_label
        ],
        untold=[bar.middle for bar in chart.bars if bar.value is None],
        note=str(NOT_SHOWN) if any(bar.value is None for bar in chart.bars) else "",
    )


def _network(chart: NetworkChart) -> Network:
    return Network(
        heading=gettext("Who met whom, without names"),
        chart=chart,
        below=[(ring.x, they_met(ring.group)) for ring in chart.rings],
        note=gettext("About one dot per guest. Wider lines and rings: more meetings."),
    )
