"""The network fails while somebody fills in a form or searches: the page says so, keeps what was
typed, and goes on by itself once the network is back. Nothing is done twice.

When what is sent again is tested without a browser: tests/node/resend.test.js.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from eventapp.model import Encounter, Event, OutboxMail, Rsvp
from tests.e2e.page_problems import violations
from tests.e2e.phones import missing
from tests.make import Make
from tests.met.evening import last_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AWAY = "No network. What you typed is kept, and sent once it is back."
SLOW = "This takes longer than usual. Still trying."
PLACE_OF_TITLE = "() => document.querySelector('h1').getBoundingClientRect().top + scrollY"
SHIFTED = """() => new Promise((done) => {
  const add = (list) => list.getEntries().reduce((sum, one) => sum + one.value, 0);
  const shifts = new PerformanceObserver((list) => done(add(list)));
  shifts.observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 500);
})"""


@pytest.fixture
def at_event(chromium: Callable[..., Any], event: Event) -> Any:
    """Somebody at the event's page, who has filled in the form."""
    page = chromium().open(f"/e/{event.slug}")
    ready(page)
    page.tab.locator("#rsvp [name=name]").fill("Ana Ruiz")
    page.tab.locator("#rsvp [name=email]").fill(f"ana-{event.id}@example.org")
    return page


def ready(page: Any) -> None:
    """Wait until the page has all that it needs without network."""
    page.tab.wait_for_load_state("networkidle")


def status(page: Any) -> Any:
    return page.tab.locator("#network [role=status]")


def press(page: Any) -> None:
    page.tab.locator("#rsvp form button").first.click()


def is_answered(page: Any) -> None:
    page.tab.wait_for_url("**/rsvp/*")
    expect(page.tab.get_by_role("heading", level=1)).to_be_visible()


def is_done_once(demo: Make, event: Event) -> None:
    (rsvp,) = demo.rows(Rsvp, event_id=event.id)
    assert len(demo.rows(OutboxMail, about_id=rsvp.id)) == 1


def test_a_form_waits_for_the_network_and_is_sent_once(
    demo: Make, at_event: Any, event: Event
) -> None:
    at_event.context.set_offline(True)
    press(at_event)
    expect(status(at_event)).to_have_text(AWAY)
    assert at_event.tab.locator("#rsvp [name=name]").input_value() == "Ana Ruiz"
    assert not demo.rows(Rsvp, event_id=event.id)
    at_event.context.set_offline(False)
    is_answered(at_event)
    is_done_once(demo, event)


def test_an_answer_that_was_lost(demo: Make, at_event: Any, event: Event) -> None:
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    at_event.tab.route("**/rsvp", lose, times=1)
    press(at_event)
    is_answered(at_event)
    assert lost == [200]
    is_done_once(demo, event)


def test_a_slow_network_is_said(demo: Make, at_event: Any, event: Event) -> None:
    held: list[Route] = []
    at_event.tab.route("**/rsvp", lambda route: held.append(route), times=1)
    press(at_event)
    expect(status(at_event)).to_have_text(SLOW)
    held[0].continue_()
    is_answered(at_event)
    is_done_once(demo, event)


def test_what_is_typed_meanwhile_is_not_lost(demo: Make, at_event: Any, event: Event) -> None:
    at_event.context.set_offline(True)
    press(at_event)
    expect(status(at_event)).to_have_text(AWAY)
    at_event.tab.locator("#rsvp [name=name]").fill("Ana Ruiz Gil")
    expect(status(at_event)).to_have_text("Stopped. It may have got through already.")
    at_event.context.set_offline(False)
    press(at_event)
    is_answered(at_event)
    assert [one.name for one in demo.rows(Rsvp, event_id=event.id)] == ["Ana Ruiz Gil"]


def test_what_waits_can_be_stopped(demo: Make, at_event: Any, event: Event) -> None:
    at_event.context.set_offline(True)
    press(at_event)
    at_event.tab.get_by_role("button", name="Stop").click()
    expect(at_event.tab.get_by_role("button", name="Stop")).to_be_hidden()
    at_event.context.set_offline(False)
    at_event.tab.wait_for_timeout(1_500)
    assert not demo.rows(Rsvp, event_id=event.id)
    expect(at_event.tab.locator("#rsvp form button").first).to_be_enabled()


def test_the_bar_moves_nothing_and_can_be_read(at_event: Any) -> None:
    before = at_event.tab.evaluate(PLACE_OF_TITLE)
    at_event.context.set_offline(True)
    press(at_event)
    expect(status(at_event)).to_have_text(AWAY)
    expect(status(at_event)).to_be_in_viewport()
    assert at_event.tab.evaluate(PLACE_OF_TITLE) == before
    assert at_event.tab.evaluate(SHIFTED) == 0
    for scheme in ("light", "dark"):
        at_event.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(at_event) == []


def test_a_search_goes_on_by_itself(demo: Make, event: Event, chromium: Callable[..., Any]) -> None:
    demo.rsvp(event, "Bea Gil", listing="everyone")
    page = chromium().open(f"/e/{event.slug}/people")
    ready(page)
    page.context.set_offline(True)
    page.tab.locator("#q").fill("nobody at all")
    expect(status(page)).to_have_text("No network. This goes on once it is back.")
    page.context.set_offline(False)
    expect(page.tab.locator("[data-guest]")).to_have_count(0)
    expect(status(page)).to_have_text("")


def test_a_tap_waits_while_the_database_has_trouble(
    demo_app: Flask, demo: Make, chromium: Callable[..., Any]
) -> None:
    event = last_night(demo)
    ana, bea = (demo.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    page = chromium(language="es").open(demo.sign_in_link(ana.person)).press("Entrar")
    page.open(f"/e/{event.slug}/met")
    ready(page)
    row = page.tab.locator(f"#guest-{bea.id}")
    with missing(demo_app, "encounter"):
        row.get_by_role("button").first.click()
        expect(status(page)).to_have_text("Esto tarda más de lo normal. Seguimos intentándolo.")
    expect(row).to_have_attribute("data-state", "noted")
    expect(status(page)).to_have_text("Enviado.")
    assert demo.row(Encounter, event_id=event.id).met_id == bea.id
