"""The door's page in the hand: with the keyboard open, and from one guest to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions import enter_all
from tests.door.helpers import at_door
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WITH_KEYBOARD: ViewportSize = {"width": 390, "height": 480}
IN_SIGHT = """() => [...document.querySelectorAll("#found li")].filter((row) => {
  const { top, bottom } = row.getBoundingClientRect();
  const middle = document.elementFromPoint(195, (top + bottom) / 2);
  return bottom <= innerHeight && row.contains(middle);
}).length"""


@pytest.fixture
def event(demo: Make) -> Event:
    event = demo.event(title="Static types in anger, an evening with a long name")
    with demo.act():
        guests = [
            {"name": f"Ana Vásquez Hernández {number}", "status": "going", "companions": 2}
            for number in range(25)
        ]
        enter_all(db.session.get_one(Event, event.id), guests, at=clock.now())
    return event


@pytest.fixture
def door(demo: Make, chromium: Callable[..., Any], event: Event) -> Page:
    tab: Page = at_door(demo, chromium(), event).tab
    return tab


def search(door: Page, typed: str) -> None:
    with door.expect_response(lambda answer: "door?q=" in answer.url):
        door.locator("#q").fill(typed)
    expect(door.locator("#found li").first).to_be_visible()


def test_above_the_keyboard_there_is_room_for_three_results_and_the_headcount(door: Page) -> None:
    door.set_viewport_size(WITH_KEYBOARD)
    search(door, "vazkez")
    expect(door.locator("#found .capped")).to_have_text("20 of 25: type more of the name.")
    assert door.evaluate(IN_SIGHT) >= 3
    expect(door.locator("#q")).to_be_in_viewport()
    door.mouse.wheel(0, 1500)
    expect(door.locator("#headcount")).to_be_in_viewport()


def test_a_new_name_clears_the_result_about_the_last_one(door: Page) -> None:
    search(door, "ana")
    door.locator("#found li button").first.click()
    expect(door.locator("#verdict")).to_have_attribute("data-outcome", "admitted")
    expect(door.locator("#verdict").get_by_role("button", name="Undo")).to_be_visible()
    search(door, "vas")
    expect(door.locator("#verdict")).to_be_empty()
    assert door.locator("#verdict").get_attribute("data-outcome") is None


def test_a_walk_in_who_is_on_the_list_is_asked_about_and_then_gone(
    demo: Make, door: Page, event: Event
) -> None:
    demo.rsvp(event, "Zoë Walker")
    form = door.locator("#walk-in")
    form.locator("summary").click()
    form.locator("[name=name]").fill("zoe walker")
    form.get_by_role("button").click()
    expect(door.locator("#verdict")).to_have_attribute("data-reason", "on_list")
    expect(door.locator("#found button").first).to_be_focused()
    door.keyboard.press("Enter")
    expect(door.locator("#verdict")).to_have_attribute("data-outcome", "admitted")
    expect(form).not_to_have_attribute("open", "")
    assert not demo.rows(Rsvp, source="walk_in", event_id=event.id)
    form.locator("summary").click()
    form.locator("[name=name]").fill("zoe walker")
    form.get_by_role("button").click()
    expect(door.locator("#verdict")).to_contain_text("That name came in at")
    expect(form.get_by_role("button", name="Somebody else: add and let in")).to_be_focused()
    door.keyboard.press("Enter")
    expect(door.locator("#verdict")).to_have_attribute("data-outcome", "admitted")
    assert demo.rows(Rsvp, source="walk_in", event_id=event.id)
