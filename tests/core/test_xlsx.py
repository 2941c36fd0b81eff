"""Spreadsheets are read back by another library, and hold what was written."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from python_calamine import load_workbook

from eventapp.core import xlsx

MADRID = ZoneInfo("Europe/Madrid")


def read_back(data):
    return load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()


def sheet_xml(data):
    return ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example","x")',
        "+34600111222",
        "@SUM(A1)",
        "{=1+1}",
        "-1",
        "007012",
        "1E5",
        "true",
        "https://example.org/a?b=1&c=<2>",
        "mailto:ana@example.org",
        "_x000D_",
        "two\nlines",
        "🎉 Núñez “x”",
        "Ana ",
    ],
)
def test_a_text_stays_the_text_that_it_was(text):
    written = xlsx.write([text, "b"], [[text, "x"]])
    assert read_back(written) == [[text, "b"], [text, "x"]]
    assert "<f>" not in sheet_xml(written)
    assert "hyperlink" not in sheet_xml(written)


def test_numbers_times_and_nothing_are_what_they_are():
    at = datetime(2026, 11, 29, 19, 5, tzinfo=MADRID)
    assert read_back(xlsx.write(["n", "at", "none", "end"], [[3, at, None, "x"]]))[1] == [
        3.0,
        datetime.fromisoformat("2026-11-29T19:05"),
        "",
        "x",
    ]


def test_a_text_that_no_spreadsheet_holds_is_cut():
    assert read_back(xlsx.write(["a"], [["y" * 40_000]])) == [["a"], ["y" * xlsx.CELL_MOST]]


def test_the_header_is_bold_and_stays_in_sight_and_columns_are_as_wide_as_their_texts():
    xml = sheet_xml(xlsx.write(["name", "note"], [["x" * 30, "y" * 500]]))
    assert 'topLeftCell="A2"' in xml
    assert 'state="frozen"' in xml
    assert re.search(r'<c r="A1" s="1"', xml)
    first, second = map(float, re.findall(r'<col [^>]*width="([\d.]+)"', xml))
    assert 30 < first < 33
    assert 60 <= second < 62


def test_a_list_without_rows_has_its_header():
    assert read_back(xlsx.write(["name"], [])) == [["name"]]


def test_a_fraction_stays_a_number():
    assert read_back(xlsx.write(["n"], [[3.5], [2]])) == [["n"], [3.5], [2.0]]
