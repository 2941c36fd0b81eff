"""A kiosk's tablet in a real browser, and guests."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from eventapp.core.links import new_secret
from eventapp.model import Event, Rsvp
from tests.kiosk.helpers import at_kiosk
from tests.make import Make

number = count(1)


@pytest.fixture
def event(demo: Make) -> Event:
    return demo.event(title="Noche de fracasos", poster_secret=new_secret())


@pytest.fixture
def guest(demo: Make, event: Event) -> Callable[[str], Rsvp]:
    """Somebody on the list, whose address ends in `opez` before its @."""

    def new(name: str) -> Rsvp:
        return demo.rsvp(event, name, person=demo.person(f"a{next(number)}.lopez@example.org"))

    return new


@pytest.fixture
def tablet(demo: Make, chromium: Callable[..., Any], event: Event) -> Any:
    """A kiosk whose clock the test may turn."""
    window = chromium()
    window.tab.set_viewport_size({"width": 768, "height": 1024})
    window.tab.clock.install()
    return at_kiosk(demo, window, event)
