"""The guest list as a CSV file, which the import reads back."""

from __future__ import annotations

from flask import Response, url_for

from eventapp.attendees.queries import is_unasked, shown_to
from eventapp.communities.gate import record
from eventapp.core import csv_safe, htmx
from eventapp.core.db import transaction
from eventapp.events.gate import organised_event
from eventapp.guests.columns import OWN, column_title, recognise
from eventapp.guests.guest_list import GuestListEntry, all_guests
from eventapp.guests.page import bp
from eventapp.model import AuditVerb, Event
from eventapp.rsvp.queries import answer_titles


@bp.get("/o/e/<slug>/guests.csv")
def find_export(slug: str) -> Response:
    """Lead whoever opens the file's address to the page with the button that downloads it."""
    return htmx.go(url_for("guests.guest_list", slug=organised_event(slug).slug))


@bp.post("/o/e/<slug>/guests.csv")
def export(slug: str) -> Response:
    """Download the guest list. A POST, since it writes to the audit log who did so."""
    event = organised_event(slug)
    with transaction():
        record(AuditVerb.GUESTS_EXPORTED, event)
    response = Response(guest_csv(event), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-guests.csv")
    return response


def guest_csv(event: Event, *, bom: bool = True) -> bytes:
    """All guests, one row per RSVP: OWN, then a column for each question, answered or not, and
    for each other answer.

    `party` counts the guest; times are ISO 8601 with the offset of the event's time zone;
    `listing` is who may see them, empty if they were never asked.
    """
    titles = answer_titles(event)
    header = [*OWN, *map(column_title, titles)]
    rows = (
        [*_values(guest, event), *(guest.rsvp.answers.get(title) for title in titles)]
        for guest in all_guests(event)
    )
    phones = [title for title in titles if "phone" in recognise([title])]
    return csv_safe.write(header, rows, phone_columns=phones, bom=bom)


def _values(guest: GuestListEntry, event: Event) -> list[str | int | None]:
    rsvp = guest.rsvp
    return [
        rsvp.name,
        rsvp.person.email if rsvp.person else None,
        rsvp.status,
        rsvp.party,
        rsvp.companions,
        guest.arrived_at.astimezone(event.zone).isoformat() if guest.arrived_at else None,
        guest.door,
        None if is_unasked(rsvp) else shown_to(rsvp),
        rsvp.ask_me_about,
        rsvp.want_to_learn,
        rsvp.note,
        rsvp.source,
        rsvp.created_at.astimezone(event.zone).isoformat(),
        rsvp.short_code,
    ]
