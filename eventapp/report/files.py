"""A report to take away."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from eventapp.core import csv_safe, xlsx
from eventapp.core.xlsx import XLSX_TYPE, Cell
from eventapp.report.figures import Figures
from eventapp.report.pdf import pdf_of
from eventapp.report.sheet import Sheet
from eventapp.report.words import HALVES


def file_of(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], *, name: str, kind: str
) -> Response:
    """A download of `kind` csv or xlsx."""
    if kind == "xlsx":
        response = Response(xlsx.write(header, rows), mimetype=XLSX_TYPE)
    else:
        response = Response(csv_safe.write(header, rows), mimetype="text/csv")
    return _download(response, f"{name}.{kind}")


def number_of(name: str, figures: Figures) -> Cell:
    """A figure in the form of all others of its name: 2.0 beside 2.5, and 10 beside 15."""
    if name not in figures:
        return None
    return float(figures[name]) if name in HALVES else int(figures[name])


def pdf_file(sheet: Sheet, *, name: str) -> Response:
    """A download of one page."""
    return _download(Response(pdf_of(sheet), mimetype="application/pdf"), f"{name}.pdf")


def _download(response: Response, filename: str) -> Response:
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response
