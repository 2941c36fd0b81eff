"""What a ticket of another tool says when it is scanned, as a list has it."""

from __future__ import annotations

import pytest

from eventapp.guests.reading.guest_file import read
from eventapp.guests.reading.ticket_codes import codes_in
from tests.guests.lists import guests

LUMA = "https://luma.com/check-in/evt-1?pk=g-2,3;4"


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("77914403", ("77914403",)),
        (" 7791 4403 2210 ", ("779144032210",)),
        ("77914403, 77914404", ("77914403", "77914404")),
        ("77914403,77914404;77914403", ("77914403", "77914404")),
        ("z3fsn8jy|k5pk768q", ("z3fsn8jy", "k5pk768q")),
        (LUMA, (LUMA,)),
        (f"{LUMA} {LUMA}x", (LUMA, f"{LUMA}x")),
        (f"{LUMA},{LUMA}x", (LUMA, f"{LUMA}x")),
        *((none, ()) for none in ("", " ", "17", "A-1", "1.23457E+22", "x" * 501)),
    ],
)
def test_the_codes_in_a_cell(cell, codes):
    assert codes_in(cell) == codes


def test_a_guest_has_the_codes_of_all_columns():
    (ana,) = guests(f"name,barcode,qr code url\nAna Ruiz,77914403,{LUMA.partition(',')[0]}\n").rows
    assert ana.ticket_codes == ("77914403", LUMA.partition(",")[0])


def test_tickets_that_count_for_one_guest_bring_their_codes():
    file = guests(
        "order,attendee name,email,barcode,attendee status\n"
        "1,Ana Ruiz,ana@example.org,77914401,Attending\n"
        "1,Ana Ruiz,ana@example.org,77914402,Attending\n"
        "2,Ana Ruiz,ana@example.org,77914403,Cancelled\n"
    )
    (ana,) = file.rows
    assert (ana.companions, ana.ticket_codes) == (1, ("77914401", "77914402"))


def test_a_guest_who_is_there_twice_has_both_codes():
    file = guests(
        "name,email,barcode\nAna Ruiz,a@example.org,77914401\nAna Ruiz,a@example.org,77914402\n"
    )
    assert file.rows[0].ticket_codes == ("77914401", "77914402")


@pytest.mark.parametrize("title", ["Entrada", "Ticket", "Zeta"])
def test_a_column_of_codes_is_told_by_its_cells(title):
    luma = "https://lu.ma/check-in/evt-1aB?pk=g-y0kQ77AAA22"
    rows = f"Nombre,{title}\nAna Gil,{luma}2\nBea Paz,{luma}3\n"
    assert [one.ticket_codes for one in read(rows.encode()).rows] == [(f"{luma}2",), (f"{luma}3",)]
    kinds = read(f"Nombre,{title}\nAna Gil,VIP\nBea Paz,General\n".encode())
    assert [one.ticket_codes for one in kinds.rows] == [(), ()]
