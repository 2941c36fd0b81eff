"""Write CSV in which no cell runs as a formula when a spreadsheet opens it (OWASP ASVS 1.2.10)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence

# What a spreadsheet calculates: = + - @ and their full-width forms, first in a cell or after
# blanks. A cell also begins after what separates cells elsewhere: Excel in Spanish, German or
# French splits our commas' file at semicolons. A leading tab or line break is escaped as such.
_BLANK = r"(?![\t\r\n])[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]"
_FORMULA = rf"(?:{_BLANK})*[=+\-@＝＋－＠]"
_UNSAFE, _ESCAPED = (
    re.compile(rf"^{mark}(?=[\t\r\n])|(?:^|(?<=[;\t\r\n])){mark}(?={_FORMULA})")
    for mark in ("", "'")
)
_E164 = re.compile(r"\+[1-9](?: ?[0-9]){6,14}(?:(?: ext\. |,)[0-9]{1,20})?")


def safe_cell(value: object, *, phone: bool = False) -> str:
    """The text of a value, with an apostrophe before what a spreadsheet would run as a formula.

    In a phone column, numbers in E.164 form (+34600000000), with or without spaces and an
    extension, stay as they are, since address books would keep the apostrophe.
    """
    text = "" if value is None else str(value)
    if phone and _E164.fullmatch(text):
        return text
    return _UNSAFE.sub("'", text)


def plain_cell(text: str) -> str:
    """The text of a cell that `safe_cell` wrote, without its apostrophes."""
    return _ESCAPED.sub("", text) if "'" in text else text


def write(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    phone_columns: Collection[str] = (),
    bom: bool = True,
) -> bytes:
    """A CSV file (RFC 4180: commas, CRLF) in UTF-8, with the byte order mark Excel needs.

    Each row has a value for each header; None is an empty cell. `phone_columns` names the
    headers under which phone numbers stand.
    """
    phones = [title in phone_columns for title in header]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(safe_cell(title) for title in header)
    for row in rows:
        writer.writerow(
            safe_cell(value, phone=phone) for value, phone in zip(row, phones, strict=True)
        )
    return file.getvalue().encode("utf-8-sig" if bom else "utf-8", "replace")
