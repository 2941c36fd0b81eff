"""What holds of every list: each row is accounted for once, however the columns stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import suppress

from eventapp.guests.reading.guesses import CountedWith
from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.refusals import FileRefused
from tests.guests.lists import told
from tests.guests.reading.spreadsheets import xlsx
from tests.properties import assume, given, settings, st

NAMES = ("Ana", "Ana Gil", "Gil, Ana", "Luz & Cía", "", "ada@example.org", "Total", "anonymous")
ADDRESSES = (
    "ana@example.org", "ANA@example.org", "Ben <ben@example.org>", "n/a", "", "x@@y", "see Ana",
)  # fmt: skip
STATUSES = (
    "going",
    "Yes",
    "No",
    "Maybe",
    "Waitlist",
    "Refunded",
    "zapped",
    "",
    "Checked in",
    "invited",
)
COLUMNS = {
    "Name": NAMES,
    "Email": ADDRESSES,
    "Status": STATUSES,
    "Plus ones": ("", "2", "+1", "Karl Berg", "yes", "no", "500"),
    "Checked in at": ("", "2026-11-27 18:02", "no", "who knows"),
    "Order ID": ("", "1", "2"),
    "Buyer name": ("", "Boss Buyer", "Ana"),
    "Buyer email": ("", "boss@example.org", "ana@example.org"),
    "Attendee #": ("", "1", "2", "3"),
    "Table": ("", "4", "Ana"),
}
tables = st.lists(
    st.tuples(*(st.sampled_from(cells) for cells in COLUMNS.values())), min_size=1, max_size=12
)


def as_csv(rows: Sequence[Sequence[str]], titles: Sequence[str] = tuple(COLUMNS)) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([titles, *rows])
    return out.getvalue().encode()


def numbers_in(file: GuestFile) -> list[int]:
    """Of its rows: guests, companions of another row's guest, and those that are skipped."""
    guests = [guest.number for guest in file.rows]
    counted = [note.number for note in file.flagged if isinstance(note.refusal, CountedWith)]
    return [*guests, *counted, *(note.number for note in file.skipped)]


@given(tables)
def test_every_row_is_a_guest_or_has_one_reason(rows):
    file = read(as_csv(rows))
    assert sorted(numbers_in(file)) == [n for n, row in enumerate(rows, 2) if any(row)]
    assert all(note.reason for note in (*file.skipped, *file.flagged))
    assert len({guest.ref for guest in file.rows}) == len(file.rows)
    mailboxes = [guest.mailbox for guest in file.rows if guest.email]
    assert len(set(mailboxes)) == len(mailboxes)


@given(tables)
def test_nobody_is_lost_and_nobody_added(rows):
    """Where each row is somebody's alone, with a name of their own."""
    named = [(f"Guest {n}", f"g{n}@example.org", "going", *row[3:5], "", "", "", str(n), row[9])
             for n, row in enumerate(rows)]  # fmt: skip
    file = read(as_csv(named))
    assert [guest.name for guest in file.rows] + [note.name for note in file.skipped] == [
        name for name, *_ in sorted(named, key=lambda row: row[3] == "500")
    ]


@given(tables, st.permutations(range(len(COLUMNS))))
def test_the_order_of_the_columns_says_nothing(rows, order):
    """But where it shows a row that slipped: an address beside the column of addresses."""
    assume(("ada@example.org", "see Ana") not in [row[:2] for row in rows])
    titles = list(COLUMNS)
    shuffled = as_csv([[row[i] for i in order] for row in rows], [titles[i] for i in order])
    assert told(read(as_csv(rows))) == told(read(shuffled))


@given(tables)
def test_reading_twice_reads_the_same(rows):
    one, other = read(as_csv(rows)), read(as_csv(rows))
    assert (one.rows, told(one), one.columns) == (other.rows, told(other), other.columns)


@settings(max_examples=10)
@given(tables)
def test_a_spreadsheet_reads_as_its_text(rows):
    assert told(read(xlsx({"Guests": [list(COLUMNS), *rows]}))) == told(read(as_csv(rows)))


titles = st.lists(
    st.sampled_from((*COLUMNS, "Attendee email", "Nombre", "Apellidos", "Guest 1", "E-mail 2")),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip
cells = st.text(max_size=12) | st.sampled_from((*NAMES, *ADDRESSES, *STATUSES))


@given(
    titles, st.lists(st.lists(cells, min_size=1, max_size=7), max_size=8), st.sampled_from(",;\t|")
)
def test_whatever_stands_in_it_every_row_has_its_place(titles, rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["Full name", *titles], *rows])
    try:
        file = read(out.getvalue().encode())
    except FileRefused:
        return
    numbers = numbers_in(file)
    assert len(set(numbers)) == len(numbers) <= len(rows)
    assert all(guest.name and 0 <= guest.companions < 500 for guest in file.rows)


@given(st.binary() | st.binary().map(lambda data: b"name,email\n" + data))
def test_any_bytes_are_a_guest_list_or_refused(data):
    with suppress(FileRefused):
        assert isinstance(read(data), GuestFile)
