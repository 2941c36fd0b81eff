"""What a cell says of what happened, and when: an arrival, a cancellation, a payment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from eventapp.core.text import clean_line
from eventapp.guests.reading.statuses import (
    ARRIVED,
    BLANK,
    NO_SHOW,
    UNKNOWN,
    read_status,
    says_no,
    says_yes,
)
from eventapp.guests.reading.vocabulary import key
from eventapp.model import Status

MOMENT_MOST = 60  # characters of a date and time
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}[:h]\d\d(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\d)"
    r"|\b\d{1,2}\.? (?:de )?[^\W\d]{3,12}\.?,? (?:de )?\d{4}\b"
    r"|\b[^\W\d]{3,12}\.? \d{1,2},? \d{4}\b"
)
_OF_MOMENT_MOST = 5  # letters and digits that belong to it: seconds, "Z", "UTC"
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,12})?")
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  of spreadsheets, in whatever zone they are
_SERIALS = range(36526, 73051)  # days: the years 2000 to 2099
_NOT = ("not ", "no ", "non ", "nicht ", "niet ", "nao ")
_SAYS_SO = frozenset({Status.CANCELLED, Status.NOT_GOING, NO_SHOW})


@lru_cache(4096)
def has_come(cell: str) -> bool | None:
    """Whether a cell of a check-in column means that the guest came: a yes, a number that is not 0,
    a time or a date. Returns None for words that are neither a yes nor a no.
    """
    if says_when(cell) or says_yes(cell):
        return True
    if number := _NUMBER.fullmatch(cell.strip()):
        return float(number[0].replace(",", ".")) > 0
    if says_no(cell):
        return False
    meaning = read_status(cell, {})
    return True if meaning == ARRIVED else None if meaning == UNKNOWN else False


@lru_cache(4096)
def has_happened(cell: str) -> bool | None:
    """Whether a cell of a column like "Cancelled" or "No show" says that it is so: by a yes, a time
    or the word itself. Returns None for other words.
    """
    if says_when(cell) or says_yes(cell):
        return True
    meaning = read_status(cell, {})
    if says_no(cell) or meaning == BLANK or f"{key(cell)} ".startswith(_NOT):
        return False
    return True if meaning in _SAYS_SO else None if meaning == UNKNOWN else False


@lru_cache(4096)
def is_unpaid(cell: str) -> bool:
    return says_no(cell) or read_status(cell, {}) == Status.PENDING


def is_only_moment(cell: str) -> bool:
    """Whether a cell is a time or a date and nothing else."""
    text = cell[:MOMENT_MOST]
    rest = _CLOCK.sub("", _DATE.sub("", text))
    return says_when(text) and sum(map(str.isalnum, rest)) <= _OF_MOMENT_MOST


def says_when(cell: str) -> bool:
    """Whether there is a time or a date in it, in whatever country's way."""
    text = cell[:MOMENT_MOST]
    return bool(_DATE.search(text) or _CLOCK.search(text) or _serial(text) is not None)


def moment_of(cell: str, zone: tzinfo) -> datetime | None:
    """The instant of an ISO 8601 date and time, or of a spreadsheet's number, in UTC. Without an
    offset it is taken in `zone`.

    Returns None for anything else: 11/01/26 is November in one country and January in another.
    """
    text = clean_line(cell[:MOMENT_MOST])
    try:
        if (serial := _serial(text)) is not None:
            moment = _DAY_ZERO + timedelta(seconds=round(serial * 86_400))
        elif _ISO.match(text):
            moment = datetime.fromisoformat(text.removesuffix(" UTC") + "Z" * text.endswith(" UTC"))
        else:
            return None
        return moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _serial(text: str) -> float | None:
    """The days that a spreadsheet counts, where it has lost that they are a date."""
    number = text.strip().replace(",", ".")
    if not _NUMBER.fullmatch(number) or "." not in number or int(float(number)) not in _SERIALS:
        return None
    return float(number)
