"""Somebody comes in without network: what the phone shows, and what the server hears later.

What it decides is tested without a browser: tests/node/decide.test.js.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, Event, Rsvp
from tests.e2e.offline.helpers import inside, log_of
from tests.e2e.phones import Phone
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


A_MOMENT = timedelta(seconds=2)
HEARD = """async (slug) => {
  const list = await caches.match(`/e/${slug}/door/roster`);
  return Boolean((await list?.json())?.called_off_at);
}"""


def test_a_whole_evening_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana Núñez de la Fuente", companions=2)
    luis, zoe = demo.rsvp(event, "Luis Łukasz"), demo.rsvp(event, "Zoë O'Brien", status="cancelled")
    door = phone()
    door.unplug()
    began = clock.now()
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Come in, all 3!")
    expect(door.verdict).to_contain_text("Will be sent.")
    assert door.admitted == 3
    expect(door.status).to_have_text(
        re.compile(r"^No network: 1 waits to be sent. List of \d\d:\d\d.$")
    )
    restart_and_go_on(door, ana)
    assert inside(demo, event) == set()
    ended = clock.now()

    door.plug_in()
    door.expect_all_sent()
    log = log_of(demo, event)
    assert [row.verb for row in log] == ["admit", "admit", "admit", "undo", "walk_in"]
    assert [row.outcome for row in log] == ["admitted", "already", "admitted", "undone", "admitted"]
    assert [row.happened_at for row in log] == sorted(row.happened_at for row in log)
    assert all(began - A_MOMENT < row.happened_at < ended + A_MOMENT for row in log)
    assert all(row.heard_at > ended for row in log)
    assert inside(demo, event) == {ana.id, log[4].rsvp_id}
    expect(door.tab.locator("#headcount")).to_have_attribute("data-admitted", "4")
    assert door.search("walker") == ["Yan Walker"]
    assert luis.id not in inside(demo, event)
    assert zoe.id not in inside(demo, event)


def restart_and_go_on(door: Phone, ana: Rsvp) -> None:
    door.reopen()  # as after the phone was restarted
    expect(door.status).to_have_text(re.compile("^No network: 1 waits to be sent"))
    assert door.admitted == 3
    assert door.scan(f"https://anywhere.example/t/{ana.ticket}") == "already"
    assert door.search("nunez fue") == ["Ana Núñez de la Fuente"]
    assert door.search("ŁUK") == ["Luis Łukasz"]
    assert door.press("Check in Luis Łukasz") == "admitted"
    assert door.press("Undo Luis Łukasz") == "undone"
    assert door.search("obrien") == ["Zoë O'Brien"]
    assert door.press("Check in Zoë O'Brien") == "denied"
    assert door.verdict.get_attribute("data-reason") == "cancelled"
    assert door.walk_in("Yan Walker") == "admitted"
    assert door.search("walk") == ["Yan Walker"]
    assert door.admitted == 4


def test_a_name_that_is_in_already_is_asked_about_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    door = phone()
    door.unplug()
    assert door.walk_in("Yan Walker") == "admitted"
    assert door.walk_in("yan walker") == "needs_input"
    expect(door.verdict).to_contain_text(re.compile(r"That name came in at \d\d:\d\d\. Somebody"))
    assert door.press("Somebody else: add and let in") == "admitted"
    assert door.admitted == 2


def test_a_phone_that_heard_that_it_is_called_off_lets_nobody_in_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    demo.rsvp(event, "Ana Ruiz")
    door = phone()
    banner = door.tab.locator("#called-off")
    expect(banner).to_be_hidden()
    with demo.act():
        db.session.get_one(Event, event.id).called_off_at = clock.now() - A_MOMENT
    door.tab.reload()
    expect(banner).to_be_visible()
    door.wait_until(HEARD)
    door.unplug()
    door.search("ana")
    assert door.press("Check in Ana Ruiz") == "denied"
    assert door.verdict.get_attribute("data-reason") == "cancelled"
    expect(door.verdict).to_contain_text("The event is called off: nobody comes in.")
    assert door.walk_in("Yan Walker") == "denied"


def test_codes_that_the_phone_does_not_know(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    door = phone()
    late = demo.rsvp(event, "Late Guest")
    door.unplug()
    assert door.scan("WIFI:T:WPA;S:bar;P:cerveza;;") == "denied"
    expect(door.tab.get_by_role("button", name="Let in anyway")).to_have_count(0)
    assert door.scan(late.ticket) == "denied"
    assert door.press("Let in anyway") == "queued"
    door.plug_in()
    door.expect_all_sent()
    assert [(row.outcome, row.reason) for row in log_of(demo, event)] == [
        ("denied", "unknown"),
        ("admitted", None),
    ]
    assert inside(demo, event) == {late.id}


def test_one_of_a_party_and_one_of_two_namesakes_come_in_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, other = demo.rsvp(event, "Ana Ruiz", companions=2), demo.rsvp(event, "Ana Ruíz")
    door = phone()
    door.unplug()
    assert door.search("ana") == ["Ana Ruiz", "Ana Ruíz"]
    for one in (ana, other):
        row = door.tab.locator(f"#guest-{one.id}")
        expect(row).to_contain_text(one.short_code)
    door.tab.locator(f"#guest-{ana.id} select").select_option("1")
    assert door.press("Check in Ana Ruiz") == "admitted"
    expect(door.tab.locator(f"#guest-{ana.id}")).to_contain_text("2 are still missing")
    assert door.admitted == 1
    door.plug_in()
    door.expect_all_sent()
    assert demo.row(CheckIn, rsvp_id=ana.id).people == 1


def test_the_rest_of_a_party_comes_later(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana", companions=2)
    door = phone()
    door.search("ana")
    door.tab.locator("#found select").select_option("1")
    assert door.press("Check in Ana") == "admitted"
    door.unplug()
    assert door.search("an") == ["Ana"]
    expect(door.tab.locator("#found")).to_contain_text("2 are still missing")
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Come in, all 2!")
    assert door.admitted == 3
    assert door.scan(ana.ticket) == "already"
    door.plug_in()
    door.expect_all_sent()
    assert demo.row(CheckIn, rsvp_id=ana.id).people == 3


def test_a_scan_asks_first_where_that_is_chosen_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    rsvp, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.ready().unplug()
    door.tab.get_by_role("button", name="Ask first").click()
    assert door.scan(rsvp.ticket) == "needs_input"
    assert not log_of(demo, event)
    assert door.press("Check in") == "admitted"
    door.plug_in()
    door.expect_all_sent()
    assert inside(demo, event) == {rsvp.id}
