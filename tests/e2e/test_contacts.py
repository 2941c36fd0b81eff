"""The people whom one met come first, and the files to take them along are a tap away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.contacts.evening import card, met
from tests.make import Make
from tests.met.evening import last_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_files_are_below_on_a_phone_and_beside_on_a_wide_screen(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    event = last_night(demo, slug=f"met-{uuid4().hex[:8]}")
    ana, *others = (demo.rsvp(event, f"Guest {n}") for n in range(7))
    for other in others:
        met(demo, ana, other)
    window = demo.signed_in(chromium(), ana.person).open("/contacts")
    files, first = window.tab.locator("#take-along"), window.tab.locator("[data-contact]").first
    to_files = window.tab.get_by_role("link", name="Take them along")
    assert first.bounding_box()["y"] < 844 < files.bounding_box()["y"]
    window.tab.emulate_media(reduced_motion="reduce")
    to_files.click()
    assert 0 <= files.bounding_box()["y"] < 844
    window.tab.set_viewport_size({"width": 1280, "height": 800})
    window.open("/contacts")
    person = first.bounding_box()
    assert files.bounding_box()["x"] > person["x"] + person["width"]
    assert files.bounding_box()["y"] < person["y"]
    assert not to_files.is_visible()


def test_eight_people_fit_two_screens_of_a_phone_and_the_rest_is_a_tap_away(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    event = last_night(demo, slug=f"many-{uuid4().hex[:8]}")
    ana, *others = (demo.rsvp(event, f"Guest {n}") for n in range(9))
    for other in others:
        met(demo, ana, other)
        card(demo, other.person, phone="+34600000001", linkedin="in/bea", web="https://example.org")
    window = demo.signed_in(chromium(), ana.person).open("/contacts")
    cards = window.tab.locator("[data-contact]")
    first, last = cards.first.bounding_box(), cards.last.bounding_box()
    assert last["y"] + last["height"] - first["y"] < 2 * 844
    tops = {one.bounding_box()["y"] for one in cards.first.locator(".ways .button").all()}
    assert len(tops) == 1, "the ways to reach somebody stand in one row"
    block = cards.first.get_by_role("link", name="Block or report")
    assert not block.is_visible()
    cards.first.locator("summary").click()
    assert block.is_visible()


def test_the_address_and_the_files_follow_the_search(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    event = last_night(demo, slug=f"found-{uuid4().hex[:8]}")
    ana, *others = (demo.rsvp(event, name) for name in ("Ana Ruiz", "Bea Dubois", "Carla Gil"))
    for other in others:
        met(demo, ana, other)
    window = demo.signed_in(chromium(), ana.person).open("/contacts")
    window.tab.get_by_role("searchbox").fill("dubios")
    expect(window.tab.locator("#take-along [data-inside='1']")).to_be_visible()
    assert [window.tab.locator("[data-contact]").count(), window.tab.url.count("q=dubios")] == [
        1,
        1,
    ]
    window.tab.reload()
    assert window.tab.locator("[data-contact]").count() == 1
