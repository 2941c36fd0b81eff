"""Read a spreadsheet from standard input, in a process of its own; imports nothing of eventapp.

A file of some kilobytes may unpack to gigabytes, or name a cell that makes a sheet of 17 billion;
the library that reads it then ends its process. So the system limits what this one may use, and
`spreadsheet.py` waits for it. Writes JSON to standard output: {"sheets": [[name, rows], ...]}, or
{"refused": reason}.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_MOST = 800_000_000  # bytes of addresses
SECONDS_MOST = 20  # of processor time

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_ZIP = b"PK\x03\x04"
_INSIDE = (  # what a zip file is, by what it has inside; "" for a spreadsheet
    (re.compile(r"xl/workbook\.(?:xml|bin)"), ""),
    (re.compile(r"content\.xml"), ""),
    (re.compile(r"word/document\.xml"), "word"),
    (re.compile(r"Index/(?:Document|Tables/.*)\.iwa|Index\.zip"), "numbers"),
    (re.compile(r"ppt/presentation\.xml"), "slides"),
)
_EXACT_MOST = 10**15  # greater numbers have lost digits in the spreadsheet already


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MOST, SECONDS_MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limits = {name: int(number) for name, _, number in (a.partition("=") for a in sys.argv[1:])}
    data = sys.stdin.buffer.read()
    refused = kind_of_zip(data, limits.pop("unpacked"))
    answer = {"refused": refused} if refused else read(data, **limits)
    json.dump(answer, sys.stdout)


def kind_of_zip(data: bytes, unpacked: int) -> str:
    """What a zip file is that is no spreadsheet, or one that says it unpacks to more bytes."""
    if not data.startswith(_ZIP):
        return ""
    try:
        inside = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        return "broken"
    if sum(one.file_size for one in inside) > unpacked:
        return "big"
    kinds = (kind for name, kind in _INSIDE if any(name.fullmatch(one.filename) for one in inside))
    return next(kinds, "zip")


def read(data: bytes, *, rows: int, cells: int, sheets: int, characters: int) -> dict[str, Any]:
    """The visible sheets, as rows of text."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        visible = [
            one.name
            for one in book.sheets_metadata
            if one.visible == calamine.SheetVisibleEnum.Visible
            and one.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        there = []
        for name in visible[:sheets]:
            sheet = book.get_sheet_by_name(name)
            cells -= sheet.total_height * sheet.total_width
            if cells < 0:
                return {"refused": "big"}
            kept = sheet.to_python(skip_empty_area=False, nrows=rows)
            there.append((name, [[text(cell)[:characters] for cell in row] for row in kept]))
        return {"sheets": there}
    except calamine.PasswordError:
        return {"refused": "locked"}
    except (calamine.CalamineError, OSError, ValueError):
        return {"refused": "broken"}


def text(value: Any) -> str:
    """A cell as it is typed: no ".0", dates in ISO 8601, errors of formulas as nothing."""
    match value:
        case str():
            return "" if _ERROR.fullmatch(value) else value
        case bool():
            return str(value).upper()
        case float():
            is_whole = value.is_integer() and abs(value) < _EXACT_MOST
            return str(int(value)) if is_whole else f"{value:.15g}"
        case datetime():
            return value.isoformat(" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return "" if value is None else str(value)


if __name__ == "__main__":
    main()
