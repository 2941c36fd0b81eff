"""A kiosk on a slow network, or without one, confuses no guest with another."""

from __future__ import annotations

import time
from typing import Any

import pytest

from eventapp.model import CheckIn
from tests.kiosk.helpers import answer
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_slow_answer_is_not_the_answer_of_the_next_guest(
    demo: Make, tablet: Any, guest: Any
) -> None:
    ana, beto = guest("Ana López"), guest("Beto Gil")

    def slowly(route: Any) -> None:
        time.sleep(0.5)
        route.continue_()

    tablet.tab.route("**/check-in", slowly)
    for rsvp in (ana, beto):
        tablet.tab.locator("[name=code]").fill(rsvp.ticket)
        tablet.tab.keyboard.press("Enter")
    tablet.tab.get_by_role("heading", name="Welcome, Beto!").wait_for()
    assert {row.rsvp_id for row in demo.rows(CheckIn, event_id=ana.event_id)} == {ana.id, beto.id}


@pytest.mark.parametrize("moment", ["htmx:before:swap", "htmx:after:swap"])
def test_whoever_is_scanned_while_an_answer_comes_in_is_not_lost(
    demo: Make, tablet: Any, guest: Any, moment: str
) -> None:
    ana, beto = guest("Ana López"), guest("Beto Gil")
    tablet.tab.evaluate(
        """([moment, typed]) => {
          const field = () => document.querySelector("#kiosk [name=code]");
          const key = { key: "Enter", bubbles: true, cancelable: true };
          const typesHalf = () => (field().value = typed.slice(0, 9));
          const typesTheRest = () => {
            field().value += typed.slice(9);
            const focused = document.activeElement === field() ? field() : document.body;
            const isUsual = focused.dispatchEvent(new KeyboardEvent("keydown", key));
            if (isUsual) field().form.requestSubmit();
          };
          document.addEventListener(moment, () => {
            typesHalf();
            setTimeout(typesTheRest, 5);
          }, { once: true });
        }""",
        [moment, beto.ticket],
    )
    tablet.tab.locator("[name=code]").fill(ana.ticket)
    tablet.tab.keyboard.press("Enter")
    tablet.tab.get_by_role("heading", name="Welcome, Beto!").wait_for()
    assert {row.rsvp_id for row in demo.rows(CheckIn, event_id=ana.event_id)} == {ana.id, beto.id}


def test_a_lost_answer_is_not_the_answer_of_the_next_guest(
    demo: Make, tablet: Any, guest: Any
) -> None:
    ana, beto = guest("Ana López"), guest("Beto Gil")
    lose = lambda route: (route.fetch(), route.abort())  # noqa: E731  heard, and never answered
    tablet.tab.route("**/check-in", lose)
    tablet.tab.locator("[name=code]").fill(ana.ticket)
    tablet.tab.keyboard.press("Enter")
    tablet.tab.get_by_text("Please ask at the door").wait_for()
    tablet.tab.unroute("**/check-in")
    assert demo.row(CheckIn, rsvp_id=ana.id)
    tablet.complaints.clear()
    tablet.press("Check me in", code=beto.ticket)
    assert tablet.sees("Welcome, Beto!")
    assert demo.row(CheckIn, rsvp_id=beto.id)


def test_without_a_network_it_still_goes_back_to_its_start(tablet: Any, guest: Any) -> None:
    rsvp = guest("Ana López")
    tablet.context.set_offline(True)
    tablet.tab.locator("[name=code]").fill(rsvp.ticket)
    tablet.tab.keyboard.press("Enter")
    tablet.tab.get_by_text("No connection just now").wait_for()
    tablet.tab.clock.fast_forward(11_000)
    tablet.tab.wait_for_function("() => !document.querySelector('#notice').children.length")
    tablet.context.set_offline(False)
    tablet.complaints.clear()
    tablet.press("Check me in", code=rsvp.ticket)
    assert answer(tablet) == ("admitted", None)
