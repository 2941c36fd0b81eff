"""Rows that are about nobody: a total, the header once more, a note below the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from eventapp.guests.reading.addresses import holds_address
from eventapp.guests.reading.statuses import BLANK, is_distinct, read_status
from eventapp.guests.reading.vocabulary import key, words

TOTAL_MOST = 60  # characters of a total
_FOOTER_WORDS_MOST = 4  # words of a cell by which a footer is known
_SAYS_MORE = re.compile(r"\d|:|https?/|©")
_LINK = re.compile(r"https?://|www\.|©")
_COUNT = re.compile(r"[\s:=(]*\d+[\s)]*$")


def heading_status(cells: Sequence[str]) -> str:
    """What a heading of a part of a list, such as "Waitlist (3)", says of the guests below it."""
    there = [cell for cell in cells if cell]
    return read_status(without_count(there[0]), {}) if len(there) == 1 else BLANK


def without_count(heading: str) -> str:
    return _COUNT.sub("", heading)


def is_about_nobody(cells: Sequence[str], titles: Sequence[str]) -> bool:
    there = [(index, line) for index, line in enumerate(cells) if line]
    is_header = all(titles[index] == line for index, line in there)
    is_alone = len(there) == 1 and len(titles) > 1 and _is_alone(there[0][1])
    may_be = is_header or is_alone or _is_total([line for _, line in there])
    return may_be and not any(holds_address(line) for _, line in there)


def _is_total(lines: Sequence[str]) -> bool:
    """Whether there is the word in it, and nothing else in words."""
    totals = [line for line in lines if line[:TOTAL_MOST].casefold().startswith(_beginnings())]
    if not any(key(without_count(line)) in words("total") for line in totals):
        return False
    return not any(char.isalpha() for line in lines if line not in totals for char in line)


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple({word[:3] for word in words("total")})


def _is_alone(line: str) -> bool:
    """Whether a cell alone in its row is a note or the heading of a part of the list."""
    parts = key(line).split()
    begins = (" ".join(parts[:size]) in words("footer") for size in range(1, _FOOTER_WORDS_MOST))
    is_footer = bool(_SAYS_MORE.search(line)) and any(begins)
    return is_footer or bool(_LINK.search(line)) or is_distinct(without_count(line))
