"""A spreadsheet that opens our CSV finds text in every cell, never a formula."""

import csv
import io
import re

import pytest

from eventapp.core.csv_safe import plain_cell, safe_cell, write
from tests.properties import given, st

FORMULA_STARTS = "=+-@＝＋－＠"
E164 = re.compile(r"\+[1-9](?: ?[0-9]){6,14}")
hostile = st.text(
    st.sampled_from(" =+-@＝＋－＠\t\r\n;,\"'1a\u00a0\u200b") | st.characters(codec="utf-8")
)


def cells_of(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('=HYPERLINK("http://example.net","x")', '\'=HYPERLINK("http://example.net","x")'),
        ("+1+1", "'+1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2", "'-2"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u200b=1", "'\u200b=1"),
        ("＝1", "'＝1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("a;=1", "a;'=1"),  # where the semicolon separates, as in Spanish Excel
        ("a\n =1", "a\n' =1"),
        ("+34600000000", "'+34600000000"),
        ("O'Brien", "O'Brien"),
        ("a=b, c-d", "a=b, c-d"),
        (None, ""),
        (3, "3"),
    ],
)
def test_a_formula_becomes_text(value, cell):
    assert safe_cell(value) == cell


@pytest.mark.parametrize(
    "number", ["+34600000000", "+34 600 00 00 00", "+1234567", "+123456789012345"]
)
def test_an_international_number_stays_as_it_is_in_a_phone_column(number):
    assert safe_cell(number, phone=True) == number


@pytest.mark.parametrize(
    "value",
    [
        "+0600000000",
        "+123456",
        "+1234567890123456",
        "+34600000000\n",
        "+34600000000+1",
        "+٣٤٦٠٠٠٠٠٠٠٠",
        " +34600000000",
        "=34600000000",
        "+34  600 000 000",
    ],
)
def test_nothing_else_is_excused_in_a_phone_column(value):
    assert safe_cell(value, phone=True).startswith("'")


def test_a_file_has_a_mark_for_excel_and_lines_as_rfc_4180_wants_them():
    file = write(["name", "note"], [["Núria", 'said "hi",\nleft'], ["=1", None]])
    assert file == (b'\xef\xbb\xbfname,note\r\nN\xc3\xbaria,"said ""hi"",\nleft"\r\n\'=1,\r\n')
    assert write(["name"], [], bom=False) == b"name\r\n"


def test_headers_are_made_safe_and_phone_columns_go_by_their_header():
    file = write(
        ["=1", "phone", "fax"], [["x", "+34600000000", "+34600000000"]], phone_columns=["phone"]
    )
    assert cells_of(file) == [["'=1", "phone", "fax"], ["x", "+34600000000", "'+34600000000"]]


@given(hostile)
def test_no_cell_can_be_read_as_a_formula_whatever_separates_the_columns(value):
    for part in re.split(r"[;\t\r\n]", safe_cell(value)):
        shown = part.lstrip().lstrip("\u200b")
        assert not shown.startswith(tuple(FORMULA_STARTS))


@given(hostile | st.from_regex(E164, fullmatch=True))
def test_in_a_phone_column_only_international_numbers_start_like_a_formula(value):
    cell = safe_cell(value, phone=True)
    assert cell == value if E164.fullmatch(value) else not cell.startswith(tuple(FORMULA_STARTS))


@given(st.text().filter(lambda value: "'" not in value))
def test_a_cell_reads_back_as_it_was(value):
    assert plain_cell(safe_cell(value)) == value


@given(st.lists(st.lists(hostile, min_size=2, max_size=2)))
def test_a_file_has_the_cells_it_was_given(rows):
    file = write(["a", "b"], rows)
    assert cells_of(file)[1:] == [[safe_cell(cell) for cell in row] for row in rows]
