"""The report on one page, read back as other programs read it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

from flask import Flask

from eventapp.report.network import Group
from eventapp.report.network_chart import network_chart
from eventapp.report.pdf import pdf_of
from eventapp.report.sheet import Sheet, network_on
from tests.badges.reading import opened
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


def test_without_room_for_who_met_whom_it_says_where_it_is(app: Flask) -> None:
    groups = [Group(1, 3, 10, None, (10,)), Group(4, None, 5, None, (5, 0))]
    network = network_chart(groups)
    assert network
    for rows, has_room in ((3, True), (8, False)):
        figures = [("5", "Figures in rows of four")] * 4 * rows
        with app.test_request_context():
            sheet = Sheet("Los Jueves", "Beers", "today", figures, [], "", network_on(network))
            text = text_of(pdf_of(sheet))
        assert ("As many dots as guests" in text) is has_room
        assert ("is drawn in the report of the event" in text) is not has_room


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
