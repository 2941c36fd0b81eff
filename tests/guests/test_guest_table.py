"""A list is read however it was saved, or refused whole, saying why."""

import codecs

import pytest

from eventapp.guests.reading.guest_file import read
from eventapp.guests.reading.refusals import FileRefused
from tests.guests.lists import flagged, guests, only_guest


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_however_it_was_saved(delimiter, encoding, line_end):
    lines = ["Nombre|Correo|Nota", 'Íñigo|inigo@example.org|"vino; o\nsidra, o té"']
    text = line_end.join(lines).replace("|", delimiter)
    (guest,) = read(text.encode(encoding)).rows
    assert (guest.name, guest.email) == ("Íñigo", "inigo@example.org")
    assert guest.answers == {"Nota": "vino; o sidra, o té"}


def test_the_line_that_tells_excel_the_separator_is_no_row():
    assert only_guest("sep=;\r\nname;note\r\nAna, the one;x\r\n").number == 2


def test_commas_in_a_question_do_not_hide_the_semicolons():
    guest = only_guest("What is your name, please?;Email\nAna;ana@example.org\n")
    assert (guest.name, guest.email) == ("Ana", "ana@example.org")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "file_empty"),
        (b",,,\n,,\n", "file_empty"),
        (codecs.BOM_UTF16_LE, "file_empty"),
        (b"PK\x03\x04 and so on", "file_malformed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_malformed"),
        (b"%PDF-1.7\n", "file_kind"),
        (b"name\nAna\0\n", "file_binary"),
        (codecs.BOM_UTF16_LE + b"n", "file_binary"),
        (codecs.BOM_UTF8 + b"name\n\xff\n", "file_binary"),
        (b"name\n\x81\x00\xff\n", "file_binary"),
        (b"name\n\x81\x8d\x9d\xa0\xff\xdf\xfe\n", "file_encoding"),
        (b"name\n" + b"a" * 10_000_000, "file_too_big"),
        (b"name\n" + b"a\n" * 100_000, "file_too_big"),
        (b"table,drink\n4,beer\n", "file_no_columns"),
        (b"Ana Gil,ana@example.org\n", "file_no_columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(data, code):
    with pytest.raises(FileRefused) as no:
        read(data)
    assert no.value.code == code
    assert str(no.value)


def test_the_refusal_names_the_headers_that_were_found():
    with pytest.raises(FileRefused) as no:
        guests("mesa;bebida\n4;vino\n")
    assert "mesa" in str(no.value)
    assert "bebida" in str(no.value)


def test_a_quote_left_open_loses_no_row_and_is_told_by_its_own():
    file = guests('name,email\nAna,"ana@example.org\n"Noa" Gil,noa@example.org\n')
    assert [guest.email for guest in file.rows] == ["ana@example.org", "noa@example.org"]
    assert flagged(file) == [(2, "quotes"), (3, "quotes")]
