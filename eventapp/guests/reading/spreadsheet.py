"""Spreadsheets: XLSX, XLSB, XLS and ODS, as sheets. What opens them: workbook.py."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.reading.refusals import (
    BinaryFile,
    BrokenSpreadsheet,
    EmptyFile,
    FileRefused,
    LockedFile,
    NotAList,
    TooManyRows,
    TooMuchInside,
)
from eventapp.guests.reading.sheet import (
    CELL_MOST,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_UNPACKED,
    Sheet,
)

WAIT_MOST = 30  # seconds
_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_READER = Path(__file__).with_name("workbook.py")
LIMITS = {
    "rows": MOST_ROWS + 1,
    "cells": MOST_CELLS,
    "sheets": MOST_SHEETS,
    "characters": CELL_MOST + 1,  # of a cell
    "unpacked": MOST_UNPACKED,
}
_KINDS = {
    "zip": _l("a zip file"),
    "word": _l("a text document"),
    "slides": _l("a presentation"),
    "numbers": _l("a document of Numbers"),
}
_REFUSALS: Mapping[str, type[FileRefused]] = {
    "locked": LockedFile,
    "broken": BrokenSpreadsheet,
    "big": TooMuchInside,
}


def is_spreadsheet(data: bytes) -> bool:
    return data.startswith(_STARTS)


def read_spreadsheet(data: bytes) -> list[Sheet]:
    """The visible sheets that have anything in them.

    Raises LockedFile, BrokenSpreadsheet, NotAList, TooMuchInside, TooManyRows or EmptyFile.
    """
    answer = _read_apart(data)
    if refused := answer.get("refused"):
        if refused in _KINDS:
            raise NotAList(kind=_KINDS[refused])
        raise _REFUSALS.get(refused, BinaryFile)
    sheets = [
        Sheet([(number, row[:MOST_COLUMNS]) for number, row in enumerate(rows, 1)], name)
        for name, rows in answer["sheets"]
        if any(map(any, rows))
    ]
    if not sheets:
        raise EmptyFile
    if any(len(sheet.rows) > MOST_ROWS for sheet in sheets):
        raise TooManyRows(most=MOST_ROWS)
    return sheets


def _read_apart(data: bytes) -> Mapping[str, Any]:
    """What workbook.py answers; it is ended by the system where it takes more than it may."""
    limits = [f"{name}={most}" for name, most in LIMITS.items()]
    call = [sys.executable, "-I", str(_READER), *limits]
    try:
        done = subprocess.run(  # noqa: S603  no shell, and the file comes by standard input
            call, input=data, capture_output=True, timeout=WAIT_MOST, check=True
        )
        return dict(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError) as no:
        raise TooMuchInside from no
