"""What the page of a list says of it, before it is imported."""

from __future__ import annotations

from typing import Any

import pytest

from eventapp.model import Community, Event
from tests.guests.bringing import import_words
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
    assert import_words(page) == "Import 1 guest, update 1: there's no place for 1"
    page.press("Import 1 guest", places="wait")
    again = more.replace("Cleo,", "Cleo Soler,")
    page.open(f"/o/e/{event.slug}/guests/import").press("Preview", pasted=again)
    assert import_words(page) == "Update 1 guest"
