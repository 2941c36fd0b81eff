"""What is kept, by whom, for how long."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]


def test_page_of_a_community_says_who_and_how_long(make: Make, browser: Browsers) -> None:
    make.community(
        slug="beers", data_controller="Asociación X", contact_email="x@example.org", keep_months=7
    )
    make.community(data_controller="Somebody else")
    page = browser().open("/privacy?community=beers")
    assert page.sees("Asociación X")
    assert page.sees("Kept for 7 months after each event")
    assert page.page.select("a[href='mailto:x@example.org']")
    assert not page.sees("Somebody else")


def test_page_of_all_has_a_line_for_each(make: Make, browser: Browsers) -> None:
    make.community(name="Beers", keep_months=1)
    make.community(name="Cider", keep_months=24)
    page = browser().open("/").follow("What is kept, and how long")
    sections = [h3.get_text() for h3 in page.page.select("[data-community] h3")]
    assert sections == ["Beers", "Cider"]
    assert page.sees("Kept for 1 month after each event")
    assert page.sees("Kept for 24 months after each event")


def test_rights_are_one_link_away(browser: Browsers, app: Flask) -> None:
    page = browser().open("/privacy")
    assert page.page.select("#rights a[href='/me/export']")
    assert page.page.select("#rights a[href='/me']")


def test_unknown_community_is_not_found(browser: Browsers, app: Flask) -> None:
    assert browser().open("/privacy?community=nobody").status == 404
