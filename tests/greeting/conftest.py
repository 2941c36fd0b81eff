from __future__ import annotations

import pytest

from eventapp.model import Event, Rsvp
from tests.greeting.evening import AGREED
from tests.make import Make


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    more = {"ask_me_about": "hiring the first five", "want_to_learn": "pricing"}
    return make.rsvp(event, "Ana Ruiz", **AGREED, **more)
