"""The search and the page that a request asks for in a list of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request

from eventapp.core.request_limits import search_terms

PAGE_ROWS = 50
LAST_PAGE = 10_000

Row = TypeVar("Row")


@dataclass(frozen=True)
class Asked:
    typed: str = ""
    page: int = 1

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE_ROWS

    @property
    def limit(self) -> int:
        """One more row than is shown, which tells whether there is another page."""
        return PAGE_ROWS + 1

    def shown(self, rows: Sequence[Row]) -> Sequence[Row]:
        return rows[:PAGE_ROWS]

    def next_page(self, rows: Sequence[Row]) -> int | None:
        return self.page + 1 if len(rows) > PAGE_ROWS else None


def asked() -> Asked:
    """`?q=` and `?page=` of this request; an invalid page counts as the first."""
    page = request.args.get("page", 1, type=int)
    return Asked(search_terms().strip(), min(max(page, 1), LAST_PAGE))
