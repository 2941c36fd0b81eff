"""A guest list is read whatever tool wrote it, and every row of it is accounted for."""

import csv
import io
from datetime import UTC, datetime

import pytest

from eventapp.core.csv_safe import write
from eventapp.core.errors import Refusal
from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.refusals import FileRefused
from tests.guests.lists import flagged, guests, only_guest, skipped
from tests.properties import given, st

STATUSES = {"going", "waitlisted", "pending", "not_going", "cancelled"}


def test_our_own_export_reads_back():
    file = write(
        ["name", "email", "status", "party", "arrived_at", "door"],
        [["=Ana", "ana@example.org", "going", 3, "2026-12-01T18:02:00+00:00", "Main door"]],
    )
    (guest,) = read(file).rows
    assert (guest.name, guest.companions, guest.checked_in) == ("=Ana", 2, True)
    assert guest.arrived_at == datetime(2026, 12, 1, 18, 2, tzinfo=UTC)
    assert guest.answers == {}


class TestRows:
    def test_numbers_are_those_of_a_spreadsheet(self):
        file = guests('name,note\n\n"Ana\nGil","one\ntwo"\n,,\nNoa,\n')
        assert [(guest.number, guest.name) for guest in file.rows] == [(3, "Ana Gil"), (5, "Noa")]
        assert file.skipped == []

    def test_a_title_may_stand_above_the_header(self):
        file = guests("Asistentes, martes;;\n;;\nNombre;Correo;Mesa\nAna;ana@example.org;4\n")
        assert [(guest.number, guest.email) for guest in file.rows] == [(4, "ana@example.org")]
        assert file.rows[0].answers == {"Mesa": "4"}

    def test_a_second_row_of_one_person_is_skipped(self):
        file = guests("name,email\nAna,ana@example.org\nAna Gil,ANA@EXAMPLE.ORG\n")
        assert [guest.name for guest in file.rows] == ["Ana"]
        assert skipped(file) == [(3, "duplicate")]
        assert "2" in file.skipped[0].reason

    def test_two_people_at_one_mailbox_are_two_guests(self):
        file = guests("name,email\nAna,ana@example.org\nAni,ANA@EXAMPLE.ORG\n")
        assert [(guest.name, guest.email) for guest in file.rows] == [
            ("Ana", "ana@example.org"),
            ("Ani", None),
        ]
        assert flagged(file) == [(3, "shared_email")]
        assert len({guest.ref for guest in file.rows}) == 2

    def test_who_cancelled_and_came_back_is_going(self):
        file = guests(
            "name,email,status\nAna,a@example.org,Refunded\nAna,a@example.org,Attending\n"
        )
        assert [(guest.number, guest.status) for guest in file.rows] == [(3, "going")]
        assert skipped(file) == [(2, "duplicate")]

    def test_an_id_stands_for_one_guest(self):
        file = guests("api_id,name\ng-1,Ana\ng-1,Ana again\n")
        assert skipped(file) == [(3, "duplicate")]

    def test_namesakes_without_address_are_two_people_told_apart_by_order(self):
        file = guests("name\nJosé Gil\nAna\nJose  Gil\n")
        assert [guest.ref for guest in file.rows] == [
            "name:jose gil#1",
            "name:ana#1",
            "name:jose gil#2",
        ]

    def test_an_address_tells_who_it_is_where_there_is_no_id(self):
        assert only_guest("name,email\nAna,ANA@example.org\n").ref == "email:ana@example.org"

    def test_a_broken_address_is_quoted(self):
        file = guests("name,email\nAna,ana@@example\nNoa,noa@example.org\n")
        assert [(guest.name, guest.email) for guest in file.rows] == [
            ("Ana", None),
            ("Noa", "noa@example.org"),
        ]
        assert flagged(file) == [(2, "bad_email")]
        assert "ana@@example" in file.flagged[0].reason

    def test_a_row_about_nobody_is_skipped(self):
        assert skipped(guests("name,email,table\n,,4\n")) == [(2, "nobody")]

    def test_a_name_has_120_characters_at_most(self):
        file = guests(f"name\n{'a' * 120}\n{'b' * 121}\n")
        assert len(file.rows) == 1
        assert skipped(file) == [(3, "name_too_long")]

    @pytest.mark.parametrize(
        ("columns", "cells"),
        [
            ("name,note", f"Ana,{'x' * 10_001}"),
            ("name,note", f"{'x' * 10_001},hi"),
            ("name,api_id", f"Ana,{'x' * 201}"),
        ],
    )
    def test_a_cell_that_is_too_long_is_named(self, columns, cells):
        file = guests(f"{columns}\n{cells}\nNoa,hi\n")
        assert [guest.name for guest in file.rows] == ["Noa"]
        assert skipped(file) == [(2, "too_long")]
        assert columns.split(",")[len(cells.split(",")[0]) < 10] in file.skipped[0].reason

    def test_a_long_cell_that_nobody_reads_does_not_matter(self):
        assert only_guest(f"name,barcode number\nAna,{'x' * 10_001}\n").name == "Ana"

    def test_rows_may_be_shorter_or_longer_than_the_header(self):
        file = guests("name,phone,note\nAna\nNoa,600000001,hi,what,is,this\n")
        assert [(guest.name, guest.phone) for guest in file.rows] == [
            ("Ana", None),
            ("Noa", "600000001"),
        ]
        assert file.rows[1].answers == {"note": "hi"}

    def test_two_columns_of_one_name_are_both_kept(self):
        guest = only_guest("name,drink,drink,\nAna,beer,wine,nameless\n")
        assert guest.answers == {"drink": "beer", "drink (2)": "wine"}

    def test_what_was_understood_is_told(self):
        columns = guests("Nombre;Correo;Mesa;Precio\n").columns
        assert [(one.title, one.meaning, one.why) for one in columns] == [
            ("Nombre", "name", "title"),
            ("Correo", "email", "title"),
            ("Mesa", "answer", "title"),
            ("Precio", "", "title"),
        ]


