"""The guest list as a file: CSV, which the import reads back, or a spreadsheet (XLSX)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from flask import Response, request, url_for

from eventapp.attendees.queries import is_unasked, shown_to
from eventapp.communities.gate import record
from eventapp.core import csv_safe, htmx, xlsx
from eventapp.core.db import transaction
from eventapp.core.phones import spaced_phone
from eventapp.core.xlsx import XLSX_TYPE, Cell
from eventapp.door.ticket_codes import codes_of_guests
from eventapp.events.gate import organised_event
from eventapp.guests.asked import asked_guests, whom_sent
from eventapp.guests.guest_list import GuestList, GuestListEntry, entries
from eventapp.guests.page import bp
from eventapp.guests.reading.own_export import OWN, column_title
from eventapp.guests.reading.titles import read_title
from eventapp.model import AuditVerb, Event
from eventapp.rsvp.queries import answer_titles

FILE = "/o/e/<slug>/guests.<any(csv, xlsx):kind>"
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": XLSX_TYPE,
}


@bp.get(FILE)
def find_export(slug: str, kind: str) -> Response:
    """Lead whoever opens the file's address to the page with the button that downloads it."""
    return htmx.go(url_for("guests.guest_list", slug=organised_event(slug).slug))


@bp.post(FILE)
def export(slug: str, kind: str) -> Response:
    """Download the guest list, or those of it whom the page shows by search and chips, in the order
    that was chosen there, or `whom` the form names. A POST, since it writes to the audit log who
    did so.
    """
    event = organised_event(slug)
    with transaction():
        record(AuditVerb.GUESTS_EXPORTED, event)
    is_named = "whom" in request.form
    chosen = GuestList(event, asked_guests(event).choice)
    guests = entries(event, whom_sent() if is_named else chosen.ids_as_sorted())
    file = guest_xlsx(event, guests) if kind == "xlsx" else guest_csv(event, guests)
    response = Response(file, mimetype=MIME_TYPES[kind])
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-guests.{kind}")
    return response


def guest_csv(event: Event, guests: Iterable[GuestListEntry], *, bom: bool = True) -> bytes:
    """These guests, a row each: OWN, then a column for each question, answered or not, and for
    each other answer.

    `party` counts the guest; times are ISO 8601 with the offset of the event's time zone;
    `listing` is who may see them, empty if they were never asked; `ticket_codes` are those of other
    tools. Phones are without what a spreadsheet would take for a number.
    """
    titles = answer_titles(event)
    phones = [title for title in titles if (read := read_title(title)) and read.meaning == "phone"]
    header = _header(titles)
    is_phone = [title in phones for title in header]
    rows = (list(map(_csv_cell, row, is_phone)) for row in _rows(event, guests, titles))
    return csv_safe.write(header, rows, phone_columns=phones, bom=bom)


def _csv_cell(cell: Cell, is_phone: bool) -> Cell:
    if isinstance(cell, datetime):
        return cell.isoformat()
    return spaced_phone(cell) if is_phone and isinstance(cell, str) else cell


def guest_xlsx(event: Event, guests: Iterable[GuestListEntry]) -> bytes:
    """The same rows as a spreadsheet, in which times are times and phones keep their +."""
    titles = answer_titles(event)
    return xlsx.write(_header(titles), _rows(event, guests, titles))


def _header(titles: Sequence[str]) -> list[str]:
    return [*OWN, *map(column_title, titles)]


def _rows(
    event: Event, guests: Iterable[GuestListEntry], titles: Sequence[str]
) -> Iterator[list[Cell]]:
    codes = codes_of_guests(event.id)
    for guest in guests:
        answers, theirs = guest.rsvp.answers, codes.get(guest.rsvp.id, [])
        yield [*_values(guest, event, theirs), *(answers.get(title) for title in titles)]


def _values(guest: GuestListEntry, event: Event, codes: Sequence[str]) -> list[Cell]:
    rsvp = guest.rsvp
    return [
        rsvp.name,
        rsvp.person.email if rsvp.person else None,
        rsvp.status,
        rsvp.party,
        rsvp.companions,
        guest.arrived_at.astimezone(event.zone) if guest.arrived_at else None,
        guest.door,
        None if is_unasked(rsvp) else shown_to(rsvp),
        rsvp.ask_me_about,
        rsvp.want_to_learn,
        rsvp.note,
        rsvp.source,
        rsvp.created_at.astimezone(event.zone),
        rsvp.short_code,
        ", ".join(codes),
        "; ".join(rsvp.companion_names),
        rsvp.looking_for,
    ]
