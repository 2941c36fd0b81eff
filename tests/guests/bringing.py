"""Lists of many guests, brought in, and what became of them."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from eventapp.communities.actions import record
from eventapp.core import clock
from eventapp.events.queries import event_at
from eventapp.guests.handed_in import hand_in
from eventapp.guests.importer import import_guests
from eventapp.guests.preview import Corrections, preview
from eventapp.guests.reading.guest_file import read
from eventapp.model import AuditVerb, Event, GuestImport, Rsvp
from tests.make import Make


def a_list(size: int, *, status: str = "going") -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["name", "email", "status", "companions"])
    for number in range(size):
        rows.writerow([f"Guest {number}", f"g{number}@example.org", status, number % 3])
    return out.getvalue().encode()


def bring(app: Flask, event: Event, data: bytes, run: Any = import_guests, **more: Any) -> Any:
    """Run an import. Returns its report, as facts that compare."""
    if run is import_guests:
        more["record"] = noted(event)
    with app.app_context():
        report = run(event_at(event.slug), read(data), at=clock.now(), **more)
        notes = {name: vars(report)[name] for name in ("skipped", "flagged")}
        told = {name: [(row.number, row.code) for row in rows] for name, rows in notes.items()}
        return {**vars(report), **told}


def a_list_handed_in(make: Make, event: Event, data: bytes) -> GuestImport:
    """A list that waits to be confirmed."""
    with make.app.app_context():
        shown = preview(event_at(event.slug), data, Corrections(), at=clock.now())
    with make.act():
        there = event_at(event.slug)
        name: dict[str, Any] = {"file_name": "guests.csv", "by": None, "form_id": None}
        return hand_in(there, data, shown=shown, at=clock.now(), **name)


def bring_by_page(page: Any, event: Event, file: Path, **answers: str) -> Any:
    """An organiser's browser hands a list in and, having seen what would happen, imports it."""
    page.open(f"/o/e/{event.slug}/guests/import").press("Preview", file=file)
    return page.press(import_words(page), **answers)


def import_words(page: Any) -> str:
    """What the button says that imports a list."""
    return " ".join(page.one("[name=then][value=import]").get_text().split())


def noted(event: Event) -> Any:
    return partial(record, AuditVerb.GUESTS_IMPORTED, event, by=None, at=clock.now())


def guests(make: Make, event: Event) -> list[Any]:
    """Everybody at an event, those who wait in the order of the queue."""
    rows = make.rows(Rsvp, event_id=event.id)
    rows.sort(key=lambda one: (one.waitlisted_at or one.created_at, one.id))
    return [(one.name, one.status, one.companions) for one in rows]


def seats(make: Make, event: Event) -> tuple[int, int]:
    """Those that are counted, and those that guests hold."""
    held = sum(one.party for one in make.rows(Rsvp, event_id=event.id, status="going"))
    return make.row(Event, id=event.id).seats_taken, held
