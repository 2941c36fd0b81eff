"""No text takes longer than its size allows: reading is linear in it, whatever is in it."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from eventapp.guests.reading.guest_file import read
from eventapp.guests.reading.refusals import FileRefused

SIZE = 100_000  # bytes
SECONDS_MOST = 10  # of processor time; what is not linear takes minutes
TOP = b"name,email,guests,status,checked in\n"
HOSTILE = {
    "quotes that open": b'"a,',
    "quotes that open in each line": b'"a\n',
    "quotes that open before an address": b'"a@b.c,d,e,f,g\n',
    "doubled quotes": b'"a"",\n',
    "delimiters": b",",
    "letters": b"a",
    "signs of addresses": b"a@",
    "an address without an end": b"a@a.",
    "numbers": b"a,,1 2 3 4 5 6 7 8 9\n",
    "people": b"a,,A & B & C & D & E & F\n",
    "dates": b"a,,,," + b"1/1" * 30 + b"\n",
    "parentheses": b"a,,,((((((((((((((((\n",
    "commas between names": b'"A, B, C, D, E, F, G"\n',
    "entities": b"&amp;#&lt;\n",
    "one mailbox": b"%d,a@example.org\n",
    "marks on a letter": "a\u0301".encode(),
    "letters of another encoding": b"\xd1\xf1a,\n",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_it_is_read_or_refused_in_time(part: bytes) -> None:
    size = SIZE // len(part)
    lines = (part % n for n in range(size)) if b"%d" in part else (part for _ in range(size))
    data, began = TOP + b"".join(lines), time.process_time()
    with suppress(FileRefused):
        read(data)
    assert time.process_time() - began < SECONDS_MOST


def test_many_tickets_of_one_order_are_one_party_or_too_many() -> None:
    rows = b"1,,ada@example.org\n" * 5000
    file = read(b"order id,attendee name,buyer email\n" + rows)
    assert file.rows == []
    assert [note.code for note in file.skipped] == ["companions"]


def test_titles_without_end() -> None:
    began = time.process_time()
    read(b"name," + b",".join(b"name of the guest of " * 15 for _ in range(199)) + b"\nAna\n")
    assert time.process_time() - began < SECONDS_MOST
