from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def drawn_in_one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is."""
    monkeypatch.setattr("eventapp.badges.drawer.SECONDS", 60)