def as_csv(rows: list[list[str]], delimiter: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()


cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=20
) | st.sampled_from(
    [
        "Ana",
        "ana@example.org",
        "ANA@example.org",
        "going",
        "invited",
        "2",
        "2026-12-01T19:00Z",
        "'=1",
    ]
)


def is_data(title):
    """Whether a row with it is somebody's, whatever stands beside: a number, a time."""
    return title.replace(".", "").replace(":", "").isdecimal()


titles = cells.filter(lambda text: not is_data(text)) | st.sampled_from(
    ["Name", "email", "Estado", "guests", "checked_in_at", "api_id", "Apellidos", "Quantity"]
)


@given(st.binary() | st.text().map(str.encode) | st.binary().map(lambda data: b"name\n" + data))
def test_any_bytes_are_a_guest_list_or_refused(data):
    try:
        file = read(data)
    except Refusal:
        return
    assert isinstance(file, GuestFile)


@given(
    header=st.lists(titles, min_size=1, max_size=6),
    rows=st.lists(st.lists(cells, min_size=1, max_size=8), max_size=8),
    delimiter=st.sampled_from(",;\t"),
)
def test_every_row_is_one_guest_or_one_reason(header, rows, delimiter):
    data = as_csv([["Name", *header], *rows], delimiter)
    try:
        file = read(data)
    except FileRefused:
        return
    numbers = [row.number for row in file.rows] + [row.number for row in file.skipped]
    assert len(set(numbers)) == len(numbers) <= len(rows)
    assert len({guest.ref for guest in file.rows}) == len(file.rows)
    for guest in file.rows:
        assert guest.name
        assert guest.status in STATUSES
        assert 0 <= guest.companions < 500
        assert all(guest.answers.values())
    assert all(row.reason for row in file.skipped)
    again = read(data)
    assert (again.rows, skipped(again)) == (file.rows, skipped(file))
