"""Somebody who is on no list goes onto the form by name: the guest's own note."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.actions import delete_person
from eventapp.met.actions import tell_who_met_them
from eventapp.model import NotedName, Person
from eventapp.model.limits import NOTED_NAMES_MOST
from tests.browser import Browser, form_data
from tests.contacts.evening import noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night, looking_back, post, row_of


def noting(page: Browser, name: str, note: str = "") -> Browser:
    return page.press("Note the name", name=name, note=note)


def names_on(page: Browser) -> list[str]:
    return [str(row["data-noted-name"]) for row in page.page.select("[data-noted-name]")]


def test_a_name_is_noted_counted_and_stands_among_the_contacts(
    make: Make, browser: Any, htmx: bool
) -> None:
    ana = make.rsvp(last_night(make), "Ana", listing="attendees")
    page = browser(htmx=htmx).open(f"/r/{ana.key}/met")
    noting(page, "Señor del Acordeón", "Plays <b>tango</b>")
    assert names_on(page) == ["Señor del Acordeón"]
    assert page.one("[data-met]")["data-met"] == "1"
    contacts = make.signed_in(browser(), ana.person).open("/contacts")
    assert names_on(contacts) == ["Señor del Acordeón"]
    assert contacts.sees("Plays <b>tango</b>")
    told = json.loads(contacts.client.get("/me/export").data)["names_you_noted"]
    assert [(one["name"], one["note"]) for one in told] == [
        ("Señor del Acordeón", "Plays <b>tango</b>")
    ]
    page.open(f"/r/{ana.key}/met").press("Forget: Señor del Acordeón")
    assert make.rows(NotedName) == []
    assert page.one("[data-met]")["data-met"] == "0"


def test_a_name_may_be_forgotten_twice(make: Make, browser: Any, htmx: bool) -> None:
    """As where the network lost the answer."""
    page = looking_back(make, browser, make.rsvp(last_night(make), "Ana"), htmx=htmx)
    noting(page, "Somebody")
    form = page.one("form[action$='/forget']")
    for _ in range(2):
        assert page.submit(form, form_data(form)).status == 200
        assert names_on(page) == []


def test_nobody_else_sees_it_or_is_told(make: Make, browser: Any) -> None:
    community = make.community()
    event = last_night(make, community=community)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea Gil"))
    noting(looking_back(make, browser, ana), "Bea Gil", "my secret").press("Somebody else")
    assert make.due(tell_who_met_them) == 0
    organiser = make.organiser(community)
    for person in (bea.person, organiser):
        page = make.signed_in(browser(), person)
        for address in (f"/e/{event.slug}/met", "/contacts", "/me/export", "/me"):
            assert "my secret" not in page.open(address).response.text
    name = make.row(NotedName)
    hers = looking_back(make, browser, bea)
    assert post(hers, f"/e/{event.slug}/met/name/{name.id}/forget") == 404
    assert len(make.rows(NotedName)) == 1


def test_noted_twice_it_is_one_name_with_the_newer_note(make: Make, browser: Any) -> None:
    page = looking_back(make, browser, make.rsvp(last_night(make), "Ana"))
    noting(page, "José Núñez", "first")
    noting(page, "jose nunez")
    noting(page, "José Núñez", "second")
    assert make.row(NotedName).note == "second"


@pytest.mark.parametrize(
    ("name", "note", "code"),
    [("", "", "required"), ("x" * 121, "", "too_long"), ("Ana", "x" * 1001, "too_long")],
)
def test_bad_input_is_said_and_kept(
    make: Make, browser: Any, htmx: bool, name: str, note: str, code: str
) -> None:
    page = looking_back(make, browser, make.rsvp(last_night(make), "Ana"), htmx=htmx)
    noting(page, name, note)
    assert (page.status, page.codes()) == (422, [code])
    assert "open" in page.one("#somebody details:has(form)").attrs
    assert make.rows(NotedName) == []


def test_there_is_an_end_to_it(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    page = looking_back(make, browser, ana)
    with make.act():
        for number in range(NOTED_NAMES_MOST):
            key = {"rsvp_id": ana.id, "name": f"N{number}", "name_key": f"n{number}"}
            db.session.add(NotedName(**key, noted_at=clock.now()))
    assert noting(page, "One more").codes() == ["too_many_names"]


def test_it_goes_with_whoever_noted_it(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    noting(looking_back(make, browser, ana), "Somebody")
    with make.act():
        delete_person(db.session.get_one(Person, ana.person_id), at=clock.now())
    assert make.rows(NotedName) == []


def test_the_section_says_that_it_is_private(make: Make, browser: Any) -> None:
    page = looking_back(make, browser, make.rsvp(last_night(make), "Ana"))
    assert "Only you can see it. Nobody is told." in words_of(page.one("#somebody"))


@pytest.mark.parametrize("state", ["new", "noted"])
def test_who_is_on_the_list_is_offered_first(
    make: Make, browser: Any, htmx: bool, state: str
) -> None:
    event = last_night(make)
    ana, hugo = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Hugo Castaño"))
    if state == "noted":
        noted(make, ana, hugo)
    page = noting(looking_back(make, browser, ana, htmx=htmx), "hugo castano", "kept")
    assert page.codes() == ["on_the_list"]
    assert page.one("#somebody [name=note]").get_text().strip() == "kept"
    assert make.rows(NotedName) == []
    page.follow("Yes, Hugo Castaño")
    assert row_of(page, hugo)["data-state"] == state


def test_somebody_else_by_that_name_is_noted(make: Make, browser: Any, htmx: bool) -> None:
    event = last_night(make)
    ana, _ = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Hugo Castaño"))
    page = noting(looking_back(make, browser, ana, htmx=htmx), "Hugo Castaño")
    page.press("Somebody else by that name")
    assert names_on(page) == ["Hugo Castaño"]


def test_who_is_not_listed_is_not_told_of(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, _ = make.rsvp(event, "Ana"), make.rsvp(event, "Hugo Castaño", listing="nobody")
    page = noting(looking_back(make, browser, ana), "Hugo Castaño")
    assert (page.codes(), names_on(page)) == ([], ["Hugo Castaño"])
