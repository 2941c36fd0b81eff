"""What a phone did alone reaches the server: nothing is lost, nothing counted twice.

What is sent, in which order and again when, is tested without a browser: tests/node/sync.test.js.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from eventapp.model import Event
from tests.e2e.offline.helpers import inside, log_of
from tests.e2e.phones import Phone, missing
from tests.e2e.server import Server
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_door_goes_on_while_the_database_has_trouble(
    demo_app: Flask, demo: Make, event: Event, phone: Callable[..., Phone], server: Server
) -> None:
    ana, luis = (demo.rsvp(event, name) for name in ("Ana Núñez", "Luis Łukasz"))
    door = phone()
    with missing(demo_app, "rsvp"):
        assert door.scan(ana.ticket) == "admitted"
        expect(door.verdict).to_contain_text("Will be sent.")
        assert door.scan(luis.ticket) == "admitted"
        assert door.search("nunez") == ["Ana Núñez"]
        with door.tab.expect_response("**/door/batch") as answer:
            pass  # the phone asks every few seconds
        assert answer.value.status == 503
    door.expect_all_sent()
    assert inside(demo, event) == {ana.id, luis.id}
    assert [row.outcome for row in log_of(demo, event)] == ["admitted", "admitted"]
    assert "Traceback" not in server.log.read_text()


def test_an_answer_that_was_lost(demo: Make, event: Event, phone: Callable[..., Phone]) -> None:
    ana = demo.rsvp(event, "Ana")
    door, lost = phone(), []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    door.tab.route("**/door/scan", lose)
    assert door.scan(ana.ticket) == "admitted"
    door.expect_all_sent()
    assert lost == [200]
    (row,) = log_of(demo, event)
    assert (row.outcome, inside(demo, event)) == ("admitted", {ana.id})


def test_a_server_that_is_killed(
    demo: Make, event: Event, server: Server, phone: Callable[..., Phone]
) -> None:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(6)]
    door = phone()
    outcomes = [door.scan(one.ticket) for one in guests[:2]]
    server.kill()
    outcomes += [door.scan(one.ticket) for one in guests[2:4]]
    door.reopen()
    outcomes += [door.scan(one.ticket) for one in guests[4:]]
    assert outcomes == ["admitted"] * 6
    assert door.admitted == 6
    server.start()
    door.expect_all_sent()
    assert inside(demo, event) == {one.id for one in guests}
    assert [row.offline for row in log_of(demo, event)] == [False] * 2 + [True] * 4


def test_two_tabs_of_the_same_page(demo: Make, event: Event, phone: Callable[..., Phone]) -> None:
    ana, luis = demo.rsvp(event, "Ana"), demo.rsvp(event, "Luis")
    door = phone()
    first = door.tab
    door.tab = second = door.context.new_page()
    second.goto(f"/e/{event.slug}/door")
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    door.tab = first
    assert door.scan(ana.ticket) == "already"
    assert door.scan(luis.ticket) == "admitted"
    door.expect_waiting(3)
    door.tab = second
    door.expect_waiting(3)
    door.plug_in()
    door.expect_all_sent()
    assert [row.outcome for row in log_of(demo, event)] == ["admitted", "already", "admitted"]


def test_a_poisoned_entry_stands_aside(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, luis = demo.rsvp(event, "Ana"), demo.rsvp(event, "Luis")
    door = phone()
    door.unplug()
    door.scan(ana.ticket)
    door.walk_in("Zoe ://x")
    door.scan(luis.ticket)
    door.plug_in()
    door.expect_all_sent()
    refused = door.tab.locator("[data-slot=refused]")
    expect(refused).to_contain_text("Zoe ://x")
    expect(refused).to_contain_text("That is a ticket, not a name.")
    assert inside(demo, event) == {ana.id, luis.id}
    refused.get_by_role("button", name="Forget this").click()
    expect(refused).to_be_hidden()


def test_a_phone_that_is_full(
    demo: Make, event: Event, phone: Callable[..., Phone], server: Server
) -> None:
    ana = demo.rsvp(event, "Ana")
    door = phone()
    devtools = door.context.new_cdp_session(door.tab)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": 1})
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Not stored: keep this page open.")
    expect(door.status).to_contain_text("Keep this page open")
    door.plug_in()
    door.expect_all_sent()
    assert inside(demo, event) == {ana.id}


def test_a_phone_that_cannot_write_down_what_was_heard_sends_it_once(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, door = demo.rsvp(event, "Ana"), phone()
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    door.tab.evaluate("""() => {
      const isFull = new DOMException("full", "QuotaExceededError");
      IDBObjectStore.prototype.put = () => { throw isFull; };
    }""")
    sent: list[str] = []
    door.tab.on("request", lambda one: sent.append(one.url) if "/batch" in one.url else None)
    with door.tab.expect_response("**/door/batch"):
        door.plug_in()
    door.tab.wait_for_timeout(1500)
    assert len(sent) <= 2  # the first may have an old token
    assert inside(demo, event) == {ana.id}


def test_a_network_that_swallows_everything(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana")
    door = phone()
    door.tab.route("**/door/**", lambda route: None)
    assert door.scan(ana.ticket) == "admitted"
    expect(door.status).to_have_text(re.compile("^No network"))
    door.tab.unroute("**/door/**")
    door.expect_all_sent()
    assert inside(demo, event) == {ana.id}


def test_what_was_sent_waits_no_more(demo: Make, event: Event, phone: Callable[..., Phone]) -> None:
    ana, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Will be sent.")
    door.plug_in()
    door.expect_all_sent()
    expect(door.verdict).not_to_contain_text("Will be sent.")
