"""What the cells of a column hold, by a sample of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eventapp.core.text import fold
from eventapp.guests.reading.addresses import holds_address, name_beside, tries_address
from eventapp.guests.reading.arrivals import says_when
from eventapp.guests.reading.companions import is_amount, is_count
from eventapp.guests.reading.names import looks_like_name, may_be_name
from eventapp.guests.reading.sheet import Row
from eventapp.guests.reading.statuses import (
    BLANK,
    UNKNOWN,
    is_distinct,
    read_status,
    says_no,
    says_yes,
)
from eventapp.guests.reading.ticket_codes import holds_ticket_code
from eventapp.model import Status

SAMPLE_ROWS = 400


class Evidence(NamedTuple):
    """How many of the cells; of one that is blank, none."""

    filled: int
    addresses: int
    bare_addresses: int  # with nothing beside
    tried_addresses: int  # that may be none
    amounts: int  # of people
    counts: int  # likewise, and in words
    moments: int
    answers: int  # yes, no, maybe
    yes: int
    statuses: int  # that are known
    distinct_statuses: int  # by words that answer no other question
    names: int  # of at least two words
    perhaps_names: int
    ticket_codes: int
    values: int  # that differ

    def share(self, number: int) -> float:
        return number / self.filled if self.filled else 0.0


def sample(rows: Sequence[Row]) -> list[list[str]]:
    """Rows from everywhere in a list, always the same ones."""
    step = max(1, len(rows) // SAMPLE_ROWS)
    return [cells for _, cells in rows[::step]]


def evidence_of(cells: Iterable[str]) -> Evidence:
    there = [cell for cell in cells if cell and not cell.isspace()]
    read = [read_status(cell, {}) for cell in there]
    return Evidence(
        filled=len(there),
        addresses=sum(map(holds_address, there)),
        bare_addresses=sum(holds_address(cell) and not name_beside(cell) for cell in there),
        tried_addresses=sum(map(tries_address, there)),
        amounts=sum(map(is_amount, there)),
        counts=sum(map(is_count, there)),
        moments=sum(map(says_when, there)),
        answers=sum(
            says_yes(cell) or says_no(cell) or status == Status.MAYBE
            for cell, status in zip(there, read, strict=True)
        ),
        yes=sum(map(says_yes, there)),
        statuses=sum(status not in (UNKNOWN, BLANK) for status in read),
        distinct_statuses=sum(map(is_distinct, there)),
        names=sum(map(looks_like_name, there)),
        perhaps_names=sum(map(may_be_name, there)),
        ticket_codes=sum(map(holds_ticket_code, there)),
        values=len({fold(cell[:200]) for cell in there}),
    )
