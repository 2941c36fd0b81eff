"""A pass opens without network on the phone of whoever confirmed it, until they sign out there or
a day after the event.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Rsvp, Status
from eventapp.rsvp.kept import KEPT_AFTER
from tests.e2e.page_problems import problems_of
from tests.e2e.phones import wait_until
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEPT = """async (path) => {
  const page = await caches.match(path, { cacheName: `pass ${path}`, ignoreVary: true });
  const cache = page && (await caches.open(`pass ${path}`));
  return cache && (await cache.keys()).some(({ url }) => url.includes("pass.css"));
}"""
NO_LONGER_KEPT = "async (path) => !(await caches.has(`pass ${path}`))"


class Guest:
    """Somebody with a pass, and their phone."""

    def __init__(self, phone: Any, rsvp: Rsvp) -> None:
        self.phone, self.rsvp, self.path = phone, rsvp, f"/r/{rsvp.key}"

    def sign_in(self, link: str) -> Guest:
        self.phone.open(link)
        self.phone.tab.locator("main form button").click()
        self.phone.tab.wait_for_url("**/me")
        return self

    def visit(self) -> Guest:
        self.phone.tab.goto(self.path)
        return self

    def keeps_it(self) -> Guest:
        wait_until(self.phone.tab, KEPT, self.path)
        return self

    def forgets_it(self) -> None:
        wait_until(self.phone.tab, NO_LONGER_KEPT, self.path)

    def has_pass_without_network(self) -> bool:
        """Also in a tab of its own, as after the phone was restarted."""
        self.phone.context.set_offline(True)
        self.phone.tab.close()
        self.phone.tab = self.phone.context.new_page()
        try:
            self.visit()
        except Error:
            return False
        return self.phone.tab.locator("#ticket .ticket-qr svg").is_visible()


@pytest.fixture
def guest(demo: Make, chromium: Callable[..., Any]) -> Callable[..., Guest]:
    """`guest(event)`, signed in on their phone."""

    def new(event: Event, **more: Any) -> Guest:
        one = Guest(chromium(**more), demo.rsvp(event, "Ana Ruiz"))
        return one.sign_in(demo.sign_in_link(one.rsvp.person))

    return new


def test_a_pass_opens_without_network(guest: Callable[..., Guest], event: Event) -> None:
    ana = guest(event).visit().keeps_it()
    assert ana.has_pass_without_network()
    tab = ana.phone.tab
    expect(tab.locator("#kept")).to_contain_text(
        re.compile(r"No network\. Kept on this device, as of \d+ \w+ \d{4}, \d\d:\d\d\.")
    )
    for words in (event.title, "Ana Ruiz", ana.rsvp.short_code):
        expect(tab.locator("article.pass")).to_contain_text(words)
    assert not tab.locator("form").count(), "no form, which would have a token"
    assert problems_of(ana.phone) == []
    tab.get_by_text("We just met").click()
    expect(tab.get_by_role("img", name="asks both of you")).to_be_visible()
    ana.phone.context.set_offline(False)
    tab.get_by_role("link", name="Try again").click()
    expect(tab.locator("#kept")).to_have_count(0)
    expect(tab.locator("#change")).to_be_visible()


def test_who_only_opened_the_link_keeps_it_by_a_button_and_no_longer_by_another(
    demo: Make, chromium: Callable[..., Any], event: Event
) -> None:
    phone = chromium()
    ana = Guest(phone, demo.rsvp(event, "Ana Ruiz")).visit()
    ana.phone.tab.get_by_role("button", name="Keep on this device").click()
    ana.keeps_it()
    assert ana.has_pass_without_network()
    ana.phone.context.set_offline(False)
    ana.visit().phone.tab.get_by_role("button", name="Don't keep it here").click()
    ana.forgets_it()
    assert not ana.has_pass_without_network()


def test_it_is_gone_after_signing_out(guest: Callable[..., Guest], event: Event) -> None:
    ana = guest(event).visit().keeps_it()
    ana.phone.open("/me").press("Sign out")
    ana.forgets_it()
    ana.visit()  # or somebody else who has the link
    expect(ana.phone.tab.locator("#ticket .ticket-qr svg")).to_be_visible()
    ana.phone.tab.wait_for_load_state("networkidle")
    assert not ana.has_pass_without_network()


def test_it_is_gone_after_signing_out_without_network(
    guest: Callable[..., Guest], event: Event
) -> None:
    ana = guest(event).visit().keeps_it()
    ana.phone.open("/me")
    ana.phone.context.set_offline(True)
    ana.phone.tab.get_by_role("button", name="Sign out", exact=True).click()
    ana.phone.context.set_offline(False)
    ana.phone.tab.goto("/")
    ana.forgets_it()


def test_it_is_gone_a_day_after_the_event(demo: Make, guest: Callable[..., Guest]) -> None:
    ends_at = clock.now() - KEPT_AFTER + timedelta(seconds=12)
    event = demo.event(
        starts_at=ends_at - timedelta(hours=3), ends_at=ends_at, door_closes_hours_after=48
    )
    ana = guest(event).visit().keeps_it()
    assert ana.has_pass_without_network()
    time.sleep(max(0.0, (ends_at + KEPT_AFTER - clock.now()).total_seconds()) + 1)
    assert not ana.has_pass_without_network()


def test_it_goes_with_the_place(demo: Make, guest: Callable[..., Guest], event: Event) -> None:
    ana = guest(event).visit().keeps_it()
    with demo.act():
        db.session.get_one(Rsvp, ana.rsvp.id).status = Status.CANCELLED
    ana.visit().forgets_it()
    assert not ana.has_pass_without_network()


def test_another_who_signs_in_here_keeps_no_pass_of_the_first(
    demo: Make, guest: Callable[..., Guest], event: Event
) -> None:
    ana = guest(event).visit().keeps_it()
    bea = demo.rsvp(event, "Bea Gil")
    ana.sign_in(demo.sign_in_link(bea.person)).visit().forgets_it()
    assert not ana.has_pass_without_network()


def test_forms_of_a_pass_that_is_kept_are_sent(guest: Callable[..., Guest], event: Event) -> None:
    ana = guest(event).visit().keeps_it()
    tab = ana.phone.tab
    tab.reload()  # from here on the service worker passes the forms on
    tab.locator("#change > summary").click()
    tab.locator("#change [name=name]").fill("Ana Gil")
    tab.get_by_role("button", name="Save").click()
    expect(tab.locator("article.pass")).to_contain_text("Ana Gil")
    ana.keeps_it()
    tab.locator("#cancel > summary").click()
    tab.get_by_role("button", name="Cancel my place").click()
    expect(tab.locator("article.pass")).to_have_count(0)
    ana.forgets_it()
