"""A report to take away."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from eventapp.core import csv_safe, xlsx
from eventapp.core.xlsx import XLSX_TYPE, Cell


def file_of(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], *, name: str, kind: str
) -> Response:
    """A download of `kind` csv or xlsx."""
    if kind == "xlsx":
        response = Response(xlsx.write(header, rows), mimetype=XLSX_TYPE)
    else:
        response = Response(csv_safe.write(header, rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return response
