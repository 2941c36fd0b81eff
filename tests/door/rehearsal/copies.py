"""Make, use and wipe an event's rehearsal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door import rehearsal
from eventapp.model import Event, Rsvp
from tests.door.helpers import at_door, post


def everything(make) -> dict[str, list[Any]]:
    """Every row of every table."""
    with make.app.app_context():
        return {
            table.name: sorted(map(tuple, db.session.execute(select(table))), key=str)
            for table in db.metadata.sorted_tables
        }


def rehearse(make, event) -> Event:
    with make.act():
        return rehearsal.rehearse(db.session.get_one(Event, event.id), at=clock.now())


def wipe(make, event) -> None:
    with make.act():
        rehearsal.wipe_rehearsal(db.session.get_one(Event, event.id))


def a_whole_evening(make, browser, copy) -> None:
    door = at_door(make, browser(), copy)
    for rsvp in make.rows(Rsvp, event_id=copy.id):
        post(door, f"/e/{copy.slug}/door/{rsvp.id}/check-in")
    (ana,) = make.rows(Rsvp, event_id=copy.id, name="Ana Ruiz")
    post(door, f"/e/{copy.slug}/door/{ana.id}/undo")
    post(door, f"/e/{copy.slug}/door/walk-in", name="Eva", email="eva@example.org")
