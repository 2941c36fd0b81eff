"""How a list is read and what its import would do, as JSON: kept, so that its page is quick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventapp.core.db import db
from eventapp.guests.import_report import ImportReport
from eventapp.guests.importer import Import, rehearsing_import
from eventapp.guests.notes import as_json, notes_as_json
from eventapp.guests.reading.columns import Why
from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.guest_row import GuestRow
from eventapp.guests.reading.refusals import ColumnsUnclear, EncodingUnclear, FileRefused
from eventapp.guests.reading.remembered import Remembered
from eventapp.guests.remembered import as_counted, remembered_of
from eventapp.model import Event, Rsvp
from eventapp.rsvp.queries import count_people_waiting, is_in, labels_of

FIRST_ROWS = 5  # that are shown as guests


@dataclass(frozen=True)
class Corrections:
    """What somebody said of a list; see `guest_file.read`."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


def read_list(
    event: Event, data: bytes, said: Corrections, *, remembered: Remembered | None = None
) -> GuestFile:
    """Read a list for an event: with what its community remembers now, unless another reading is
    to be repeated, in which this was `remembered`. Raises FileRefused.
    """
    if remembered is None:
        remembered = remembered_of(event.community_id)
    return read(
        data,
        zone=event.zone,
        questions=labels_of(event),
        mapping=said.mapping,
        meanings=said.meanings,
        encoding=said.encoding or None,
        remembered=remembered,
    )


def preview(event: Event, data: bytes, said: Corrections, *, at: datetime) -> dict[str, Any]:
    """What the page of a list shows. Changes nothing. A list that nobody can read until somebody
    says more of it is shown as far as it is understood.

    Raises the FileRefused of one that no correction makes readable.
    """
    try:
        file = read_list(event, data, said)
    except (ColumnsUnclear, EncodingUnclear) as no:
        return _unclear(no, said)
    with rehearsing_import(event, file, at=at) as importing:
        first = _first_guests(importing)
    return {
        "refused": None,
        "header": file.header,
        "encoding": file.encoding,
        "is_sure": file.is_sure_of_encoding,
        "sheet": file.sheet,
        "other_sheets": file.other_sheets,
        "columns": _columns(file),
        "words": _words(file),
        **as_counted(file),
        "guests": len(file.rows),
        "first": first,
        **_outcome(event, importing.report, at),
    }


def _unclear(no: FileRefused, said: Corrections) -> dict[str, Any]:
    columns: Sequence[Sequence[str]] = no.values.pop("columns", ())
    return {
        "refused": as_json(no),
        "encoding": said.encoding if isinstance(no, EncodingUnclear) else "",
        "columns": [
            {"title": title, "meaning": meaning, "why": Why.UNKNOWN, "samples": []}
            for title, meaning in columns
            if title
        ],
        "words": [],
    }


def _columns(file: GuestFile) -> list[dict[str, Any]]:
    """Those with a title: without one, nobody can say what a column is."""
    return [
        {
            "title": one.title,
            "meaning": one.meaning,
            "why": one.why,
            "whose": one.whose.name.lower(),
            "samples": samples,
        }
        for one, samples in zip(file.columns, file.samples, strict=True)
        if one.title
    ]


def _words(file: GuestFile) -> list[dict[str, Any]]:
    """The words that somebody has to say a meaning of, and those that somebody did."""
    still_open = [{"word": one.word, "rows": one.count} for one in file.open_words]
    told = [
        {"word": word, "meaning": meaning}
        for word, meaning in file.meanings.items()
        if word not in {one.word for one in file.open_words}
    ]
    return [*still_open, *told]


def _first_guests(importing: Import) -> list[dict[str, Any]]:
    """As the import would leave them."""
    first = sorted(importing.written.items(), key=lambda one: one[1].number)[:FIRST_ROWS]
    return [_guest(row, db.session.get_one(Rsvp, rsvp_id)) for rsvp_id, row in first]


def _guest(row: GuestRow, rsvp: Rsvp) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "email": row.email,
        "status": rsvp.status,
        "companions": rsvp.companions,
        "came": is_in(rsvp),
        "answers": [[title, cell] for title, cell in row.answers.items()],
    }


def _outcome(event: Event, report: ImportReport, at: datetime) -> dict[str, Any]:
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "waitlisted": report.waitlisted,
        "arrived": report.arrived,
        "promoted": report.promoted,
        "fit": report.fit,
        "people_waiting": report.people_waiting,
        "people_left_out": report.people_left_out,
        "capacity": event.capacity,
        "waiting": count_people_waiting(event) if event.takes_rsvps(at) else 0,
        "capacity_for_all": report.capacity_for_all,
        "skipped": notes_as_json(report.skipped),
        "flagged": notes_as_json(report.flagged),
    }
