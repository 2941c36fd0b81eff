"""By HTMX a row goes at once to the list where the page shows it when it is loaded anew."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Rsvp
from tests.browser import Browser
from tests.contacts.evening import met, noted
from tests.make import Make
from tests.met.evening import last_night, looking_back, press, row_of


@pytest.fixture
def guests(make: Make) -> list[Rsvp]:
    """Eight who were at the same event: the first of them looks back."""
    event = last_night(make)
    names = ("Ana", "Bea", "Carla", "Dora", "Eva", "Fina", "Gabi", "Hugo")
    return [make.rsvp(event, name, listing="attendees") for name in names]


def lists(page: Browser) -> dict[str, Any]:
    """The names in each list and the counts, as they stand on the page."""
    names = {
        str(rows["id"]): [str(row["data-guest"]) for row in rows.select("[data-guest]")]
        for rows in page.page.select("#meetings ul[id]")
    }
    counts = {str(one["id"]): one.get_text() for one in page.page.select("#meetings small[id]")}
    return {**names, **counts, "met": page.one("[data-met]")["data-met"]}


def check_shows_what_a_new_page_does(page: Browser) -> None:
    moved = lists(page)
    assert moved == lists(page.open(page.url.partition("/met")[0] + "/met"))


def test_each_act_moves_the_row_and_counts_it(make: Make, browser: Any, guests: list[Rsvp]) -> None:
    ana, bea, carla, dora, eva, *_ = guests
    met(make, ana, bea)
    for guest in (dora, eva):
        noted(make, guest, ana)
    page = looking_back(make, browser, ana, htmx=True)
    for guest, button, where in (
        (carla, "We met", "list-met"),
        (dora, "Yes, we met", "list-met"),
        (eva, "Not now", "list-declined"),
        (eva, "Yes, we met", "list-met"),
        (carla, "Forget", "list-new"),
        (bea, "Forget", "list-asked"),
    ):
        press(page, guest, button)
        assert lists(page)[where][0] == guest.name
        assert page.one("#just-now button")
        check_shows_what_a_new_page_does(page)


def test_undone_it_stands_where_it_stood(make: Make, browser: Any, guests: list[Rsvp]) -> None:
    ana, _, carla, dora, *_ = guests
    noted(make, dora, ana)
    page = looking_back(make, browser, ana, htmx=True)
    before = lists(page)
    for guest, button in ((carla, "We met"), (dora, "Yes, we met"), (dora, "Not now")):
        press(page, guest, button)
        assert lists(page) != before
        page.press("Undo")
        assert lists(page) == before
        assert not page.page.select("#just-now")


def test_only_the_last_act_offers_to_be_undone(
    make: Make, browser: Any, guests: list[Rsvp]
) -> None:
    ana, bea, carla, *_ = guests
    page = looking_back(make, browser, ana, htmx=True)
    for guest in (bea, carla):
        press(page, guest, "We met")
    assert page.one("#just-now button")["aria-label"] == "Undo: You met Carla."
    check_shows_what_a_new_page_does(page)


@pytest.mark.parametrize("where", ["/met?q=carla", "/met?list=met", "badge"])
def test_alone_or_among_those_found_a_row_stays(
    make: Make, browser: Any, guests: list[Rsvp], where: str
) -> None:
    ana, _, carla, *_ = guests
    noted(make, ana, carla)
    page = make.signed_in(browser(htmx=True), ana.person)
    page.open(f"/m/{carla.badge}" if where == "badge" else f"/e/{ana.event.slug}{where}")
    for button, state, count in (("Forget", "new", "0"), ("We met", "noted", "1")):
        press(page, carla, button)
        assert row_of(page, carla)["data-state"] == state
        assert lists(page)["met"] == count
        assert where == "badge" or lists(page)["total-met"] == count


@pytest.mark.parametrize(
    ("which", "button"), [("met", "Forget"), ("asked", "Yes, we met"), ("declined", "Yes, we met")]
)
def test_on_a_list_of_its_own_the_counts_are_those_of_a_new_page(
    make: Make, browser: Any, guests: list[Rsvp], which: str, button: str
) -> None:
    ana, bea, carla, *_ = guests
    declined_at = clock.now() if which == "declined" else None
    for guest in (bea, carla):
        noted(make, *((ana, guest) if which == "met" else (guest, ana)), declined_at=declined_at)
    page = looking_back(make, browser, ana, htmx=True)
    page.open(f"/e/{ana.event.slug}/met?list={which}")
    press(page, bea, button)
    counts = [one.get_text() for one in page.page.select("#meetings small[id], [data-met]")]
    page.open(f"/e/{ana.event.slug}/met?list={which}")
    anew = [one.get_text() for one in page.page.select("#meetings small[id], [data-met]")]
    assert counts == anew


def test_a_note_leaves_the_row_in_its_place(make: Make, browser: Any, guests: list[Rsvp]) -> None:
    ana, bea, carla, *_ = guests
    for guest in (bea, carla):
        noted(make, ana, guest)
    page = looking_back(make, browser, ana, htmx=True)
    before = lists(page)
    press(page, bea, "Save the note", note="Likes Rust")
    assert lists(page) == before


@pytest.mark.parametrize("where", ["", "?list=met"])
def test_whoever_left_the_list_and_is_forgotten_is_gone(
    make: Make, browser: Any, guests: list[Rsvp], where: str
) -> None:
    ana, _, carla, *_ = guests
    noted(make, ana, carla)
    with make.act():
        db.session.execute(update(Rsvp).where(Rsvp.id == carla.id).values(listing="nobody"))
    page = looking_back(make, browser, ana, htmx=True).open(f"/e/{ana.event.slug}/met{where}")
    press(page, carla, "Forget")
    assert page.sees("Forgotten: Carla.")
    assert "Carla" not in page.guests()


def test_whoever_left_the_list_is_gone_once_it_is_undone(
    make: Make, browser: Any, guests: list[Rsvp]
) -> None:
    ana, _, carla, *_ = guests
    page = press(looking_back(make, browser, ana, htmx=True), carla, "We met")
    with make.act():
        db.session.execute(update(Rsvp).where(Rsvp.id == carla.id).values(listing="nobody"))
    page.press("Undo")
    assert "Carla" not in page.guests()
    assert not page.page.select("#just-now")


@pytest.mark.parametrize("button", ["We met", "Forget", "Not now"])
def test_undone_on_a_page_loaded_anew_it_goes_to_its_list(
    make: Make, browser: Any, guests: list[Rsvp], button: str
) -> None:
    ana, _, carla, *_ = guests
    if button != "We met":
        noted(make, *((ana, carla) if button == "Forget" else (carla, ana)))
    page = looking_back(make, browser, ana, htmx=True)
    before = lists(page)
    press(page, carla, button).open(page.url.partition("/met")[0] + "/met").press("Undo")
    assert {name: sorted(rows) for name, rows in lists(page).items()} == {
        name: sorted(rows) for name, rows in before.items()
    }
    assert not page.page.select("#just-now")


def test_the_question_whether_to_share_goes_with_what_led_to_it(
    make: Make, browser: Any, guests: list[Rsvp]
) -> None:
    ana, bea, carla, *_ = guests
    page = looking_back(make, browser, ana, htmx=True)
    press(page, bea, "We met")
    assert page.one("#share")
    page.press("Undo")
    assert not page.page.select("#share")
    for guest in (bea, carla):
        press(page, guest, "We met")
    assert not page.page.select("#share"), "they met two: a new page does not ask"


def test_a_list_that_nobody_is_on_is_hidden(make: Make, browser: Any, guests: list[Rsvp]) -> None:
    page = looking_back(make, browser, guests[0])
    hidden = page.page.select(".met-list[hidden]")
    assert [str(one.select_one("ul")["id"]) for one in hidden] == [
        "list-asked",
        "list-met",
        "list-declined",
    ]
