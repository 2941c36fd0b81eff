"""The part of a guest list that an address asks for: by its q, status, only, sort and page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import request, url_for
from werkzeug.exceptions import BadRequest

from eventapp.attendees.gate import PAGE_ROWS, Asked, asked
from eventapp.guests import whom
from eventapp.guests.choice import REMOVED, Choice, Mark, Order, Sort
from eventapp.model import Event, Status

FIRST_DOWN = (Sort.ANSWERED, Sort.ARRIVED)  # the newest first, when one turns to them


@dataclass(frozen=True)
class AskedGuests:
    event: Event
    choice: Choice
    part: Asked

    @cached_property
    def base(self) -> str:
        """The address of the whole list; that of each guest follows below it."""
        return url_for("guests.guest_list", slug=self.event.slug)

    @property
    def values(self) -> dict[str, Any]:
        """What the address of this list says, but for the page."""
        choice, order = self.choice, self.choice.order
        return {
            "q": choice.typed or None,
            "status": choice.status,
            "only": [mark.value for mark in choice.marks] or None,
            "sort": ("-" if order.is_descending else "") + order.by if order else None,
        }

    def address(self, **changes: Any) -> str:
        """Of the same list with something else chosen, from its first page on."""
        values = {**self.values, **changes}
        return url_for("guests.guest_list", slug=self.event.slug, **values)

    def with_status(self, status: str | None) -> str:
        return self.address(status=None if status == self.choice.status else status)

    def with_mark(self, mark: Mark) -> str:
        """Choose a mark; or, if it is chosen, no more."""
        choice = self.choice
        marks = choice.without_mark(mark) if mark in choice.marks else choice.with_mark(mark)
        return self.address(only=[one.value for one in marks] or None)

    def sorted_by(self, by: str) -> str:
        """In this order; or, if it is that one already, the other way round."""
        sort, order = Sort(by), self.shown_order
        if order and order.by == sort:
            return self.address(sort=("" if order.is_descending else "-") + sort)
        return self.address(sort=("-" if sort in FIRST_DOWN else "") + sort)

    @property
    def shown_order(self) -> Order | None:
        """None where who is nearest to what was typed comes first."""
        is_by_name = self.choice.typed and "@" not in self.choice.typed
        return self.choice.order or (None if is_by_name else Order())

    def aria_sort(self, by: str) -> str | None:
        order = self.shown_order
        if order is None or order.by != by:
            return None
        return "descending" if order.is_descending else "ascending"

    def first_row(self, shown: int) -> int:
        """The number of the first row of this page, of so many."""
        return min(self.part.offset + 1, shown)

    def last_row(self, shown: int) -> int:
        return min(self.part.offset + PAGE_ROWS, shown)

    def last_page(self, shown: int) -> int:
        return max(1, -(-shown // PAGE_ROWS))


def asked_guests(event: Event) -> AskedGuests:
    """What this request asks for; what is no status, mark or order counts as none."""
    part, args = asked(), request.args
    status, order = args.get("status"), args.get("sort", "")
    choice = Choice(
        typed=part.typed,
        status=status if status in (*Status, REMOVED) else None,
        order=_order(order),
    )
    for mark in args.getlist("only"):
        if mark in tuple(Mark):
            choice = replace(choice, marks=choice.with_mark(Mark(mark)))
    return AskedGuests(event, choice, part)


def _order(said: str) -> Order | None:
    by = said.removeprefix("-")
    return Order(Sort(by), said.startswith("-")) if by in tuple(Sort) else None


def whom_sent() -> list[int]:
    """The ids of the guests whom a form is about. Raises BadRequest."""
    return ids_sent("whom")


def ids_sent(field: str) -> list[int]:
    """The ids of guests in a field of a form. Raises BadRequest."""
    try:
        return whom.read(request.form.get(field, ""))
    except ValueError:
        raise BadRequest from None
