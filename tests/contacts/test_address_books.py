"""The CSV files that address books import, and the one for people."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from eventapp.contacts.address_books import FORMATS, GOOGLE, google, outlook, plain
from tests.contacts.people import NAME_ONLY, NURIA, PYDAY
from tests.properties import given, st

STORY = (
    "Bees and compilers\n"
    "Met at PyDay 2026, La Nave, 2026-12-01: knows Rust, likes stout\n"
    "Follow up on 2026-12-08"
)


def rows_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))


def filled(row: dict[str, str]) -> dict[str, str]:
    return {title: value for title, value in row.items() if value}


def test_google_finds_its_columns_and_every_field():
    (row,) = rows_of(google([NURIA]))
    assert list(row) == GOOGLE
    assert filled(row) == {
        "First Name": "Núria",
        "Last Name": "Castaño Peña",
        "Organization Name": "Acme Robotics, S.L.",
        "Organization Title": "Data analyst",
        "Notes": STORY,
        "Labels": "* myContacts ::: PyDay 2026 ::: rust",
        "E-mail 1 - Label": "* Work",
        "E-mail 1 - Value": "nuria@example.org",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "+34 600 00 00 00",
        "Website 1 - Label": "LinkedIn",
        "Website 1 - Value": "https://www.linkedin.com/in/nuria",
        "Website 2 - Label": "Work",
        "Website 2 - Value": "https://nuria.example.org/",
    }


def test_google_reads_its_first_header_only_without_a_mark():
    assert google([]).startswith(b"First Name,Middle Name,Last Name,")


def test_outlook_finds_its_columns_and_every_field():
    (row,) = rows_of(outlook([NURIA]))
    assert filled(row) == {
        "First Name": "Núria",
        "Last Name": "Castaño Peña",
        "Company": "Acme Robotics, S.L.",
        "Job Title": "Data analyst",
        "Mobile Phone": "+34 600 00 00 00",
        "Categories": "PyDay 2026;rust",
        "E-mail Address": "nuria@example.org",
        "E-mail Type": "SMTP",
        "E-mail Display Name": "Núria Castaño Peña",
        "Notes": STORY + "\nLinkedIn: https://www.linkedin.com/in/nuria",
        "Web Page": "https://nuria.example.org/",
    }


def test_a_spreadsheet_has_the_newest_meeting_in_columns_and_the_earlier_in_one():
    before = replace(PYDAY, event_title="Beers", place=None, met_on=date(2026, 5, 2), note=None)
    (row,) = rows_of(plain([replace(NURIA, occasions=(PYDAY, before))]))
    assert row == {
        "Name": "Núria Castaño Peña",
        "Email": "nuria@example.org",
        "Phone": "+34 600 00 00 00",
        "Company": "Acme Robotics, S.L.",
        "Role": "Data analyst",
        "LinkedIn": "https://www.linkedin.com/in/nuria",
        "Web": "https://nuria.example.org/",
        "About": "Bees and compilers",
        "Event": "PyDay 2026",
        "Place": "La Nave",
        "Met on": "2026-12-01",
        "Note": "knows Rust, likes stout",
        "Tags": "rust",
        "Follow up on": "2026-12-08",
        "Met before": "Met at Beers, 2026-05-02\nFollow up on 2026-12-08",
    }


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_who_was_met_one_sidedly_has_a_name_and_the_own_note(write):
    (row,) = rows_of(write([NAME_ONLY]))
    values = " ".join(filled(row).values())
    assert "Núria" in values
    assert "knows Rust" in values
    assert "@" not in values
    assert "+34" not in values


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_labels_cannot_break_out_of_their_column(write):
    tags = ("a ::: * starred", "b;c,d", "=1")
    (row,) = rows_of(write([replace(NURIA, occasions=(replace(PYDAY, tags=tags),))]))
    assert row.get("Labels", "").count(" ::: ") in (0, 4)
    assert row.get("Categories", "").count(";") in (0, 3)


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
@given(text=st.text(st.sampled_from("=+-@＝ \t\n;,\"'1a") | st.characters(codec="utf-8")))
def test_no_cell_is_a_formula_and_numbers_stay_dialable(write, text):
    occasion = replace(PYDAY, event_title=f"={text}", place=text, note=text, tags=(text,))
    typed = replace(NURIA, name=text, email=text, company=text, role=text, about=text)
    (row,) = rows_of(write([replace(typed, occasions=(occasion,))]))
    cells = list(row.values())
    assert cells.count("+34 600 00 00 00") == 1
    cells.remove("+34 600 00 00 00")
    assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in cells)
