"""Sent to another place of the page that is open, as to the report just answered, a browser shows
it as it is by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.make import Make
from tests.met.evening import last_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(demo: Make, chromium: Callable[..., Any]) -> Any:
    """What a guest reported, as the hosts read it."""
    name = uuid4().hex[:8]
    community = demo.community(slug=f"beers-{name}")
    olga = demo.organiser(community)
    event = last_night(demo, community=community, slug=f"may-{name}")
    guest = demo.signed_in(chromium(), demo.rsvp(event).person)
    guest.open(f"/e/{event.slug}/conduct").press("Send it to the hosts", words="They were rude.")
    return demo.signed_in(chromium(), olga).open(f"/o/{community.slug}/conduct")


def test_an_answer_is_seen_once_it_is_sent_and_so_is_the_next(page: Any) -> None:
    report = page.tab.locator("[data-report]")
    for words in ("We'll talk to them.", "We have."):
        report.locator("summary").click()
        report.locator("textarea").fill(words)
        report.get_by_role("button", name="Send the answer").click()
        expect(report.locator(".letter", has_text=words)).to_be_in_viewport()
        expect(report.locator("textarea")).to_have_value("")
    assert page.tab.url.endswith(f"#{report.get_attribute('id')}")
