"""LibreOffice shows in our tables what went in: texts whole, and phones with their plus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eventapp.contacts import address_books
from eventapp.contacts.contact import story
from eventapp.core.csv_safe import plain_cell
from eventapp.core.db import db
from eventapp.model import Rsvp
from tests.elsewhere.hostile import CONTACT, LINES, TEXT, WEB
from tests.elsewhere.programs import office, program
from tests.make import Make

NAME = '=HYPERLINK("http://evil.example"); "Bea" 🍻 שלום'
PHONES = {"Phone": "+34600111222", "Mobile": "0612345678"}
ANSWERS = {
    "Long, long; one": TEXT,
    "Page": "https://x.example/a,b",
}


@pytest.fixture
def guest_list(make: Make, browser: Any) -> dict[str, bytes]:
    """The files that the page of the guest list downloads."""
    community = make.community(language="en")
    rsvp = make.rsvp(make.event(community, slug="may"), NAME, companions=2)
    with make.act():
        there = db.session.get_one(Rsvp, rsvp.id)
        there.note, there.answers = LINES, {**PHONES, **ANSWERS}
    olga = make.signed_in(browser(), make.organiser(community))
    return {
        f"guests.{kind}": olga.open("/o/e/may/guests").press(words).response.data
        for kind, words in (("csv", "CSV"), ("xlsx", "Excel"))
    }


def shown(folder: Path, files: dict[str, bytes]) -> dict[str, list[dict[str, str]]]:
    """The rows of each file by their titles."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    tables = office(folder, *files)
    return {
        name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        for name, rows in tables.items()
    }


@pytest.mark.slow
@pytest.mark.one_database
def test_libreoffice_shows_the_guest_list(guest_list: dict[str, bytes], tmp_path: Path) -> None:
    tables = shown(tmp_path, guest_list)
    for (row,) in tables.values():
        assert plain_cell(row["name"]) == NAME
        assert plain_cell(row["line_to_organisers"]) == LINES
        assert row["party"] == "3"
        phones = {title: row[title].replace(" ", "") for title in PHONES}
        assert phones == PHONES
        assert {title: row[title] for title in ANSWERS} == ANSWERS
    assert set(tables) == set(guest_list)


@pytest.mark.slow
@pytest.mark.one_database
def test_libreoffice_shows_the_contacts(app: Any, tmp_path: Path) -> None:
    program("soffice", "libreoffice-calc")
    with app.test_request_context():
        files = {f"{name}.csv": write([CONTACT]) for name, write in address_books.FORMATS.items()}
        files["people.xlsx"] = address_books.spreadsheet([CONTACT])
        lines = story(CONTACT)
    tables = {name: plain for name, (plain,) in shown(tmp_path, files).items()}
    google, outlook = tables["google.csv"], tables["outlook.csv"]
    assert plain_cell(google["Notes"]) == lines
    assert google["Phone 1 - Value"] == outlook["Mobile Phone"] == "+34 600 00 00 00"
    assert google["Website 2 - Value"] == outlook["Web Page"] == WEB
    assert google["Organization Title"] == outlook["Job Title"] == TEXT
    assert plain_cell(outlook["Notes"]).startswith(lines)
    for row in (tables["plain.csv"], tables["people.xlsx"]):
        assert (row["Name"], row["Phone"], row["Web"]) == (TEXT, "+34 600 00 00 00", WEB)
        assert [plain_cell(row[title]) for title in ("About", "Note")] == [LINES, LINES]
        assert row["Follow up on"] == "2026-12-08"
