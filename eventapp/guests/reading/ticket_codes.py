"""The codes of tickets in a cell: one, or those of all tickets of an order."""

from __future__ import annotations

import re

from eventapp.model.limits import TICKET_CODE_LEAST, TICKET_CODE_MOST

_BETWEEN = re.compile(r"[,;|\s]+")
_BETWEEN_ADDRESSES = re.compile(r"[,;|]?\s+|[,;|](?=https?://)")
# Addresses that tools put into the QR of a ticket, and the secrets in them.
_OF_TICKET = re.compile(
    r"https?://\S+[?&]pk=[\w-]{6,}\S*|https?://\S+/(?:check-?in|tickets?)/\S*\d\S*|(?:g-|ti_)\w{8,}",
    re.IGNORECASE | re.ASCII,
)
_ROUNDED = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)  # what a spreadsheet leaves of a barcode


def codes_in(cell: str) -> tuple[str, ...]:
    """What a scanner reads off the tickets: "7791 4403 2210" is one code, in groups, and
    "77914403, 77914404" are two. What is too short to be told from a number, or too long to be
    scanned, is none.
    """
    between = _BETWEEN_ADDRESSES if "://" in cell else _BETWEEN
    parts = [part for part in between.split(cell.strip()) if part]
    if any(len(part) < TICKET_CODE_LEAST for part in parts):
        parts = ["".join(cell.split())]
    return tuple(dict.fromkeys(filter(_may_be_code, parts)))


def holds_ticket_code(cell: str) -> bool:
    """Whether a cell can only be the code of a ticket, whatever its column is called."""
    return bool(_OF_TICKET.fullmatch(cell.strip()))


def _may_be_code(part: str) -> bool:
    is_of_length = TICKET_CODE_LEAST <= len(part) <= TICKET_CODE_MOST
    return is_of_length and not _ROUNDED.fullmatch(part)
