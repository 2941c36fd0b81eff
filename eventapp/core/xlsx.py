"""Write a spreadsheet (XLSX) whose texts stay texts: no cell runs as a formula, no number is read
into what only looks like one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | float | date | None  # or a datetime

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_MOST = 32_767  # characters, in every spreadsheet program
WIDTHS = (8, 60)  # characters: of the narrowest column and of the widest
DAY_FORMAT = "yyyy-mm-dd"
TIME_FORMAT = "yyyy-mm-dd hh:mm"


def write(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one sheet: the header bold, and in sight however far one scrolls.

    Times are written as their own zone's clocks show them, since a spreadsheet knows no zones.
    """
    file = BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        formats = [book.add_format({"num_format": form}) for form in (DAY_FORMAT, TIME_FORMAT)]
        widths = [len(title) for title in header]
        for column, title in enumerate(header):
            sheet.write_string(0, column, title[:CELL_MOST], bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    is_time = isinstance(cell, datetime)
                    at = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
                    sheet.write_datetime(number, column, at, formats[is_time])
                    widths[column] = max(widths[column], len(TIME_FORMAT))
                elif isinstance(cell, int | float):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, cell[:CELL_MOST])
                    widths[column] = max(widths[column], len(cell))
        _lay_out(sheet, widths)
    return file.getvalue()


def _lay_out(sheet: Worksheet, widths: Sequence[int]) -> None:
    narrowest, widest = WIDTHS
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 1, narrowest), widest))
    sheet.freeze_panes(1, 0)
