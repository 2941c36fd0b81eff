"""Whom one met, tapped on a phone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any
from uuid import uuid4

import pytest

from eventapp.core.db import db
from eventapp.model import Rsvp
from tests.contacts.evening import card, met, noted
from tests.e2e.page_problems import problems_of
from tests.make import Make
from tests.met.evening import last_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINE = 64  # pixels: a name, its mark and what opens, of 44 each, with the space around them
LONG = [
    "María de los Ángeles Fernández-Villaverde y Rodríguez de la Borbolla",
    "عبد الرحمن بن محمد الفارسي",
    "Supercalifragilisticexpialidocious Jones",
]


@pytest.fixture
def guests(demo: Make) -> list[Rsvp]:
    """Forty who were at the same event."""
    event = last_night(demo, slug=f"met-{uuid4().hex[:8]}")
    return [demo.rsvp(event, f"Guest {n:02}", listing="attendees") for n in range(40)]


@pytest.fixture
def phone(demo: Make, chromium: Callable[..., Any], guests: list[Rsvp]) -> Any:
    """The first of them, who shares an address, and is asked nothing at the first tap."""
    card(demo, guests[0].person, shared=["email"])
    return demo.signed_in(chromium(), guests[0].person)


def row_of(phone: Any, guest: Rsvp) -> Any:
    return phone.tab.locator(f"#guest-{guest.id}")


def test_whom_one_met_takes_a_line_that_opens(demo: Make, phone: Any, guests: list[Rsvp]) -> None:
    me, plain, with_note, both = guests[:4]
    noted(demo, me, plain)
    noted(demo, me, with_note, note="Likes Rust", tags=["Berlin"])
    met(demo, me, both)
    card(demo, both.person, shared=["email"])
    phone.open(f"/e/{me.event.slug}/met")
    for guest in (plain, with_note, both):
        assert row_of(phone, guest).bounding_box()["height"] < LINE
    row_of(phone, both).locator("summary").first.click()
    assert row_of(phone, both).get_by_text(both.person.email).is_visible()
    row_of(phone, plain).locator("summary").first.click()
    assert row_of(phone, plain).locator("textarea").is_visible()
    assert not problems_of(phone)


@pytest.mark.parametrize("scrolled", [0, 1400])
def test_a_tap_leaves_the_list_where_it_is(phone: Any, guests: list[Rsvp], scrolled: int) -> None:
    me, *others = guests
    phone.open(f"/e/{me.event.slug}/met")
    phone.tab.evaluate("(top) => scrollTo({ top, behavior: 'instant' })", scrolled)
    phone.tab.evaluate("() => { window.spoken = document.querySelector('[aria-live]#met-count'); }")
    first = scrolled // 70
    for number in (first, first + 3, first + 1):
        tapped = row_of(phone, others[number])
        was = tapped.bounding_box()["y"]
        tapped.get_by_role("button").click()
        tapped.and_(phone.tab.locator("[data-state=noted]")).wait_for()
        assert abs(phone.tab.locator("#just-now").bounding_box()["y"] - was) < 1
    assert phone.tab.locator("#total-met").text_content() == "3"
    assert phone.tab.evaluate("() => spoken.isConnected && /3 people/.test(spoken.textContent)")
    phone.settle()


def test_only_lists_that_somebody_is_on_are_shown(phone: Any, guests: list[Rsvp]) -> None:
    me, other, *_ = guests
    met_list = phone.open(f"/e/{me.event.slug}/met").tab.locator(".met-list:has(#list-met)")
    assert not met_list.is_visible()
    row_of(phone, other).get_by_role("button").click()
    met_list.wait_for()
    phone.open(f"/e/{me.event.slug}/met").tab.get_by_role("button", name="Undo").click()
    met_list.wait_for(state="hidden")
    assert phone.tab.locator("#list-new > li").first.get_attribute("id") == f"guest-{other.id}"
    phone.settle()


def test_the_keyboard_stays_at_the_row(phone: Any, guests: list[Rsvp]) -> None:
    me, *others = guests
    phone.open(f"/e/{me.event.slug}/met")
    row_of(phone, others[5]).get_by_role("button").focus()
    for name in (
        f"Undo: You met {others[5].name}.",
        f"We met: {others[5].name}",
        f"Undo: You met {others[5].name}.",
    ):
        phone.tab.keyboard.press("Enter")
        focused = phone.tab.get_by_role("button", name=name).and_(phone.tab.locator(":focus"))
        focused.wait_for()
        phone.settle()
    phone.tab.keyboard.press("Tab")
    assert row_of(phone, others[6]).locator("button:focus").count() == 1


NAMES = """() => [...document.querySelectorAll("svg.around:not(.key) a")].map((name) => {
  const lines = [...name.querySelectorAll("text")].map((line) => line.getBoundingClientRect());
  const ends = (side) => lines.map((line) => line[side]);
  const [left, top] = [Math.min(...ends("left")), Math.min(...ends("top"))];
  return [left, top, Math.max(...ends("right")), Math.max(...ends("bottom"))];
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_names_around_one_do_not_overlap(
    demo: Make, phone: Any, guests: list[Rsvp], width: int
) -> None:
    me, *others = guests
    for number, other in enumerate(others):
        noted(demo, me, other)
        if number % 3 == 0:
            with demo.act():
                db.session.get_one(Rsvp, other.id).name = LONG[number // 3 % len(LONG)]
    phone.tab.set_viewport_size({"width": width, "height": 844})
    phone.open(f"/e/{me.event.slug}/met/network")
    boxes = phone.tab.evaluate(NAMES)
    assert len(boxes) == len(others)
    for one, other in combinations(boxes, 2):
        beside = one[2] <= other[0] or other[2] <= one[0]
        assert beside or one[3] <= other[1] or other[3] <= one[1], (one, other)
    assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
    assert not problems_of(phone)
