"""Whom one met, tapped on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from eventapp.model import Rsvp
from tests.contacts.evening import card, met, noted
from tests.e2e.page_problems import problems_of
from tests.make import Make
from tests.met.evening import last_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINE = 64  # pixels: a name, its mark and what opens, of 44 each, with the space around them


@pytest.fixture
def guests(demo: Make) -> list[Rsvp]:
    """Forty who were at the same event."""
    event = last_night(demo, slug=f"met-{uuid4().hex[:8]}")
    return [demo.rsvp(event, f"Guest {n:02}", listing="attendees") for n in range(40)]


@pytest.fixture
def phone(demo: Make, chromium: Callable[..., Any], guests: list[Rsvp]) -> Any:
    """The first of them, before the page of whom they met."""
    window = demo.signed_in(chromium(language="es"), guests[0].person)
    yield window
    window.close()


def row_of(phone: Any, guest: Rsvp) -> Any:
    return phone.tab.locator(f"#guest-{guest.id}")


def test_whom_one_met_takes_a_line_that_opens(demo: Make, phone: Any, guests: list[Rsvp]) -> None:
    me, plain, with_note, both = guests[:4]
    noted(demo, me, plain)
    noted(demo, me, with_note, note="Likes Rust", tags=["Berlin"])
    met(demo, me, both)
    card(demo, both.person, shared=["email"])
    phone.open(f"/e/{me.event.slug}/met")
    for guest in (plain, with_note, both):
        assert row_of(phone, guest).bounding_box()["height"] < LINE
    row_of(phone, both).locator("summary").first.click()
    assert row_of(phone, both).get_by_text(both.person.email).is_visible()
    row_of(phone, plain).locator("summary").first.click()
    assert row_of(phone, plain).locator("textarea").is_visible()
    assert not problems_of(phone)
