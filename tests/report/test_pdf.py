"""The report on one page, read back as other programs read it."""

from __future__ import annotations

from collections.abc import Callable

from tests.badges.reading import opened
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import hours_ago, last_night
from tests.overview.arriving import come
from tests.report.figures import figures
from tests.report.test_report import open_report

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
