"""Rows as values for JSON."""

from __future__ import annotations

from typing import Any

from eventapp.core.db import Base
from eventapp.model import Event


def columns(row: Base, *names: str) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def event_columns(event: Event) -> dict[str, Any]:
    return {"event": event.title, **columns(event, "place", "starts_at", "tz")}
