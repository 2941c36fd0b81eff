"""What the page of a list says of it, before it is imported."""

from __future__ import annotations

from typing import Any

import pytest

from eventapp.model import Community, Event, Rsvp
from tests.guests.bringing import import_words, seats
from tests.make import Make


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return make.event(community, capacity=2)


@pytest.fixture
def page(make: Make, browser: Any, htmx: bool, community: Community, event: Event) -> Any:
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    return olga.open(f"/o/e/{event.slug}/guests/import")


def test_a_phone_beside_a_name_is_told_of(page):
    page.press("Preview", pasted="Name,Email\nAna Ruiz 600 111 222,ana@example.org\n")
    assert page.one("[data-guess=phone_in_name]")


def test_the_button_says_what_happens(make, page, event):
    rows = "Name,Email\nAna,ana@example.org\nBea,bea@example.org\n"
    page.press("Preview", pasted=rows)
    assert import_words(page) == "Import 2 guests"
    page.press("Import 2 guests")
    page.open(f"/o/e/{event.slug}/guests/import").press("Preview", pasted=rows)
    assert import_words(page) == "Import it again: nothing changes"
    more = rows.replace("Bea,", "Bea Gil,") + "Cleo,cleo@example.org\n"
    page.open(f"/o/e/{event.slug}/guests/import").press("Preview", pasted=more)
    assert import_words(page) == "Import 1 guest, update 1: there's no place for 1 person"
    page.press("Import 1 guest", places="wait")
    again = more.replace("Cleo,", "Cleo Soler,")
    page.open(f"/o/e/{event.slug}/guests/import").press("Preview", pasted=again)
    assert import_words(page) == "Update 1 guest"


FULL = "Name,Email,Companions\nJosé,jose@example.org,0\nBea,bea@example.org,0\n"
GROWN = FULL.replace("jose@example.org,0", "jose@example.org,2")


def test_a_party_that_grew_gets_the_places_that_are_raised(make, page, event):
    page.press("Preview", pasted=FULL).press("Import 2 guests")
    again = f"/o/e/{event.slug}/guests/import"
    page.open(again).press("Preview", pasted=GROWN + "Cleo,cleo@example.org,3\n")
    assert page.sees("The event has room for 2: 6 people on this list don't fit")
    assert page.sees("Raise them to 8")
    assert page.sees("nobody else fits: it stays as it was")
    page.press("Import 1 guest", places="raise")
    assert make.row(Rsvp, name="José").companions == 2
    assert seats(make, event) == (8, 8)
    assert not make.rows(Rsvp, status="waitlisted")


def test_where_parties_only_grew_they_may_be_left_as_they_are(make, page, event):
    page.press("Preview", pasted=FULL).press("Import 2 guests")
    for answer, companions in (("wait", 0), ("raise", 2)):
        page.open(f"/o/e/{event.slug}/guests/import").press("Preview", pasted=GROWN)
        assert import_words(page) == "Import the list again"
        assert page.sees("Leave them as they are")
        page.press("Import the list again", places=answer)
        assert make.row(Rsvp, name="José").companions == companions


def test_people_without_a_place_are_told_from_their_parties(page):
    page.press("Preview", pasted="Name,Companions\nAna,2\nBea,3\n")
    assert (
        page.one("[data-count=waitlisted]").get_text(" ", strip=True) == "2 waitlisted (7 people)"
    )
    assert page.sees("7 people on this list don't fit")
    assert import_words(page) == "Import 2 guests: there's no place for 7 people"


def test_who_has_a_place_by_now_is_not_said_to_wait(make, page, event):
    page.press("Preview", pasted="Name,Companions\nAna,2\nBea,0\n")
    page.press("Import 2 guests", places="wait")
    assert page.one("[data-count=still-waiting]").get_text(strip=True).startswith("1 guest on")
    done = page.url
    page.open(f"/o/e/{event.slug}").press("Change the places", capacity=4)
    page.open(done)
    assert not page.page.select("[data-count=still-waiting]")
    assert (
        page.one("[data-count=waitlisted]").get_text(" ", strip=True) == "1 waitlisted at the time"
    )
