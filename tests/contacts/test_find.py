"""/contacts: who comes first, by pages, and found by words, event, tag and day."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from python_calamine import load_workbook
from werkzeug.test import TestResponse

from eventapp.contacts.views import PAGE_ROWS
from eventapp.core import clock
from tests.contacts.evening import card, guests, met, noted
from tests.make import Make


@pytest.fixture
def ana(make: Make, evening: dict[str, Any]) -> Any:
    """Ana met Dani at another event, after the one at which she met Bea and noted Carla."""
    later = make.event(title="Rust Night", slug="rust", starts_at=clock.now() - timedelta(hours=2))
    own = make.rsvp(later, "Ana Ruiz", person=evening["ana"].person)
    eva, dani = guests(make, later, "Eva Soler", "Dani Gil")
    noted(make, own, eva, tags=["Café", "rust"])
    met(make, own, dani, follow_up_on=date(2999, 1, 1))
    card(make, dani.person, company="Núcleo", role="")
    card(make, eva.person, company="Núcleo", role="")
    return evening["ana"].person


def test_tags_that_differ_in_signs_alone_are_several(
    make: Make, browser: Any, evening: dict[str, Any], ana: Any
) -> None:
    for name, tag in (("Fe Ruiz", "C"), ("Gil Ros", "C++"), ("Hugo Paz", "c#"), ("Ina Sol", "C#")):
        guest = make.rsvp(evening["ana"].event, name)
        noted(make, evening["ana"], guest, tags=[tag])
    page = make.signed_in(browser(), ana)
    assert page.open("/contacts?tag=c").guests() == ["Fe Ruiz"]
    assert page.open("/contacts?tag=c%2B%2B").guests() == ["Gil Ros"]
    assert sorted(page.open("/contacts?tag=C%23").guests()) == ["Hugo Paz", "Ina Sol"]
    for nobody in ("%2B%2B", "%27", "."):
        assert page.open(f"/contacts?tag={nobody}").guests() == []


def test_who_says_so_too_comes_first_then_the_last_event(
    make: Make, browser: Any, ana: Any
) -> None:
    page = make.signed_in(browser(), ana).open("/contacts")
    assert page.guests() == ["Dani Gil", "Bea Núñez", "Eva Soler", "Carla Gil"]
    assert [row["data-mutual"] for row in page.page.select("[data-contact]")] == [
        *("yes", "yes"),
        *("no", "no"),
    ]


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ("q=gil", ["Dani Gil", "Carla Gil"]),
        ("q=acm", ["Bea Núñez"]),
        ("q=nucleo", ["Dani Gil"]),  # Eva's is not to be seen: she has not said so
        ("q=cafe", ["Eva Soler"]),
        ("q=gil+nucleo", ["Dani Gil"]),
        ("tag=CAFE", ["Eva Soler"]),
        ("tag=rust", ["Bea Núñez", "Eva Soler"]),
        ("event=rust", ["Dani Gil", "Eva Soler"]),
        ("event=rust&tag=rust", ["Eva Soler"]),
        ("event=rust&q=gil", ["Dani Gil"]),
        ("due=1", ["Bea Núñez"]),  # Dani's day is to come
        ("event=none", []),
        ("page=2", []),
        ("page=x", ["Dani Gil", "Bea Núñez", "Eva Soler", "Carla Gil"]),
    ],
)
def test_contacts_are_found_by_words_event_tag_and_day(
    make: Make, browser: Any, ana: Any, narrowed: str, names: list[str]
) -> None:
    assert make.signed_in(browser(), ana).open(f"/contacts?{narrowed}").guests() == names


def test_the_ways_to_narrow_are_links_and_a_search_keeps_them(
    make: Make, browser: Any, ana: Any, htmx: bool
) -> None:
    page = make.signed_in(browser(htmx=htmx), ana).open("/contacts")
    page.follow("Rust Night")
    page.press("Search", q="dani")
    assert page.guests() == ["Dani Gil"]
    page.press("Search", q="bea")
    assert page.guests() == []
    page.follow("Show everybody")
    assert len(page.guests()) == 4
    page.follow("To follow up")
    assert page.guests() == ["Bea Núñez"]


def test_many_come_page_by_page(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    many = guests(make, evening["event"], *(f"Guest {number}" for number in range(PAGE_ROWS)))
    for other in many:
        met(make, evening["ana"], other)
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts?q=")
    first = page.guests()
    page.follow("Show more")
    assert len(first) == PAGE_ROWS
    assert len(page.guests()) == 2
    assert not set(first) & set(page.guests())
    page.follow("Back")
    assert page.guests() == first


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("dain", ["Dani Gil"]),
        ("nunze", ["Bea Núñez"]),
        ("bees", []),  # nothing of a card but the company, and what they do there
        ("stout", ["Carla Gil"]),
        ("carla stuot", ["Carla Gil"]),
        ("rust night", ["Dani Gil", "Eva Soler"]),
        ("pyday", ["Bea Núñez", "Carla Gil"]),
    ],
)
def test_typos_own_notes_and_events_find_people(
    make: Make, browser: Any, ana: Any, typed: str, names: list[str]
) -> None:
    assert make.signed_in(browser(), ana).open("/contacts").search(typed).guests() == names


def text_of(answer: TestResponse) -> str:
    """What a file says, a spreadsheet too."""
    if not answer.mimetype.endswith("spreadsheetml.sheet"):
        return answer.text
    return str(load_workbook(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python())


def test_what_is_found_is_taken_along(make: Make, browser: Any, ana: Any, htmx: bool) -> None:
    page = make.signed_in(browser(htmx=htmx), ana).open("/contacts").search("gil")
    assert page.one("[data-inside]")["data-inside"] == "1"
    files = [str(a["href"]) for a in page.page.select("#take-along a[href*='contacts.']")]
    assert len(files) == 10
    for address in files:
        answer = text_of(page.client.get(address))
        assert "Dani" in answer
        assert ("Carla" in answer) == ("only=" not in address)
        assert "Bea" not in answer
