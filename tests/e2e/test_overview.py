"""In a real browser, an organiser's overview counts who comes while it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from eventapp.core import clock
from eventapp.model import Community, Event
from tests.make import Make
from tests.overview.arriving import come

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_counts_whoever_comes_in(
    demo: Make, event: Event, chromium: Callable[..., Any], language: str
) -> None:
    community = demo.row(Community, id=event.community_id)
    page = demo.signed_in(chromium(language=language), demo.organiser(community))
    page.open(f"/o/e/{event.slug}")
    counted = page.tab.locator("#headcount")
    expect(counted).to_have_attribute("data-admitted", "0")
    come(demo, event, clock.now(), people=3)
    expect(counted).to_have_attribute("data-admitted", "3")
    expect(page.tab.locator("svg.chart rect")).to_have_count(1)
    assert not page.has_sideways_scroll()
    page.settle()
