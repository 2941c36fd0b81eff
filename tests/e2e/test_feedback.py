"""What is heard and felt of a door's answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eventapp.model import Event
from tests.door.helpers import by_link
from tests.e2e.scanners import type_as_scanner
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCH = Path(__file__).with_name("watch_door.js").read_text()


def test_the_choice_of_silence_is_kept(demo: Make, window: Any, event: Event) -> None:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(2)]
    with window(before=WATCH) as phone:
        by_link(demo, phone, event)
        phone.tab.get_by_role("button", name="Sound").click()
        phone.open(phone.url)
        phone.tab.locator("h1").click(force=True)
        type_as_scanner(phone, guests[0].ticket)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        assert phone.tab.evaluate("() => [seen.tones, seen.shakes]") == [[], [[70]]]
        phone.tab.get_by_role("button", name="Sound").click()
        tried = len(phone.tab.evaluate("() => seen.tones"))
        type_as_scanner(phone, guests[1].ticket)
        phone.tab.locator("#headcount[data-admitted='2']").wait_for()
        assert len(phone.tab.evaluate("() => seen.tones")) == tried + 2
        phone.settle()


def test_each_kind_of_answer_sounds_and_shakes_in_its_own_way(
    demo: Make, window: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window(before=WATCH) as phone:
        by_link(demo, phone, event)
        phone.tab.locator("#q").click()
        phone.tab.locator("#q").blur()
        heard = []
        for code, outcome in (
            (guest.ticket, "admitted"),
            (guest.ticket, "already"),
            ("x" * 22, "denied"),
        ):
            type_as_scanner(phone, code)
            phone.tab.locator(f"#verdict[data-outcome={outcome}]").wait_for()
            heard.append(phone.tab.evaluate("() => [seen.tones.splice(0), seen.shakes.splice(0)]"))
        phone.settle()
    assert [len(shakes) for _, shakes in heard] == [1, 1, 1]
    assert len({str(tones) for tones, _ in heard}) == 3
    assert len({str(shakes) for _, shakes in heard}) == 3
