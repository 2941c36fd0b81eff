"""What a badge says, and that the PDF and the print page say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.badges import queries
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, Event, Person
from tests.badges.reading import pages_of
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import let_in

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(make.community(slug="beers"), slug="may", title="Beers in May")


def badges_page(make: Make, browser: Browsers, event: Event, query: str = "") -> Browser:
    return organiser_of(make, browser, event).open(f"/o/e/{event.slug}/badges{query}")


def test_an_imported_answer_stands_below_the_name(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana", answers={"Company": "Ink & Sons", "Diet": "none"})
    page = badges_page(make, browser, event)
    assert "Ink & Sons" not in page.text
    page.press("Show", line="Company")
    assert "Ink & Sons" in page.one("svg.sample").get_text()
    page.follow("Print")
    assert "Ink & Sons" in page.one("[data-badge=Ana]").get_text()
    assert "none" not in page.one("[data-badge=Ana]").get_text()


def test_words_are_in_the_language_of_the_community(make: Make, browser: Browsers) -> None:
    event = make.event(make.community(language="es"))
    make.rsvp(event, "Ana", ask_me_about="pan")
    page = badges_page(make, browser, event).follow("Print")
    assert "Pregúntame por" in page.one("[data-badge]").get_text()


def test_what_the_pdf_cannot_draw_is_said(make: Make, browser: Browsers, event: Event) -> None:
    make.rsvp(event, "Ana")
    assert not badges_page(make, browser, event).page.select("[data-incomplete]")
    make.rsvp(event, "李小龙")
    notice = badges_page(make, browser, event).one("[data-incomplete]")
    assert notice["data-incomplete"] == "1"
    assert "李小龙" in notice.get_text()


def told(make: Make, event: Event) -> dict[str, tuple[bool, bool]]:
    with make.app.app_context():
        there = db.session.get_one(Event, event.id)
        found = queries.wearers(there, queries.Chosen(), limit=100)
        return {wearer.rsvp.name: (wearer.is_new, wearer.is_host) for wearer in found}


def test_first_timers_and_hosts_are_marked_only_if_they_want(make: Make, event: Event) -> None:
    make.rsvp(event, "Silent", hosts_since=clock.now())
    make.rsvp(event, "New", badge_tells=True)
    make.rsvp(event, "Host", badge_tells=True, hosts_since=clock.now())
    assert told(make, event) == {
        "Silent": (False, False),
        "New": (True, False),
        "Host": (True, True),
    }


def test_who_was_let_in_before_is_no_first_timer(make: Make, event: Event) -> None:
    def came(name: str, then: Event) -> Person:
        person = make.person(name=name)
        let_in(make, make.rsvp(then, name, person=person))
        return person

    same: dict[str, Any] = {"community": make.row(Community, id=event.community_id)}
    ago: dict[str, Any] = {"starts_at": event.starts_at - timedelta(days=30)}
    earlier, other = make.event(**same, **ago), make.event(**ago)
    later = make.event(**same, starts_at=event.starts_at + timedelta(days=30))
    tried = make.event(**same, **ago, rehearsal_of_id=earlier.id)
    people = {
        "Regular": came("Regular", earlier),
        "Of another community": came("Of another community", other),
        "Of a later event": came("Of a later event", later),
        "Of a rehearsal": came("Of a rehearsal", tried),
        "Stayed at home": make.person(name="Stayed at home"),
    }
    make.rsvp(earlier, "Stayed at home", person=people["Stayed at home"])
    for name, person in people.items():
        make.rsvp(event, name, person=person, badge_tells=True)
    new = {name for name, (is_new, _) in told(make, event).items() if is_new}
    assert new == set(people) - {"Regular"}


def test_the_pdf_and_the_print_page_say_the_same(
    make: Make, browser: Browsers, event: Event
) -> None:
    rsvps = [make.rsvp(event, f"Guest {number}") for number in range(9)]
    page = badges_page(make, browser, event, "?format=5395&start=5")
    assert page.one("[data-sheets]")["data-sheets"] == "2"
    pages = pages_of(page.download("PDF"))
    codes = [[text for text, _ in each.codes] for each in pages]
    assert [len(each) for each in codes] == [4, 5]
    assert {text for each in codes for text in each} == {
        f"http://localhost/m/{rsvp.badge}" for rsvp in rsvps
    }
    page.follow("Print")
    sheets = page.page.select("[data-sheet]")
    assert [len(sheet.select("[data-badge]")) for sheet in sheets] == [4, 5]


def test_no_secret_but_the_badges_own_is_on_paper(
    make: Make, browser: Browsers, event: Event
) -> None:
    rsvp = make.rsvp(event, "Ana")
    page = badges_page(make, browser, event).follow("Print")
    assert rsvp.key not in page.response.text
    assert rsvp.ticket not in page.response.text
    assert rsvp.person.email not in page.response.text


def test_the_print_page_brings_the_size_of_its_paper(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana")
    page = badges_page(make, browser, event, "?format=roll-62").follow("Print")
    css = page.one("link[rel=stylesheet][href^='/badges/']")
    answer = browser().client.get(str(css["href"]))
    assert answer.mimetype == "text/css"
    assert "size: 62mm 100mm" in answer.text.replace(".0mm", "mm")
    assert "margin: 0" in answer.text
