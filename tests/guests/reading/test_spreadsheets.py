"""XLSX, XLS and ODS: the sheet that is a guest list, each cell as it was typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from eventapp.guests.reading import spreadsheet
from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.refusals import FileRefused
from tests.guests.lists import told
from tests.guests.reading.spreadsheets import ods, ods_of, packed, xlsx

FILES = Path(__file__).parent / "files"
WHEN = datetime(2026, 11, 27, 18, 2, 11)  # noqa: DTZ001
ROWS: list[list[Any]] = [
    ["Name", "Email", "Phone", "Guests", "Ticket code", "Checked in at", "Table"],
    ["Ada Berg", "ada@example.org", 34600000001, 2.0, 1234567890123, WHEN, 4],
    ["Íñigo Peña", None, "+34 600 000 002", None, "T-0002", None, 1.5],
]


@pytest.mark.parametrize("write", [xlsx, ods])
def test_cells_are_as_they_were_typed(write):
    file = read(write({"Guests": ROWS}))
    assert told(file) == ["Ada Berg <ada@example.org> going +2 in", "Íñigo Peña <> going"]
    ada, inigo = file.rows
    assert (ada.phone, ada.ticket_codes, ada.answers) == (
        "34600000001",
        ("1234567890123",),
        {"Table": "4"},
    )
    assert ada.arrived_at == WHEN.replace(tzinfo=UTC)
    assert (inigo.phone, inigo.ticket_codes, inigo.answers["Table"]) == (
        "+34 600 000 002",
        ("T-0002",),
        "1.5",
    )


def test_a_workbook_of_old_excel_with_a_summary_and_a_merged_title():
    file = read((FILES / "guests.xls").read_bytes())
    assert (file.sheet, file.other_sheets) == ("Invitados", ["Resumen"])
    assert told(file) == [
        "Íñigo Peña <inigo@example.org> going +2 in",
        "Łucja Żak <lucja@example.org> going",
    ]
    assert (file.rows[0].number, file.rows[0].phone) == (4, "34600000001")
    assert file.rows[0].ticket_codes == ("1234567890123",)


class TestSheets:
    def test_the_one_that_looks_like_a_guest_list_is_read_and_said(self):
        file = read(xlsx({"Menu": [["Dish", "Price"], ["Soup", 4]], "Guests": ROWS, "Empty": []}))
        assert (file.sheet, file.other_sheets) == ("Guests", ["Menu"])
        assert len(file.rows) == 2

    def test_a_hidden_one_is_not_read(self):
        old = [["Name", "Email", "Status"], ["Old Guest", "old@example.org", "going"]]
        file = read(xlsx({"Last year": old, "Guests": [["Name"], ["Ada"]]}, hidden=["Last year"]))
        assert told(file) == ["Ada <> going"]
        assert file.other_sheets == []

    def test_rows_have_the_numbers_that_the_spreadsheet_shows(self):
        rows: list[list[Any]] = [[None], ["Guest list"], [None], ["Name", "Email"], ["Ada"]]
        file = read(xlsx({"Guests": rows}))
        assert [(guest.number, guest.name) for guest in file.rows] == [(5, "Ada")]
        assert file.header == 4

    def test_a_yes_is_a_yes(self):
        rows = [["Name", "Will you attend?"], ["Ada", True], ["Ben", False]]
        assert told(read(xlsx({"Guests": rows}))) == ["Ada <> going", "Ben <> not_going"]

    def test_an_error_of_a_formula_is_nothing(self):
        rows = [["Name", "Table"], ["Ada", "#N/A"]]
        assert read(xlsx({"Guests": rows})).rows[0].answers == {}


def refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as no:
        read(data)
    assert str(no.value)
    return no.value.code


class TestRefusals:
    @pytest.mark.parametrize(
        ("parts", "code"),
        [
            ({"word/document.xml": "<w/>"}, "file_kind"),
            ({"Index/Document.iwa": "x"}, "file_kind"),
            ({"ppt/presentation.xml": "<p/>"}, "file_kind"),
            ({"photo.jpg": "x"}, "file_kind"),
            ({"xl/workbook.xml": "no workbook"}, "file_malformed"),
        ],
    )
    def test_other_packages(self, parts, code):
        assert refused(packed(parts)) == code

    def test_a_workbook_without_anything_in_it(self):
        assert refused(xlsx({"Guests": [], "Other": []})) == "file_empty"

    def test_a_workbook_without_guests(self):
        assert refused(xlsx({"Menu": [["Dish", "Price"], ["Soup", 4]]})) == "file_no_columns"

    @pytest.mark.parametrize(
        "data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"%PDF-1.4", b"\x1f\x8b\x08"]
    )
    def test_what_is_no_list(self, data):
        assert refused(data + bytes(40)) == "file_kind"


class TestBombs:
    def test_a_cell_far_away_makes_no_sheet_of_billions(self):
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        assert refused(xlsx({"Guests": ROWS}, cells=far)) == "file_too_big"

    def test_a_cell_repeated_sixty_million_times(self):
        cell = '<table:table-cell table:number-columns-repeated="1000" office:value-type="string">'
        row = f'<table:table-row table:number-rows-repeated="60000">{cell}<text:p>a</text:p>'
        bomb = (
            f'<table:table table:name="a">{row}</table:table-cell></table:table-row></table:table>'
        )
        assert refused(ods_of(bomb)) == "file_too_big"

    def test_what_says_that_it_unpacks_to_much(self, monkeypatch):
        monkeypatch.setitem(spreadsheet.LIMITS, "unpacked", 100)
        assert refused(xlsx({"Guests": ROWS})) == "file_too_big"

    def test_what_takes_too_long(self, monkeypatch):
        monkeypatch.setattr(spreadsheet, "WAIT_MOST", 0.001)
        assert refused(xlsx({"Guests": ROWS})) == "file_too_big"

    @pytest.mark.parametrize(("limit", "most"), [("cells", 20), ("rows", 2)])
    def test_more_cells_or_rows_than_are_read(self, monkeypatch, limit, most):
        monkeypatch.setitem(spreadsheet.LIMITS, limit, most)
        monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1)
        assert refused(xlsx({"Guests": ROWS})) == "file_too_big"


def test_it_reads_as_the_same_list_in_text():
    text = "Name,Email,Guests\nAda,ada@example.org,2\nBen,,\n"
    rows = [line.split(",") for line in text.splitlines()]
    as_text, as_sheet = read(text.encode()), read(xlsx({"Guests": rows}))
    assert isinstance(as_sheet, GuestFile)
    assert as_sheet.rows == as_text.rows
