"""The list on the phone: kept while it helps, forgotten with the door."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from eventapp.model import DoorLink, Event
from tests.e2e.offline.helpers import LISTS_KEPT, forgets_lists, inside, log_of, withdraw_all
from tests.e2e.phones import Phone
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_link_that_was_withdrawn_meanwhile(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana")
    door = phone()
    door.unplug()
    door.scan(ana.ticket)
    withdraw_all(demo, event)
    door.plug_in()
    expect(door.status).to_contain_text("Ask for the door link again")
    door.expect_waiting(1)
    forgets_lists(door)
    door.reopen()
    expect(door.tab.locator("#still-waiting")).to_contain_text("Waiting: 1.")
    door.open_link(demo.door_link(event, "Second door"))
    door.expect_all_sent()
    (row,) = log_of(demo, event)
    assert (row.outcome, row.door, inside(demo, event)) == ("admitted", "Second door", {ana.id})


def test_a_refused_door_page_is_not_kept(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    demo.rsvp(event, "Ana")
    door = phone()
    withdraw_all(demo, event)
    door.tab.goto(f"/e/{event.slug}/door")
    expect(door.tab.locator("h1")).to_have_text("You are not at this door")
    door.wait_until("async (slug) => !(await caches.match(`/e/${slug}/door`))")
    forgets_lists(door)


def test_the_list_is_forgotten_once_it_has_closed(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    demo.rsvp(event, "Ana")
    door = phone()
    door.unplug()
    door.context.clock.set_fixed_time(event.ends_at + timedelta(days=3))
    door.reopen()
    expect(door.status).to_contain_text("no list on this phone")
    assert door.search("ana") == []
    forgets_lists(door)


def test_the_list_is_forgotten_when_an_organiser_signs_out(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    demo.rsvp(event, "Ana")
    door = phone()
    door.tab.goto(demo.sign_in_link(demo.person()).split("localhost")[1])
    door.tab.locator("main form button").click()
    door.tab.wait_for_url("**/me")
    assert door.tab.evaluate(LISTS_KEPT) == 2
    door.tab.get_by_role("button", name="Sign out", exact=True).click()
    door.wait_until("async () => !(await caches.has('door-lists'))")


def test_a_known_door_link_opens_the_door_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    door = phone()
    link = demo.row(DoorLink, event_id=event.id)
    door.reopen()
    door.unplug()
    door.tab.goto(f"/door/{link.secret}")
    expect(door.tab).to_have_url(re.compile(f"/e/{event.slug}/door$"))
    expect(door.tab.locator("#q")).to_be_visible()


def test_after_a_withdrawal_no_answer_of_before_is_believed(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.search("ana")
    assert door.scan(ana.ticket) == "admitted"
    withdraw_all(demo, event)
    assert door.scan(ana.ticket) == "denied"
    expect(door.verdict).to_contain_text("The door link is no longer good")
    expect(door.tab.locator("#found")).to_have_text("")
