"""An organiser changes an event that people have answered."""

from __future__ import annotations

from typing import Any

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import Plan, change_event
from eventapp.model import Event
from tests.make import Make


def change(make: Make, event: Event, **new: Any) -> None:
    """Change the event as its form does."""
    with make.act():
        there = db.session.get_one(Event, event.id)
        plan = {name: getattr(there, name) for name in Plan.__dataclass_fields__ if name != "talks"}
        change_event(there, Plan(**{**plan, **new}), at=clock.now())
