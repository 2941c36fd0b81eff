"""What stands on the page of a report that is passed on, in the language of who asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.core.i18n import gettext
from eventapp.model import Event
from eventapp.report.figures import Figures
from eventapp.report.words import SHARES, WORDS
from eventapp.ui.arrivals_chart import Arrivals
from eventapp.ui.formats import clock_time, grouped, per_cent, when


@dataclass(frozen=True)
class Sheet:
    community: str
    title: str
    when: str
    figures: Sequence[tuple[str, str]]  # each with what it is called
    arrivals: Arrivals | None
    arrivals_heading: str
    times: Sequence[tuple[float, str]]  # on the axis: where, in per cent, and what
    note: str


def sheet_of(event: Event, figures: Figures, arrivals: Arrivals | None, now: datetime) -> Sheet:
    marks, minutes = (arrivals.marks, arrivals.minutes) if arrivals else ([], 0)
    return Sheet(
        community=event.community.name,
        title=event.title,
        when=when(event.starts_at, event.ends_at, event.tz, now),
        figures=[
            (per_cent(figures[name]) if name in SHARES else grouped(figures[name]), str(words))
            for name, words in WORDS.items()
            if name in figures
        ],
        arrivals=arrivals,
        arrivals_heading=gettext("Arrivals in %(minutes)s minutes", minutes=minutes),
        times=[(mark.x, clock_time(mark.at, event.tz)) for mark in marks],
        note=gettext(
            "Counts are rounded to fives, and what's about fewer than five people isn't shown."
        ),
    )
