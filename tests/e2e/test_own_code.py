"""One's own code, held out to somebody on any screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from eventapp.core import clock
from eventapp.model import Person
from tests.contacts.evening import card
from tests.e2e.page_problems import problems_of
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCH = """
  window.awake = [];
  Object.defineProperty(navigator, "wakeLock", {
    value: { request: async (what) => awake.push(what) },
  });
"""


@pytest.fixture
def person(demo: Make) -> Person:
    """Who is at an event just now, and gives an address and a number."""
    begun = clock.now() - timedelta(hours=1)
    event = demo.event(slug=f"now-{uuid4().hex[:8]}", starts_at=begun)
    ana: Person = demo.rsvp(event, "Ana Ruiz").person
    card(demo, ana, shared=["email", "phone"])
    return ana


def code(window: Any, which: str) -> Any:
    return window.tab.locator(f"[data-held={which}] [role=img]")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1280, 800)])
def test_it_is_as_large_as_the_screen_and_white_by_night(
    demo: Make,
    chromium: Callable[..., Any],
    person: Person,
    size: tuple[int, int],
    scripts: bool,
) -> None:
    window = demo.signed_in(chromium(scripts=scripts), person)
    window.tab.set_viewport_size({"width": size[0], "height": size[1]})
    window.tab.emulate_media(color_scheme="dark")
    window.open("/me/card/qr")
    for shown, other in (("met", "card"), ("card", "met")):
        window.tab.locator(f"[name=code][value={shown}]").check()
        box = code(window, shown).bounding_box()
        assert min(box["width"], box["height"]) == min(size)
        assert box["x"] >= 0
        assert box["y"] + box["height"] <= size[1]
        assert not code(window, other).is_visible()
    assert window.tab.locator(":root").evaluate(
        "(root) => getComputedStyle(root).backgroundColor"
    ) == ("rgb(255, 255, 255)")
    window.tab.get_by_role("link", name="Close").click()
    window.tab.wait_for_url("**/me/card")


def test_it_stays_lit_and_fills_the_screen(
    demo: Make, window: Callable[..., Any], person: Person
) -> None:
    with window(before=WATCH) as phone:
        demo.signed_in(phone, person).open("/me/card/qr")
        assert phone.tab.evaluate("() => awake") == ["screen"]
        phone.tab.get_by_role("button", name="Full screen").click()
        phone.tab.get_by_role("button", name="Leave full screen").click()
        phone.tab.wait_for_function("() => !document.fullscreenElement")
        phone.tab.get_by_role("button", name="Full screen", exact=True).wait_for()
        assert not problems_of(phone)
