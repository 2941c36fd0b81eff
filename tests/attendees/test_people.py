"""/e/<event>/people: everybody sees whom they may see, and is told no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.model import Community, Event, Organiser, Rsvp
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make

WHEN = {"everyone": "Eva Everyone", "attendees": "Alma Attendees", "nobody": "Nil Nobody"}


@pytest.fixture
def event(make: Make) -> Event:
    """An event to which one of each listing comes, one who was not asked, and one unconfirmed."""
    event = make.event()
    for listing, name in WHEN.items():
        make.rsvp(event, name, listing=listing)
    make.rsvp(event, "Imma Imported", listing=None)
    make.rsvp(event, "Una Unconfirmed", listing="everyone", confirmed_at=None)
    make.rsvp(event, "Wally Waits", listing="everyone", status="waitlisted")
    return event


def seen(page: Browser, event: Event, typed: str = "") -> list[str]:
    return page.open(f"/e/{event.slug}/people?q={typed}").guests()


def test_a_stranger_sees_those_listed_to_everyone(event: Event, browser: Any) -> None:
    page = browser()
    assert seen(page, event) == ["Eva Everyone"]
    assert page.sees("One person lets you see that they're coming.")
    assert page.one(f"main a[href='/sign-in?next=/e/{event.slug}/people']")
    assert page.follow("Come along").url == f"/e/{event.slug}"


def test_one_who_comes_sees_those_listed_to_attendees_too(
    make: Make, event: Event, browser: Any
) -> None:
    page = make.signed_in(browser(), make.rsvp(event, "Ana Ruiz", listing="nobody").person)
    assert seen(page, event) == ["Ana Ruiz", "Eva Everyone", "Alma Attendees"]
    assert page.sees("2 people let you see")
    assert not page.page.select(".notice a[href^='/sign-in']")


@pytest.mark.parametrize("status", ["waitlisted", "pending", "not_going", "cancelled"])
def test_one_who_has_no_place_sees_what_a_stranger_sees(
    make: Make, event: Event, browser: Any, status: str
) -> None:
    rsvp = make.rsvp(event, "Ana Ruiz", listing="everyone", status=status)
    assert seen(make.signed_in(browser(), rsvp.person), event) == ["Eva Everyone"]


def test_one_who_comes_to_another_event_sees_what_a_stranger_sees(
    make: Make, event: Event, browser: Any
) -> None:
    other = make.rsvp(make.event(), "Ana Ruiz")
    assert seen(make.signed_in(browser(), other.person), event) == ["Eva Everyone"]


def test_organisers_see_everybody_who_comes_and_who_is_not_listed(
    make: Make, event: Event, browser: Any
) -> None:
    organiser = make.organiser(make.row(Community, id=event.community_id))
    page = make.signed_in(browser(), organiser)
    assert seen(page, event) == [*WHEN.values(), "Imma Imported", "Una Unconfirmed"]
    rows = page.page.select("[data-guest]")
    hidden = [row["data-guest"] for row in rows if "Only the hosts can see them" in words_of(row)]
    assert hidden == ["Nil Nobody", "Imma Imported", "Una Unconfirmed"]


def test_organisers_of_another_community_see_what_a_stranger_sees(
    make: Make, event: Event, browser: Any
) -> None:
    stranger = make.organiser(make.community())
    assert seen(make.signed_in(browser(), stranger), event) == ["Eva Everyone"]
    assert len(make.rows(Organiser)) == 1


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        ("nobody", "Only you and the hosts can see you here."),
        (None, "Only you and the hosts can see you here."),
        ("attendees", "The other guests can see you here."),
        ("everyone", "Everyone can see you here."),
    ],
)
def test_one_sees_oneself_marked_first_and_how_others_do(
    make: Make, event: Event, browser: Any, listing: str | None, words: str
) -> None:
    rsvp = make.rsvp(event, "Ana Ruiz", listing=listing)
    page = make.signed_in(browser(), rsvp.person).open(f"/e/{event.slug}/people")
    row = words_of(page.one(f"[data-rsvp='{rsvp.id}']"))
    assert page.guests()[0] == "Ana Ruiz"
    assert " You " in row
    assert words in row
    assert page.follow("Change").url == f"/r/{rsvp.key}"


def test_each_row_says_what_to_talk_about(make: Make, browser: Any) -> None:
    event = make.event()
    about = {"ask_me_about": "Kubernetes <b>", "want_to_learn": "Podcasts", "looking_for": "A flat"}
    rsvp = make.rsvp(event, "Ana Ruiz", listing="everyone", **about)
    row = browser().open(f"/e/{event.slug}/people").one(f"[data-rsvp='{rsvp.id}']")
    said = "Can be asked about Kubernetes <b> Wants to learn Podcasts Is looking for A flat"
    assert said in words_of(row)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jose", ["José Núñez de la Fuente"]),
        ("nunez", ["José Núñez de la Fuente"]),
        ("Fuente", ["José Núñez de la Fuente"]),
        ("NÚÑ jo", ["José Núñez de la Fuente"]),
        ("ana", ["Ana Anaya"]),
        ("obrien", ["Núria O'Brien-Łuk"]),
        ("brien", ["Núria O'Brien-Łuk"]),
        ("rien", []),
        ("nil", []),
        ("una", []),
        ("...", []),
        ("%", []),
        ("\x00", []),
    ],
)
def test_search_finds_the_start_of_any_word_of_a_name(
    make: Make, event: Event, browser: Any, typed: str, found: list[str]
) -> None:
    for name in ("José Núñez de la Fuente", "Ana Anaya", "Núria O'Brien-Łuk"):
        make.rsvp(event, name, listing="everyone")
    assert seen(browser(), event, typed) == found


def test_search_answers_in_place(make: Make, event: Event, browser: Any, htmx: bool) -> None:
    page = browser(htmx=htmx).open(f"/e/{event.slug}/people")
    page.press("Search", q="eva")
    assert page.guests() == ["Eva Everyone"]
    page.press("Search", q="alma")
    assert page.guests() == []
    assert page.sees("Nobody by that name here, or nobody you may see.")


def test_a_list_without_anybody_says_so_warmly(make: Make, browser: Any) -> None:
    page = browser().open(f"/e/{make.event().slug}/people")
    assert page.sees("Nobody to see here yet.")
    assert page.guests() == []


def test_a_long_list_goes_on_page_by_page(make: Make, browser: Any) -> None:
    event = make.event()
    names = [f"Guest {number:03}" for number in range(120)]
    for name in names:
        make.rsvp(event, name, person=None, confirmed_at=clock.now(), listing="everyone")
    page = browser().open(f"/e/{event.slug}/people")
    found = page.guests()
    assert len(found) == 50
    found += page.follow("Show more").guests()
    found += page.follow("Show more").guests()
    assert found == names
    assert not page.sees("Show more")
    found = page.open(f"/e/{event.slug}/people?q=guest").guests()
    found += page.follow("Show more").guests()
    found += page.follow("Show more").guests()
    assert sorted(found) == names


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "99999999999999999999999"])
def test_a_page_that_is_none_is_no_error(event: Event, browser: Any, page: str) -> None:
    assert browser().open(f"/e/{event.slug}/people?page={page}").status == 200


def test_an_event_not_published_is_nowhere(make: Make, browser: Any) -> None:
    event = make.event(published_at=None)
    assert browser().open(f"/e/{event.slug}/people").status == 404
    assert browser().open("/e/no-such-event/people").status == 404


def test_the_way_to_whom_one_met_shows_from_the_start(make: Make, browser: Any) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    page = make.signed_in(browser(), make.rsvp(event).person).open(f"/e/{event.slug}/people")
    assert page.follow("Who did you meet?").url == f"/e/{event.slug}/met"


def test_fifty_people_take_as_many_queries_as_five(
    make: Make, browser: Any, count_queries: Callable[[], Any]
) -> None:
    counts = []
    for many in (5, 50):
        event = make.event()
        guests = [make.rsvp(event, f"Guest {n}", listing="attendees") for n in range(many)]
        page = make.signed_in(browser(), guests[0].person)
        for address in ("people", "people?q=guest"):
            with count_queries() as queries:
                page.open(f"/e/{event.slug}/{address}")
            assert len(page.guests()) == many
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_looking_changes_nothing(make: Make, event: Event, browser: Any) -> None:
    before = [(row.id, row.listing, row.confirmed_at) for row in make.rows(Rsvp)]
    browser().open(f"/e/{event.slug}/people")
    assert [(row.id, row.listing, row.confirmed_at) for row in make.rows(Rsvp)] == before


def test_one_is_first_on_a_long_list_and_on_no_other_page(make: Make, browser: Any) -> None:
    event = make.event()
    own = None
    for number in range(60):
        guest = make.rsvp(event, f"Guest {number}", listing="everyone")
        own = guest if number == 55 else own
    page = make.signed_in(browser(), own.person).open(f"/e/{event.slug}/people")
    first = page.guests()
    rest = page.follow("Show more").guests()
    assert first[0] == "Guest 55"
    assert sorted([*first, *rest]) == sorted(f"Guest {number}" for number in range(60))
