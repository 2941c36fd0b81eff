"""An evening at which people met."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.contacts.evening import card, guests, met, noted
from tests.make import Make


@pytest.fixture
def evening(make: Make) -> dict[str, Any]:
    """Ana met Bea, who shares everything, and noted Carla, who has not answered."""
    event = make.event(
        title="PyDay", place="La Nave", starts_at=datetime(2026, 10, 1, 22, 30, tzinfo=UTC)
    )
    ana, bea, carla = guests(make, event, "Ana Ruiz", "Bea Núñez", "Carla Gil")
    met(make, ana, bea, note="knows Rust", tags=["rust"], follow_up_on=date(2026, 10, 8))
    noted(make, ana, carla, note="likes stout")
    card(make, bea.person)
    card(make, carla.person, phone="+34600000009")
    return {"event": event, "ana": ana, "bea": bea, "carla": carla}
