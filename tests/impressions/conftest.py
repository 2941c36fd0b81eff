"""An evening in May, its organiser, and a guest who was there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.model import Community, Event, Rsvp
from tests.browser import Browser
from tests.impressions.evening import came
from tests.make import Make
from tests.met.evening import last_night

Browsers = Callable[..., Browser]


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers", name="Beers")


@pytest.fixture
def event(make: Make, beers: Community) -> Event:
    return last_night(make, community=beers, slug="may", title="Beers in May")


@pytest.fixture
def olga(make: Make, browser: Browsers, beers: Community, event: Event) -> Browser:
    page: Browser = make.signed_in(browser(), make.organiser(beers, "olga@example.org"))
    return page


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return came(make, event, "Ana Ruiz")


@pytest.fixture
def bea(make: Make, event: Event) -> Rsvp:
    return came(make, event, "Bea Gil")
