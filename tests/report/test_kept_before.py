"""What earlier versions kept and would not be shown today is left out, and stays kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, KeptFigures
from eventapp.report.network import kept_groups, meetings_of
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import last_night
from tests.overview.arriving import come
from tests.report.figures import figures

Browsers = Callable[..., Browser]
PEOPLE = {"people": 10, "newcomers": None}
NETWORK = [
    {"least": 1, "most": 6, **PEOPLE, "meetings": [5]},  # of three pairs, or of seven
    {"least": 7, "most": None, **PEOPLE, "meetings": [10, 30]},
]


def keep(make: Make, event: Event, network: list[Any] = NETWORK, **introductions: int) -> None:
    """As a version did that knew neither rule."""
    with make.act():
        kept = KeptFigures.none_of(event, at=clock.now())
        kept.figures = {"met_people": 20, "confirmed_share": 0, "answered_share": 100}
        kept.network, kept.introductions = network, introductions
        db.session.add(kept)


def test_figures_that_tell_too_much_are_left_out(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    keep(make, event, introduced=5, useful_share=50)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/report")
    assert figures(page) == {"met_people": "20", "introduced": "5"}
    assert make.row(KeptFigures).introductions["useful_share"] == 50


def test_nor_are_they_in_the_report_of_all_events(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = last_night(make, community=community)
    come(make, event, event.starts_at, 6)
    keep(make, event, introduced=5, useful_share=50)
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/report")
    assert page.sees("Introduced")
    assert not page.sees("50%")
    keep_more = {"introduced": 10, "introductions": 5, "useful_share": 50}
    with make.act():
        db.session.get_one(KeptFigures, event.id).introductions = keep_more
    assert page.open(page.url).sees("50%")


def test_meetings_that_may_have_been_fewer_than_five_are_left_out(
    make: Make, browser: Browsers
) -> None:
    groups = kept_groups(NETWORK)
    assert [one.meetings for one in groups] == [(0,), (10, 30)]
    assert meetings_of(groups) == [[0, 10], [10, 30]]
    event = last_night(make)
    keep(make, event)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/report")
    cells = [cell.get_text() for cell in page.page.select(".network-table td")]
    assert cells == ["10", "–", "–", "10", "10", "–", "10", "30"]
    assert make.row(KeptFigures).network == NETWORK
