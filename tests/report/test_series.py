"""The report of all events of a community. Its figures, from a story: `test_past.py`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.actions import forget_past_events
from eventapp.model import Encounter, KeptFigures, Rsvp
from eventapp.report.actions import keep_figures
from eventapp.report.series import series_of
from eventapp.report.words import CHARTS, COLUMNS
from eventapp.rsvp.actions import cancel
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import hours_ago, last_night
from tests.overview.arriving import come
from tests.report.figures import figures
from tests.report.test_report import guests_in, say

Browsers = Callable[..., Browser]
LONGER = {str(COLUMNS[name]): str(words) for name, words in CHARTS.items()}


def test_who_keeps_coming() -> None:
    regulars = dict.fromkeys(range(5), (4, 5, 9))
    once = dict.fromkeys(range(5, 10), (7,))
    new = dict.fromkeys(range(10, 16), (9,))
    told = series_of({**regulars, **once, **new}, events=10)
    assert told == {"people": 15, "regulars": 5, "came_once": 5, "came_back_share": 50}
    assert series_of({**once, **new}, events=9)["people"] == 10
    assert "came_once" not in series_of(once, events=9), "one event is too few to be missed at"
    assert series_of({}, events=0) == {}


def test_a_community_without_an_event_that_was(make: Make, browser: Browsers) -> None:
    community = make.community()
    make.event(community)
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/report")
    assert page.sees("Once people have come to an event")
    assert figures(page) == {}


def test_the_file_has_a_row_for_each_event(make: Make, browser: Browsers) -> None:
    community = make.community()
    for number, hours in enumerate((24 * 60, 24 * 30, 15)):
        event = last_night(
            make, community=community, title=f"=Beers {number}", starts_at=hours_ago(hours)
        )
        come(make, event, hours_ago(hours), 6)
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/report")
    page.client.get(f"/o/{community.slug}/report.xlsx").close()
    written = page.client.get(f"/o/{community.slug}/report.csv").get_data().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(written))
    assert header[:3] == ["Event", "Day", "People who came"]
    assert [(row[0], row[2]) for row in rows] == [(f"'=Beers {number}", "5") for number in range(3)]


def test_a_column_has_one_unit_and_one_form(make: Make, browser: Browsers) -> None:
    community = make.community()
    for number, hours in enumerate((30, 15)):
        event = last_night(make, community=community, starts_at=hours_ago(hours))
        come(make, event, hours_ago(hours), 6)
        guests = guests_in(make, event, 8 - number)
        say(make, *((guest, guests[0]) for guest in guests[1:]))
        say(make, *(list(combinations(guests[1:5], 2)) if number else []))
    make.due(keep_figures)
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/report")
    _is_drawn_as_its_table(page)
    written = page.client.get(f"/o/{community.slug}/report.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["People each of them met (median)"] for row in rows] == ["1.0", "4.0"]
    assert [row["People who came"] for row in rows] == ["5", "5"]
    assert rows[0]["“We met” said by both (%)"] == "15"


def _is_drawn_as_its_table(page: Browser) -> None:
    """Each column has a chart, with a bar for each figure in it and its highest number."""
    _, *columns = [head.get_text() for head in page.page.select(".each-event thead th")]
    drawn = page.page.select("svg.chart")
    assert len(drawn) == len(columns) > 4
    for number, words in enumerate(columns):
        cells = [row.select("td")[number].get_text() for row in page.page.select("tbody tr:has(a)")]
        told = [cell for cell in cells if cell != "–"]
        highest = max(told, key=lambda cell: float(cell.removesuffix("%")))
        label = LONGER.get(words, words)
        chart = next(one for one in drawn if str(one["aria-label"]).startswith(f"{label}, "))
        assert chart.select_one(".most").get_text() == highest
        assert len(chart.select("rect")) == len(told)


def test_the_worker_keeps_the_figures_of_each_event_once(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 7)
    old = last_night(make, starts_at=hours_ago(24 * 400))
    assert make.due(keep_figures) == 0
    assert len(make.rows(KeptFigures)) == 2
    say(make, *((guest, guests[0]) for guest in guests[1:6]))
    assert make.due(keep_figures) == 1
    assert make.due(keep_figures) == 0
    assert make.row(KeptFigures, event_id=event.id).figures["met_people"] == 5
    assert make.row(KeptFigures, event_id=old.id).figures == {}


def test_what_the_worker_has_yet_to_count_is_said(make: Make, browser: Browsers) -> None:
    community = make.community()
    for hours in (30, 15):
        come(
            make, last_night(make, community=community, starts_at=hours_ago(hours)), clock.now(), 6
        )
        page = organiser_of(make, browser, community).open(f"/o/{community.slug}/report")
        assert page.sees("counted once an hour: some figures aren't here yet")
        make.due(keep_figures)
        assert not page.open(page.url).sees("once an hour")


def test_who_got_their_place_from_the_waitlist(make: Make, browser: Browsers) -> None:
    event = make.event(capacity=6)
    first = make.rsvp(event, "Ana", companions=5)
    make.rsvp(event, "Beto", status="waitlisted", companions=5)
    make.rsvp(event, "Cleo", status="waitlisted", companions=5)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/report")
    assert figures(page) == {"waitlisted": "10"}
    with make.act():
        cancel(db.session.get_one(Rsvp, first.id), at=clock.now())
    assert [make.row(Rsvp, name=name).from_waitlist for name in ("Ana", "Beto", "Cleo")] == [
        False,
        True,
        False,
    ]
    assert figures(page.open(page.url)) == {"promoted": "5", "waitlisted": "5"}


def test_counts_stay_once_what_people_said_is_deleted(make: Make, browser: Browsers) -> None:
    community = make.community(keep_months=1)
    event = last_night(make, community=community)
    guests = guests_in(make, event, 12)
    say(make, *zip(guests, [*guests[1:], guests[0]], strict=True))
    page = organiser_of(make, browser, community).open(f"/o/e/{event.slug}/report")
    told = figures(page)
    assert told["met_people"] == "10"
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        assert make.due(forget_past_events) == 12
        assert not make.rows(Encounter)
        assert make.due(keep_figures) == 0
    kept = make.row(KeptFigures, event_id=event.id)
    assert kept.figures["met_people"] == 10
    assert kept.network
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        page = organiser_of(make, browser, community).open(f"/o/e/{event.slug}/report")
        assert figures(page) == told
