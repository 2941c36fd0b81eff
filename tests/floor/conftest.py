"""An evening on which a guest asks, signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.model import Event, Rsvp
from tests.browser import Browser
from tests.floor.evening import going_on, guest, opened
from tests.make import Make


@pytest.fixture
def event(make: Make) -> Event:
    event = going_on(make)
    opened(make, event)
    return event


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return guest(make, event, "Ana Ruiz")


@pytest.fixture
def page(
    make: Make, browser: Callable[..., Browser], event: Event, ana: Rsvp, htmx: bool
) -> Browser:
    """Ana's."""
    page: Browser = make.signed_in(browser(htmx=htmx), ana.person)
    return page.open(f"/e/{event.slug}/questions")
