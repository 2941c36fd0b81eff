"""The report on one page, read back as other programs read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, permutations

import pytest
from flask import Flask
from flask_babel import force_locale
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from eventapp.core import clock
from eventapp.model import Community, Event
from eventapp.model.limits import TITLE_MOST
from eventapp.report.network import STEPS, Group
from eventapp.report.network_chart import network_chart
from eventapp.report.pdf import pdf_of
from eventapp.report.queries import STEP
from eventapp.report.sheet import sheet_of
from eventapp.report.words import SHARES, WORDS
from eventapp.ui.arrivals_chart import arrivals_in
from tests.badges.reading import POINT, opened, pages_of
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import hours_ago, last_night
from tests.overview.arriving import come
from tests.report.figures import figures
from tests.report.test_report import guests_in, open_report, say

Browsers = Callable[..., Browser]


def test_it_says_what_the_page_says(make: Make, browser: Browsers) -> None:
    title = "¿Qué tal? Beers & שלום " + "and many more words " * 5
    event = last_night(make, title=title)
    for people in (7, 8):
        come(make, event, hours_ago(15), people)
    make.rsvp(event, "Gone", companions=6)
    page = open_report(make, browser, event)
    told = figures(page)
    assert told == {"came": "15", "no_shows": "5"}
    answer = page.client.get(f"/o/e/{event.slug}/report.pdf")
    assert answer.mimetype == "application/pdf"
    with opened(answer.data) as document:
        (sheet,) = document
        assert [round(side) for side in sheet.get_size()] == [595, 842]
        text = " ".join(sheet.get_textpage().get_text_range().split())
    for words in (
        "¿Qué tal? Beers &",
        "People who came",
        "who didn't come",
        "Arrivals",
        "rounded to fives",
    ):
        assert words in text, text
    assert text.count("15") >= 2


def test_it_says_what_it_hides_of_arrivals_and_draws_who_met_whom(
    make: Make, browser: Browsers
) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 14)
    say(make, *permutations(guests[:6], 2), *zip(guests[6:], guests, strict=False))
    page = open_report(make, browser, event)
    assert page.page.select_one("svg.meetings")
    text = text_of(page.client.get(f"/o/e/{event.slug}/report.pdf").data)
    for words in (
        "Dotted: fewer than five, or nobody",
        "Who met whom, without names",
        "Guests who met 4 or more",
    ):
        assert words in text, text


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_fullest_page_has_room_for_all_of_it(app: Flask, language: str) -> None:
    title = ("Bread, beer and whom to meet " * 9)[:TITLE_MOST]
    times = {"starts_at": hours_ago(15), "ends_at": hours_ago(12), "tz": "Europe/Madrid"}
    event = Event(community=Community(name="Los Jueves"), title=title, **times)
    came = {hours_ago(15) + step * STEP: 5 for step in range(0, 9, 2)}
    arrivals = arrivals_in(came, event=event, now=clock.now(), finest=STEP)
    groups = [Group(met, None, 30, None, (5,) * (n + 1)) for n, met in enumerate(STEPS)]
    network = network_chart(groups)
    assert network
    with app.test_request_context(), force_locale(language):
        for count in range(len(WORDS) + 1):
            names = list(WORDS)[:count]
            told = {name: 95 if name in SHARES else 1222.5 for name in names}
            sheet = sheet_of(event, told, arrivals, network, clock.now())
            assert sheet.network
            with_network, without = pdf_of(sheet), pdf_of(replace(sheet, network=None))
            notes = [sheet.charts[0].note, sheet.network.note, sheet.note]
            for words in (event.title, *(str(WORDS[name]) for name in names), *notes):
                assert words in text_of(with_network), (count, words)
            drawn = len(network.ties) + sum(2 + len(ring.dots) for ring in network.rings)
            assert len(paths_of(with_network)) == len(paths_of(without)) + drawn
            assert_apart(with_network)


def assert_apart(pdf: bytes) -> None:
    """No words are on others, and nothing is drawn on or below the note at the foot."""
    [page] = pages_of(pdf)
    for one, other in combinations(page.texts, 2):
        is_beside = one[2] <= other[0] or other[2] <= one[0]
        assert is_beside or one[3] <= other[1] or other[3] <= one[1], (one, other)
    *others, note = sorted(page.texts, key=lambda box: box[3])
    lowest = min(paths_of(pdf)) * POINT
    assert max(box[3] for box in others) < note[1]
    assert page.height - lowest < note[1]


def paths_of(pdf: bytes) -> list[float]:
    """How far above the foot of the page each drawn shape ends, in points."""
    with opened(pdf) as document:
        (sheet,) = document
        return [shape.get_bounds()[1] for shape in sheet.get_objects(filter=[FPDF_PAGEOBJ_PATH])]


def text_of(pdf: bytes) -> str:
    with opened(pdf) as document:
        (sheet,) = document
        return " ".join(sheet.get_textpage().get_text_range().split())


def test_an_event_nobody_came_to_has_a_page_too(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    page = open_report(make, browser, event)
    with opened(page.client.get(f"/o/e/{event.slug}/report.pdf").data) as document:
        assert len(document) == 1


def test_a_community_has_one_of_all_its_events(make: Make, browser: Browsers) -> None:
    community = make.community(name="Los Jueves שלום")
    for hours in (24 * 30, 15):
        event = last_night(make, community=community, starts_at=hours_ago(hours))
        come(make, event, hours_ago(hours), 6)
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/report")
    link = page.page.select_one("a[href$='.pdf']")
    with opened(page.client.get(str(link["href"])).data) as document:
        (sheet,) = document
        text = " ".join(sheet.get_textpage().get_text_range().split())
    for words in ("In figures", "Los Jueves", "People who came", "rounded to fives"):
        assert words in text, text


def test_a_community_nobody_came_to_has_a_page_too(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community)
    answer = page.client.get(f"/o/{community.slug}/report.pdf")
    with opened(answer.data) as document:
        assert len(document) == 1
