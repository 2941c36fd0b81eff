"""A report to take away."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from eventapp.core import csv_safe, xlsx
from eventapp.core.xlsx import XLSX_TYPE, Cell
from eventapp.report.pdf import pdf_of
from eventapp.report.sheet import Sheet


def file_of(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], *, name: str, kind: str
) -> Response:
    """A download of `kind` csv or xlsx."""
    if kind == "xlsx":
        response = Response(xlsx.write(header, rows), mimetype=XLSX_TYPE)
    else:
        response = Response(csv_safe.write(header, rows), mimetype="text/csv")
    return _download(response, f"{name}.{kind}")


def pdf_file(sheet: Sheet, *, name: str) -> Response:
    """A download of one page."""
    return _download(Response(pdf_of(sheet), mimetype="application/pdf"), f"{name}.pdf")


def _download(response: Response, filename: str) -> Response:
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response
