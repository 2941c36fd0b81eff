"""A hand-held scanner at the door."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import expect

from eventapp.model import DoorLog, Event
from tests.chromium import Chromium
from tests.door.helpers import by_link
from tests.e2e.phones import NO_SERVICE_WORKER, has_list
from tests.e2e.scanners import type_as_scanner
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AS_ON_PLAIN_HTTP = """
Object.defineProperty(Navigator.prototype, "mediaDevices", {value: undefined});
Object.defineProperty(window, "isSecureContext", {value: false});
Object.defineProperty(crypto, "randomUUID", {value: undefined});
"""


def words(phone: Chromium) -> str:
    return phone.tab.locator("#camera [role=status]").inner_text()


def log_of(demo: Make, event: Event) -> list[DoorLog]:
    return sorted(demo.rows(DoorLog, event_id=event.id), key=lambda row: row.id)


def test_on_plain_http_it_says_what_the_camera_needs(demo: Make, window: Any, event: Event) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window(before=AS_ON_PLAIN_HTTP) as phone:
        by_link(demo, phone, event)
        assert "https" in words(phone)
        assert not phone.tab.get_by_role("button", name="Scan with the camera").is_visible()
        phone.tab.locator("#q").blur()
        type_as_scanner(phone, guest.ticket)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()


def test_a_scanner_types_without_anything_being_tapped_first(
    demo: Make, window: Any, event: Event
) -> None:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(6)]
    with window() as phone:
        by_link(demo, phone, event)
        phone.tab.get_by_role("button", name="Sound").focus()
        for guest in guests:  # faster than answers come
            type_as_scanner(phone, f"http://localhost/t/{guest.ticket}")
        assert phone.tab.evaluate("() => isPrevented"), "Enter would press the button"
        phone.tab.locator("#headcount[data-admitted='6']").wait_for()
        phone.settle()
    assert [row.rsvp_id for row in log_of(demo, event)] == [guest.id for guest in guests]


def test_the_answer_is_in_sight_whatever_stands_open_above_the_scanner(
    demo: Make, window: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window() as phone:
        by_link(demo, phone, event)
        phone.tab.locator("#q").fill("Nobody of that name")
        phone.tab.locator("#found .empty").wait_for()
        phone.tab.locator("#walk-in summary").click()
        phone.tab.locator("#scan summary").click()
        phone.tab.locator("#scan [name=code]").fill(guest.ticket)
        phone.tab.locator("#scan form button").click()
        expect(phone.tab.locator("#verdict[data-outcome]")).to_be_in_viewport(ratio=1)


# Where an American scanner presses a key, and what a Spanish phone makes of it.
SPANISH: dict[str, Any] = {
    "-": ["Minus", "'", False],
    "_": ["Minus", "?", True],
    "/": ["Slash", "-", False],
    ":": ["Semicolon", "Ñ", True],
}


def test_a_scanner_that_believes_in_another_keyboard_is_understood_wherever_it_types(
    demo: Make, window: Any, event: Event
) -> None:
    guests = [demo.rsvp(event, name) for name in ("Ana Ruiz", "Beto Gil", "Zoë Walker")]
    with window() as phone:
        by_link(demo, phone, event)
        search, name = phone.tab.locator("#q"), phone.tab.locator("#walk-in [name=name]")
        phone.tab.locator("#walk-in summary").click()
        for guest, focus in zip(guests, (search.blur, search.focus, name.focus), strict=True):
            focus()
            type_as_scanner(phone, f"http://localhost/t/{guest.ticket}", **SPANISH)
            phone.tab.locator("#verdict[data-outcome=admitted]", has_text=guest.name).wait_for()
        assert name.input_value() == search.input_value() == ""
        phone.settle()
    assert [row.rsvp_id for row in log_of(demo, event)] == [guest.id for guest in guests]


def test_who_types_slowly_is_no_scanner(demo: Make, window: Any, event: Event) -> None:
    with window() as phone:
        by_link(demo, phone, event)
        phone.tab.get_by_role("button", name="Sound").focus()
        phone.tab.keyboard.type("abcdefgh", delay=90)
        phone.tab.keyboard.press("Enter")
        phone.tab.wait_for_timeout(300)
        assert phone.tab.locator("#verdict").get_attribute("data-outcome") is None
        assert (
            phone.tab.get_by_role("button", name="Sound").get_attribute("aria-pressed") == "false"
        )


@pytest.mark.parametrize(
    ("field", "form", "stays"),
    [
        ("#q", "{ticket}", ""),
        ("#q", "zohttp://localhost/t/{ticket}", "zo"),
        ("#walk-in [name=name]", "Pephttp://localhost/t/{ticket}", "Pep"),
    ],
)
def test_a_ticket_typed_where_a_name_belongs_is_a_scan(
    demo: Make, window: Any, event: Event, field: str, form: str, stays: str
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window() as phone:
        by_link(demo, phone, event)
        phone.tab.locator("#walk-in summary").click()
        phone.tab.locator(field).focus()
        type_slowly(phone, form.format(ticket=guest.ticket))
        phone.tab.locator("#verdict[data-outcome=admitted]", has_text="Ana Ruiz").wait_for()
        assert phone.tab.locator(field).input_value() == stays
        phone.settle()
    assert len(log_of(demo, event)) == 1


OTHERS = ("WIFI:S:Bar;T:WPA;P:salud;;", "https://example.org/menu", "5901234123457")


@pytest.mark.parametrize("unplugged", [False, True], ids=["online", "offline"])
def test_any_other_code_typed_where_a_name_belongs_is_no_ticket(
    demo: Make, window: Any, event: Event, unplugged: bool
) -> None:
    demo.rsvp(event, "Ana Ruiz")
    with window() as phone:
        by_link(demo, phone, event)
        if unplugged:
            has_list(phone.tab, event.slug)
            phone.context.set_offline(True)
        spanish = partial(type_as_scanner, **SPANISH)
        for code in OTHERS:
            enter: Any
            for enter in (type_as_scanner, spanish, type_slowly):
                if enter == type_slowly and code.isdecimal():
                    continue  # a telephone number that somebody searches for
                phone.tab.locator("#q").focus()
                enter(phone, code)
                phone.tab.locator("#verdict[data-reason=unknown]").wait_for()
                assert phone.tab.locator("#q").input_value() == ""
                phone.tab.evaluate("() => delete document.querySelector('#verdict').dataset.reason")
        phone.complaints.clear()  # of the network that was gone


def type_slowly(phone: Chromium, text: str) -> None:
    phone.tab.keyboard.insert_text(text)
    phone.tab.keyboard.press("Enter")


def test_the_next_code_may_be_half_typed_when_an_answer_comes(
    demo: Make, window: Any, event: Event
) -> None:
    first, second = demo.rsvp(event, "Ana Ruiz"), demo.rsvp(event, "Beto Gil")
    with window() as phone:
        by_link(demo, phone, event)
        phone.tab.locator("#scan summary").click()
        field = phone.tab.locator("#scan [name=code]")
        field.fill(first.ticket)
        field.press("Enter")
        field.press_sequentially(second.ticket[:10])
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        phone.tab.wait_for_timeout(200)  # longer than a scanner's pause: the rest is no code alone
        field.press_sequentially(second.ticket[10:])
        field.press("Enter")
        phone.tab.locator("#headcount[data-admitted='2']").wait_for()
        phone.settle()


def test_a_code_whose_answer_is_lost_is_answered_by_the_phone(
    demo: Make, window: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window(before=NO_SERVICE_WORKER) as phone:
        by_link(demo, phone, event)

        def lose_the_answer(route: Any) -> None:
            route.fetch()
            route.abort()

        phone.context.route("**/door/scan", lose_the_answer, times=1)
        phone.tab.locator("#q").blur()
        type_as_scanner(phone, guest.ticket)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()  # by the phone's own list
        phone.tab.get_by_text("All sent.").wait_for()
        assert words(phone) == ""
        phone.complaints.clear()  # of the answer that was lost
    assert len(log_of(demo, event)) == 1
