"""What Chromium prints is what the PDF is: the same pages, words and codes in the same places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from eventapp.badges.formats import FORMATS, Format
from eventapp.core import clock
from eventapp.model import Community, Event
from tests.badges.reading import ASKS, LINES, NAMES, label_under, pages_of
from tests.chromium import Chromium, Engine, served
from tests.e2e.page_problems import problems_at
from tests.make import Make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # One database does: what is looked at is pages.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session"),
]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(make.community(), slug="may", title="Beers in May")


@pytest.fixture
def window(app: Flask, make: Make, event: Event, chromium_engine: Engine) -> Iterator[Chromium]:
    organiser = make.organiser(make.row(Community, id=event.community_id))
    with served(app) as address:
        window = Chromium(chromium_engine, address)
        window.open(make.sign_in_link(organiser)).press("Sign in")
        yield window
        window.close()


def printed(window: Chromium) -> bytes:
    window.tab.evaluate("() => document.fonts.ready")
    return window.tab.pdf(prefer_css_page_size=True)


@pytest.mark.parametrize("label", FORMATS, ids=lambda label: label.code)
def test_the_browser_prints_what_the_pdf_has(
    make: Make, event: Event, window: Any, label: Format
) -> None:
    for number in range(label.per_sheet + 1):
        make.rsvp(
            event,
            NAMES[number % len(NAMES)],
            answers={"Company": LINES[number % len(LINES)]},
            ask_me_about=ASKS[number % len(ASKS)],
            badge_tells=number % 2 == 0,
            hosts_since=clock.now(),
        )
    window.open(f"/o/e/may/badges?format={label.code}&line=Company&start={label.per_sheet}")
    ours = pages_of(window.download("PDF"))
    window.follow("Print")
    theirs = pages_of(printed(window))
    assert len(theirs) == len(ours)
    for our, their in zip(ours, theirs, strict=True):
        assert (their.width, their.height) == pytest.approx((our.width, our.height), abs=0.4)
        assert sorted("".join(their.words)) == sorted("".join(our.words))
        assert all(label_under(box, label) is not None for box in their.texts)
        boxes = dict(their.codes)
        assert boxes.keys() == dict(our.codes).keys()
        for text, box in our.codes:
            assert boxes[text] == pytest.approx(box, abs=0.5)


def test_names_in_any_script_are_printed_by_the_browser(
    make: Make, event: Event, window: Any
) -> None:
    for name in ("محمد عبد الله", "दीपक", "Zoë 🎉"):
        make.rsvp(event, name)
    window.open("/o/e/may/badges/print?format=roll-62")
    pages = pages_of(printed(window))
    assert [len(page.codes) for page in pages] == [1, 1, 1]
    assert all(len(page.texts) > 1 for page in pages)  # the name beside the heading


def test_the_pages_are_fit_to_be_seen(make: Make, event: Event, window: Any) -> None:
    for name in ("Ana Ruiz", "李小龙"):
        make.rsvp(event, name, answers={"Company": "Ink & Sons"})
    pages = ["/o/e/may/badges", "/o/e/may/badges?guest=x", "/o/e/may/badges/print"]
    assert [problem for page in pages for problem in problems_at(window, page)] == []


def test_the_button_opens_the_print_dialogue(make: Make, event: Event, window: Any) -> None:
    make.rsvp(event, "Ana")
    window.open("/o/e/may/badges/print")
    window.tab.evaluate("() => { window.print = () => { window.asked = true } }")
    window.tab.get_by_role("button", name="Print").click()
    assert window.tab.evaluate("() => window.asked")
