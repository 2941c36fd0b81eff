"""The time, asked for at the edge only (views, commands, the worker) and passed down."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)
