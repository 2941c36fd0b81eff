"""The event's page on a phone: its first screen, the bar that leads to the form, large text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from eventapp.core import clock
from eventapp.model import Event
from tests.e2e.page_problems import MOVED
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TONIGHT = "/e/noche-de-fracasos"
PHONE = {"width": 390, "height": 844}
WHAT_WHEN_WHERE_HOW = ("h1", "time[data-tz]", "a[data-geo]", ".answer-bar a")


def is_on_screen(window: Any, selector: str) -> bool:
    box = window.tab.locator(selector).first.bounding_box()
    return bool(box["y"] >= 0 and box["y"] + box["height"] <= window.tab.viewport_size["height"])


def test_the_first_screen_says_what_when_where_and_how_to_say_yes(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    window = chromium()
    window.tab.set_viewport_size(PHONE)
    window.open(TONIGHT)
    assert [one for one in WHAT_WHEN_WHERE_HOW if not is_on_screen(window, one)] == []
    window.tab.emulate_media(reduced_motion="reduce")
    window.tab.locator(".answer-bar a").click()
    assert is_on_screen(window, "#rsvp [name=name]")


def test_elsewhere_the_own_time_stands_there_at_once(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    window = chromium(zone="America/Mexico_City")
    window.open(TONIGHT)
    assert "where you are" in window.tab.locator("[data-here]").text_content()
    assert window.tab.evaluate(MOVED) == 0


def test_twice_the_text_fits_a_narrow_phone(demo: Make, chromium: Callable[..., Any]) -> None:
    window = chromium(language="es")
    window.tab.set_viewport_size({"width": 320, "height": 844})
    window.open(TONIGHT)
    window.tab.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert not window.has_sideways_scroll()


def test_a_mistyped_address_is_noticed_before_it_is_sent(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    window = chromium()
    window.open(TONIGHT)
    field = window.tab.locator("#rsvp [name=email]")
    field.press_sequentially("ana@gmial.com")
    window.tab.get_by_text("Did you mean ana@gmail.com?").wait_for()
    field.press("Tab")
    window.tab.keyboard.press("Enter")
    assert field.input_value() == "ana@gmail.com"
    assert field.evaluate("(field) => field === document.activeElement")


def test_leaving_the_field_says_it_at_once_but_moves_no_button_that_is_pressed(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    window = chromium()
    window.tab.clock.install()
    window.open(TONIGHT)
    window.tab.clock.pause_at(clock.now() + timedelta(hours=1))  # no pause ends by itself
    said = window.tab.get_by_text("Did you mean ana@gmail.com?")
    field, button = (
        window.tab.locator(f"#rsvp {one}") for one in ("[name=email]", "[value=going]")
    )
    field.press_sequentially("ana@gmial.com")
    window.tab.wait_for_function("(field) => field.onblur", arg=field.element_handle(), polling=20)
    button.hover()
    window.tab.mouse.down()
    expect(button).to_be_focused()
    assert not said.count()
    window.tab.mouse.move(0, 0)
    window.tab.mouse.up()
    field.focus()
    field.press("Tab")
    said.wait_for()


def test_a_refused_form_whose_textarea_was_made_larger_leaves_the_console_quiet(
    demo: Make, chromium: Callable[..., Any], event: Event
) -> None:
    """Its size is an inline style, which htmx would copy: what the console says fails a test."""
    window = chromium().open(f"/e/{event.slug}")
    window.tab.evaluate("() => { document.querySelector('#rsvp textarea').style.height = '9rem' }")
    window.press("I'm coming", name="Ana", email="ana")
    assert window.codes()


LOW_LINKS = """() => [...document.querySelectorAll('main a')].filter(link => {
    const { height } = link.getBoundingClientRect();
    return height > 0 && height < 24;
}).map(link => link.textContent)"""


def test_links_are_high_enough_for_a_thumb(
    demo: Make, chromium: Callable[..., Any], event: Event
) -> None:
    window, rsvp = chromium(), demo.rsvp(event)
    for address in (TONIGHT, f"/r/{rsvp.key}", f"/r/{rsvp.key}/met"):
        assert window.open(address).tab.evaluate(LOW_LINKS) == []
