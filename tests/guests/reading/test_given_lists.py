"""The lists that organisers gave us, beside what is right: given/cases.json.

`right` is the list of guests, the number of `people`, or "refuse". `may_skip`: guests that may be
skipped with a reason ("*": all); `or_refuse`: refusing the file is right too.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from eventapp.events.queries import event_at
from eventapp.guests.export import guest_csv
from eventapp.guests.guest_list import GuestList, entries
from eventapp.guests.importer import dry_run_import, import_guests
from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.refusals import FileRefused
from eventapp.model import Event
from tests.guests.bringing import noted
from tests.make import Make, utc

GIVEN = Path(__file__).parent / "given"
CASES = json.loads((GIVEN / "cases.json").read_text(encoding="utf-8"))
Guest = tuple[str, str, str, int, bool]


def read_or_refuse(case: dict[str, Any]) -> GuestFile | None:
    try:
        return read((GIVEN / "files" / case["file"]).read_bytes(), zone=ZoneInfo("Europe/Madrid"))
    except FileRefused:
        return None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_list_is_read_right(case: dict[str, Any]) -> None:
    file = read_or_refuse(case)
    if file is None:
        assert case["right"] == "refuse" or case.get("or_refuse")
        return
    assert case["right"] != "refuse"
    guests = [
        (one.name, one.mailbox, str(one.status), 1 + one.companions, one.checked_in)
        for one in file.rows
    ]
    assert_right(guests, case)
    left_out = set(case.get("may_skip", [])) - {guest[0] for guest in guests} - {"*"}
    assert left_out <= {note.name for note in (*file.skipped, *file.flagged)}


def assert_right(guests: list[Guest], case: dict[str, Any]) -> None:
    right, may_skip = case["right"], case.get("may_skip", [])
    if isinstance(right, dict):
        people = sum(guest[3] for guest in guests)
        assert people == right["people"] or ("*" in may_skip and not guests)
        return
    wanted = [
        (one["name"], (one["email"] or "").casefold(), one["status"], one["party"], one["arrived"])
        for one in right
    ]
    for guest in guests:
        assert guest in wanted
        wanted.remove(guest)
    assert [guest for guest in wanted if guest[0] not in may_skip] == []


@pytest.mark.one_database
def test_each_comes_in_right_and_once(app: Flask, make: Make) -> None:
    """As a dry run says, and a second time without a change."""
    community = make.community()
    for case in CASES:
        if file := read_or_refuse(case):
            event = make.event(community, starts_at=utc(2026, 11, 27, 17))
            assert_right(list(map(guest_of, bring(app, event, file))), case)


def bring(app: Flask, event: Event, file: GuestFile) -> list[dict[str, str]]:
    """Bring a list in, and return the guest list as it is exported."""
    with app.app_context():
        there, at, record = event_at(event.slug), utc(2026, 11, 28), noted(event)
        planned = dry_run_import(there, file, at=at)
        done = import_guests(there, file, at=at, record=record)
        again = import_guests(there, file, at=at, record=record)
        exported = guest_csv(there, entries(there, GuestList(there).ids()), bom=False).decode()
    assert (planned.added, planned.updated) == (done.added, done.updated)
    assert (again.added, again.updated) == (0, 0)
    return list(csv.DictReader(io.StringIO(exported)))


def guest_of(row: dict[str, str]) -> Guest:
    came = bool(row["arrived_at"])
    return row["name"], row["email"].casefold(), row["status"], int(row["party"]), came
