"""In a real browser, the zone of an event is named to who is in another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from eventapp.model import Community, Event
from tests.make import Make

WIDER_THAN_THE_PHONE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("zone", "named"), [("Europe/Madrid", False), ("Europe/Paris", False), ("Asia/Tokyo", True)]
)
def test_organisers_elsewhere_read_which_zone_is_meant(
    demo: Make, event: Event, chromium: Callable[..., Any], zone: str, *, named: bool
) -> None:
    community = demo.row(Community, id=event.community_id)
    page = demo.signed_in(chromium(zone=zone), demo.organiser(community))
    pages = "", "/mail", "/guests"
    for address in (f"/o/{community.slug}", *(f"/o/e/{event.slug}{page}" for page in pages)):
        page.open(address)
        words = page.tab.get_by_text("Madrid time")
        expect(words.first).to_be_visible() if named else expect(words).to_have_count(0)
        assert page.tab.evaluate(WIDER_THAN_THE_PHONE) <= 0, address
