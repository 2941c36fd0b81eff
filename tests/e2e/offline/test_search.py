"""The search and its rows, with network and without: ready for whoever is next."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from eventapp.core.db import db
from eventapp.model import Event
from tests.e2e.phones import Phone
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_next_name_takes_the_place_of_the_last(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    for name in ("Ana Ruiz", "Beto Gil"):
        demo.rsvp(event, name)
    door = phone()
    door.search("ana")
    assert door.press("Check in Ana Ruiz") == "admitted"
    door.tab.keyboard.type("beto")
    expect(door.tab.locator("#q")).to_have_value("beto")
    expect(door.tab.locator("#verdict")).to_be_empty()
    door.tab.locator("#headcount").click()
    door.tab.locator("#q").click()
    door.tab.keyboard.type("ana")
    expect(door.tab.locator("#q")).to_have_value("ana")


@pytest.mark.parametrize("network", ["online", "offline"])
def test_whom_the_search_does_not_find_is_added_by_that_name(
    phone: Callable[..., Phone], network: str
) -> None:
    door = phone()
    if network == "offline":
        door.unplug()
    assert door.search("Zoë Walker") == []
    door.tab.locator("#walk-in summary").click()
    assert door.press("Add and let in") == "admitted"
    expect(door.tab.locator("#found")).to_have_text("")
    expect(door.tab.locator("#walk-in [name=name]")).not_to_be_visible()
    door.tab.keyboard.type("beto")
    expect(door.tab.locator("#q")).to_have_value("beto")


@pytest.mark.parametrize("network", ["online", "offline"])
def test_similar_names_stand_below_a_heading(
    demo: Make, event: Event, phone: Callable[..., Phone], network: str
) -> None:
    for name in ("Marza Gil", "Marta Ruiz"):
        demo.rsvp(event, name)
    door = phone()
    if network == "offline":
        door.unplug()
    heading = door.tab.get_by_role("heading", name="Similar names")
    assert door.search("mart") == ["Marta Ruiz", "Marza Gil"]
    expect(heading).to_be_visible()
    assert door.search("marta ruiz") == ["Marta Ruiz"]
    expect(heading).to_have_count(0)


def test_another_name_is_not_added_by_the_last_one(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    with demo.act():
        db.session.get_one(Event, event.id).capacity = 1
    demo.rsvp(event, "Ana Ruiz")
    door = phone()
    assert door.walk_in("Alba Uno") == "denied"
    name = door.tab.locator("#walk-in [name=name]")
    expect(name).to_have_value("Alba Uno")
    assert door.search("Berta Dos") == []
    expect(name).to_have_value("Berta Dos")
    door.unplug()
    assert door.search("Carla Tres") == []
    expect(name).to_have_value("Carla Tres")


def test_the_row_of_who_came_in_by_their_ticket_says_so(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.search("ana")
    assert door.scan(ana.ticket) == "admitted"
    expect(door.tab.locator(f"#guest-{ana.id}")).to_contain_text("in since")


@pytest.mark.parametrize("plugged", [True, False], ids=["online", "offline"])
def test_who_listens_is_told_the_names_that_were_found(
    demo: Make, event: Event, phone: Callable[..., Phone], plugged: bool
) -> None:
    for surname in ("Abad", "Bueno", "Calvo", "Duarte", "Egea"):
        demo.rsvp(event, f"Ana {surname}")
    door = phone()
    if not plugged:
        door.unplug()
    heard = door.tab.locator("#found-said[role=status]")
    for typed, said in (
        ("ana", "Ana Abad, Ana Bueno, Ana Calvo, +2"),
        ("duarte", "Ana Duarte"),
        ("quentin", re.compile("^Nobody by that name")),
    ):
        door.search(typed)
        expect(heard).to_have_text(said)
    assert door.tab.locator("#found").evaluate("it => it.closest('[aria-live]')") is None


def test_a_check_in_button_looks_the_same_offline(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    for status in ("going", "waitlisted", "pending", "cancelled"):
        demo.rsvp(event, f"Ana {status}", status=status)
    door = phone()
    online = colours_of_check_ins(door, "ana")
    door.unplug()
    assert colours_of_check_ins(door, "an") == online
    assert len(online) == 4
    assert [name for name in online if online[name] == online["Ana going"]] == ["Ana going"]


def colours_of_check_ins(door: Phone, typed: str) -> dict[str, str]:
    """The colour of each check-in button, by the name of the guest found."""
    door.search(typed)
    colour = "it => getComputedStyle(it).backgroundColor"
    rows = door.tab.locator("#found [data-guest]").all()
    return {
        str(row.get_attribute("data-guest")): row.get_by_role("button", name="Check in").evaluate(
            colour
        )
        for row in rows
    }


@pytest.mark.parametrize("unplugged", [False, True], ids=["online", "offline"])
def test_the_next_row_stays_where_it_is(
    demo: Make, event: Event, phone: Callable[..., Phone], unplugged: bool
) -> None:
    for number in range(8):
        demo.rsvp(event, f"Ana Ruiz {number}")
    door = phone()
    if unplugged:
        door.unplug()
    door.search("ruiz")
    rows = door.tab.locator("#found [data-guest]")
    expect(rows).to_have_count(8)
    place = rows.nth(3).bounding_box()
    rows.nth(2).get_by_role("button", name="Check in").click()
    expect(rows.nth(2)).to_contain_text("in since")
    expect(door.tab.locator("#verdict[data-outcome=admitted]")).to_have_count(1)
    door.wait_until("async () => true")
    assert rows.nth(3).bounding_box()["y"] == pytest.approx(place["y"], abs=1)


def test_a_no_to_a_row_is_brought_into_view(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    for number in range(12):
        demo.rsvp(event, f"Ana Ruiz {number:02}", status="cancelled")
    door = phone()
    door.search("ruiz")
    rows = door.tab.locator("#found [data-guest]")
    rows.last.get_by_role("button", name="Check in").click()
    expect(door.tab.locator("#verdict[data-outcome=denied]")).to_be_in_viewport(ratio=0.9)
