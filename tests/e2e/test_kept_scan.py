"""A badge that is scanned without network: the phone keeps that they met, and sends it once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Error, expect

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.model import Encounter, Rsvp
from tests.e2e.phones import wait_until
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEPT = "async (page) => Boolean(await caches.match(page, { ignoreVary: true }))"
PAGE = "/met/kept?said=1"


@pytest.fixture
def pair(demo: Make) -> tuple[Rsvp, Rsvp]:
    """Ana and Bea, who are at an event just now."""
    begun = clock.now() - timedelta(hours=1)
    event = demo.event(slug=f"now-{uuid4().hex[:8]}", starts_at=begun)
    ana, bea = (demo.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    return ana, bea


@pytest.fixture(params=["account", "pass"])
def phone(
    request: pytest.FixtureRequest,
    demo: Make,
    chromium: Callable[..., Any],
    pair: tuple[Rsvp, Rsvp],
) -> Any:
    """Ana's, which opened her own page, signed in or keeping her pass without an account."""
    ana, _ = pair
    if request.param == "account":
        phone = demo.signed_in(chromium(), ana.person).open(f"/e/{ana.event.slug}/met")
    else:
        phone = chromium().open(f"/r/{ana.key}").press("Keep on this device")
    wait_until(phone.tab, KEPT, PAGE)
    return phone


def scan(phone: Any, wearer: Rsvp) -> Any:
    """As the camera opens it, in a tab of its own."""
    phone.tab.close()
    phone.tab = phone.context.new_page()
    phone.tab.goto(f"/m/{wearer.badge}")
    return phone.tab


def said(demo: Make, pair: tuple[Rsvp, Rsvp]) -> list[tuple[int, int]]:
    here = pair[0].event_id
    return [(row.noter_id, row.met_id) for row in demo.rows(Encounter) if row.event_id == here]


def test_it_is_sent_once_when_the_network_is_back(demo: Make, phone: Any, pair: Any) -> None:
    ana, bea = pair
    asked: list[tuple[str, str]] = []
    phone.context.on("request", lambda one: asked.append((one.method, one.url[-5:])))
    phone.context.set_offline(True)
    tab = scan(phone, bea)
    expect(tab.get_by_text("There's no network")).to_be_visible()
    tab.get_by_role("button", name="We met").click()
    expect(tab.get_by_text("Kept on this phone.")).to_be_visible()
    expect(scan(phone, bea).get_by_text("Kept on this phone.")).to_be_visible()
    assert said(demo, pair) == []
    phone.context.set_offline(False)
    expect(phone.tab.locator(f"#guest-{bea.id}[data-state=noted]")).to_be_visible()
    assert said(demo, pair) == [(ana.id, bea.id)]
    phone.tab.goto("/")
    phone.tab.wait_for_load_state("networkidle")
    assert asked.count(("POST", "/kept")) == 1


def test_it_is_sent_from_any_page_that_is_opened_later(demo: Make, phone: Any, pair: Any) -> None:
    ana, bea = pair
    phone.context.set_offline(True)
    tab = scan(phone, bea)
    tab.get_by_role("button", name="We met").click()
    expect(tab.get_by_text("Kept on this phone.")).to_be_visible()
    tab.goto("about:blank")
    phone.context.set_offline(False)
    with phone.context.expect_event("response", lambda one: one.url.endswith("/kept")):
        tab.goto("/")
    expect(scan(phone, bea).locator(f"#guest-{bea.id}[data-state=noted]")).to_be_visible()
    assert said(demo, pair) == [(ana.id, bea.id)]


def test_it_is_taken_back_before_it_is_sent(demo: Make, phone: Any, pair: Any) -> None:
    _, bea = pair
    phone.context.set_offline(True)
    tab = scan(phone, bea)
    tab.get_by_role("button", name="We met").click()
    tab.get_by_role("button", name="Undo").click()
    expect(tab.get_by_role("button", name="We met")).to_be_visible()
    phone.context.set_offline(False)
    expect(scan(phone, bea).locator(f"#guest-{bea.id}[data-state=new]")).to_be_visible()
    assert said(demo, pair) == []


def test_nothing_is_kept_after_signing_out(demo: Make, chromium: Any, pair: Any) -> None:
    ana, bea = pair
    phone = demo.signed_in(chromium(), ana.person).open(f"/e/{ana.event.slug}/met")
    wait_until(phone.tab, KEPT, PAGE)
    phone.context.set_offline(True)
    scan(phone, bea).get_by_role("button", name="We met").click()
    expect(phone.tab.get_by_text("Kept on this phone.")).to_be_visible()
    phone.tab.goto("about:blank")
    phone.context.set_offline(False)
    phone.context.route("**/m/*/kept", lambda route: route.abort())  # the network is bad
    phone.open("/me").tab.get_by_role("button", name="Sign out", exact=True).click()
    expect(phone.tab).to_have_url(re.compile("/$"))
    phone.context.unroute("**/m/*/kept")
    demo.signed_in(phone, ana.person).open(f"/e/{ana.event.slug}/met")
    phone.tab.wait_for_load_state("networkidle")
    assert said(demo, pair) == []
    phone.open("/me").press("Sign out")
    phone.context.set_offline(True)
    with pytest.raises(Error):
        scan(phone, bea)


def test_signing_out_sends_first(demo: Make, chromium: Any, pair: Any) -> None:
    ana, bea = pair
    phone = demo.signed_in(chromium(), ana.person).open(f"/e/{ana.event.slug}/met")
    wait_until(phone.tab, KEPT, PAGE)
    phone.context.set_offline(True)
    scan(phone, bea).get_by_role("button", name="We met").click()
    expect(phone.tab.get_by_text("Kept on this phone.")).to_be_visible()
    phone.tab.goto("about:blank")
    phone.context.set_offline(False)
    phone.context.route("**/m/*/kept", lambda route: route.abort())
    phone.open("/me")
    phone.context.unroute("**/m/*/kept")
    phone.press("Sign out")
    assert said(demo, pair) == [(ana.id, bea.id)]
    phone.context.set_offline(True)
    with pytest.raises(Error):
        scan(phone, bea)


def test_of_a_badge_that_is_gone_it_is_sent_once_and_forgotten(
    demo: Make, phone: Any, pair: Any
) -> None:
    _, bea = pair
    answers: list[tuple[str, int]] = []

    def note(one: Any) -> None:
        answers.append((one.url, one.status))

    phone.context.on("response", note)
    phone.context.set_offline(True)
    tab = scan(phone, bea)
    tab.get_by_role("button", name="We met").click()
    expect(tab.get_by_text("Kept on this phone.")).to_be_visible()
    with demo.act():
        db.session.get_one(Rsvp, bea.id).badge = new_secret()
    phone.context.set_offline(False)
    expect(tab.get_by_text("Kept on this phone.")).to_have_count(0)
    tab.goto("/")
    tab.wait_for_load_state("networkidle")
    sent = [status for url, status in answers if url.endswith(f"/m/{bea.badge}/kept")]
    assert sent == [404]
    assert said(demo, pair) == []
