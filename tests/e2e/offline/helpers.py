"""What a door without network leaves behind: on the server, and on the phone."""

from __future__ import annotations

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, DoorLink, DoorLog, Event
from tests.e2e.phones import Phone
from tests.make import Make

LISTS_KEPT = """async () => {
  const lists = await caches.open("door-lists");
  return (await lists.keys()).filter((one) => one.url.includes("/roster")).length;
}"""


def log_of(make: Make, event: Event) -> list[DoorLog]:
    return sorted(make.rows(DoorLog, event_id=event.id), key=lambda row: row.id)


def inside(make: Make, event: Event) -> set[int]:
    return {row.rsvp_id for row in make.rows(CheckIn, event_id=event.id)}


def withdraw_all(make: Make, event: Event) -> None:
    links = [link.id for link in make.rows(DoorLink, event_id=event.id)]
    with make.act():
        for link in links:
            db.session.get_one(DoorLink, link).withdrawn_at = clock.now()


def forgets_lists(door: Phone) -> None:
    door.wait_until(f"async () => (await ({LISTS_KEPT})()) === 0")
