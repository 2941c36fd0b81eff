"""Blank badges, to write a walk-in's name on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from eventapp.badges.formats import FORMATS
from eventapp.core import clock
from eventapp.model import Event
from tests.badges.reading import label_under, pages_of, pdf_behind
from tests.badges.test_choose import badges_page
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(make.community(slug="beers"), slug="may", title="Beers in May")


def test_they_come_last(make: Make, browser: Browsers, event: Event) -> None:
    ana = make.rsvp(event, "Ana")
    page = badges_page(make, browser, event).press("Show", blanks="3")
    assert page.one("[data-count]")["data-count"] == "4"
    [sheet] = pages_of(pdf_behind(page))
    assert " ".join(sheet.words).count("Beers in May") == 4
    assert [address[-22:] for address, _ in sheet.codes] == [ana.badge]
    assert {label_under(box, FORMATS[0]) for box in sheet.texts} == {0, 1, 2, 3}


def test_they_need_no_guests(make: Make, browser: Browsers, event: Event) -> None:
    page = badges_page(make, browser, event, "?blanks=2")
    assert page.one("[data-count]")["data-count"] == "2"
    assert page.page.select("svg.sample")
    assert len(pages_of(pdf_behind(page))) == 1


@pytest.mark.parametrize("blanks", ["51", "-1", "x"])
def test_there_are_fifty_of_them_at_most(
    make: Make, browser: Browsers, event: Event, blanks: str
) -> None:
    page = badges_page(make, browser, event, f"?blanks={blanks}")
    assert (page.status, page.codes()) == (422, ["number"])


def test_who_comes_from_now_on_needs_no_more_of_them(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana", created_at=clock.now() - timedelta(hours=1))
    page = badges_page(make, browser, event, "?blanks=5").follow("only those from now on")
    assert page.sees("Nobody to make a badge for")
