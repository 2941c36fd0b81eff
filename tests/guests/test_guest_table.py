"""A list is read however it was saved, or refused whole, saying why."""

import codecs

import pytest

from eventapp.guests.guest_file import read
from eventapp.guests.refusals import FileRefused
from tests.guests.reading import guests, only_guest


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
        (b"PK\x03\x04 and so on", "file_binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_binary"),
        (b"%PDF-1.7\n", "file_binary"),
        (b"name\nAna\0\n", "file_binary"),
        (codecs.BOM_UTF16_LE + b"n", "file_binary"),
        (codecs.BOM_UTF32_LE + "name".encode("utf-32-le"), "file_binary"),
        (b"name\n\x81\x8d\xff\n", "file_binary"),
        (b"name\n" + b"a" * 10_000_000, "file_too_big"),
        (b"name\n" + b"a\n" * 100_000, "file_too_big"),
        (b'name,email\nAna,"ana@example.org\nNoa,x\n', "file_malformed"),
        (b'name\n"Ana" Gil\n', "file_malformed"),
        (b'"name\n', "file_malformed"),
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


def test_a_quote_left_open_is_told_by_its_row():
    with pytest.raises(FileRefused) as no:
        guests('name\nAna\n"Noa\n')
    assert "3" in str(no.value)
