"""Two people who may have met."""

from __future__ import annotations

import pytest

from eventapp.model import Rsvp
from tests.make import Make
from tests.met.evening import last_night


@pytest.fixture
def pair(make: Make) -> tuple[Rsvp, Rsvp]:
    """Ana and Bea, who were at the same event and are listed."""
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    return ana, bea
