"""What is wrong with a form is in sight and has the focus, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from eventapp.core.db import db
from eventapp.model import Event
from tests.door.helpers import by_link
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize(
    ("field", "typed", "wrong"),
    [
        ("email", "nope@x", "[name=email]"),
        ("companions", "2", "[data-code=too_many_companions]"),
    ],
)
def test_an_answer_that_is_refused(
    demo: Make,
    chromium: Callable[..., Any],
    scripts: bool,
    field: str,
    typed: str,
    wrong: str,
) -> None:
    event = demo.event(companions_max=5)
    window = chromium(scripts=scripts)
    window.tab.goto(f"/e/{event.slug}")
    with demo.act():
        db.session.get_one(Event, event.id).companions_max = 1
    form = window.tab.locator("#rsvp form")
    form.locator("summary").first.click()
    for name, value in {"name": "Ana", "email": "ana@example.org", field: typed}.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button.wide").first.click()
    expect(window.tab.locator(f"#rsvp {wrong}")).to_be_focused()
    expect(window.tab.locator("#rsvp [data-code]").first).to_be_in_viewport()


def test_a_walk_in_that_is_refused(demo: Make, chromium: Callable[..., Any], event: Event) -> None:
    door = by_link(demo, chromium(), event)
    door.tab.locator("#walk-in summary").click()
    name = door.tab.locator("#walk-in [name=name]")
    name.fill("Ana\x07Ruiz")
    name.press("Enter")
    expect(door.tab.locator("#verdict [data-code]")).to_be_in_viewport()
    expect(name).to_be_focused()


def test_digits_that_are_not_the_ones_mailed(chromium: Callable[..., Any]) -> None:
    window = chromium()
    window.tab.goto("/sign-in")
    window.tab.locator("[name=email]").fill(f"{uuid4().hex}@example.org")
    window.tab.locator("main form button").click()
    digits = window.tab.locator("[name=digits]")
    digits.fill("000000")
    window.tab.locator("main form button").click()
    window.tab.locator("[data-code=wrong_digits]").wait_for()
    expect(digits).to_be_focused()
