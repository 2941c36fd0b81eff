"""Codes on tickets of other tools, by which a door finds a guest as by a ticket of ours.

`static/ticket_codes.js` reads a code the same way offline; tests/door/ticket_codes.json holds for
both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from math import log2
from typing import NamedTuple

from sqlalchemy import func, select

from eventapp.core.any_of import any_of
from eventapp.core.caseless import caseless
from eventapp.core.db import execute
from eventapp.core.links import digest
from eventapp.door.scanned import clean_code, readings
from eventapp.model import Rsvp, TicketCode
from eventapp.model.limits import TICKET_CODE_LEAST, TICKET_CODE_MOST

_ADDRESS = re.compile(r"https?://[^/?#]+/(.*[^/])/*", re.IGNORECASE)
_KEY_IN_QUESTION = re.compile(r"(?:.*[?&])pk=([\w-]{6,})(?:[&#].*)?", re.IGNORECASE | re.ASCII)
_SECRET_AT_END = re.compile(r"(?:.*/)?(?=[a-z_-]*\d)([\w-]{8,})", re.IGNORECASE | re.ASCII)


CODE_DIGITS = 6  # hex, of a digest: what a phone keeps of a code, 24 bits
SHARED_BITS = 12  # that many more a code has at least, so that thousands have the same piece

_PART = re.compile(r"[a-z0-9]+", re.IGNORECASE)
_WORD = r"(?:[a-z]*|[A-Z]*|(?:[A-Z][a-z]+)+)"
_NUMBERED = re.compile(rf"{_WORD}(\d*){_WORD}")


class Holder(NamedTuple):
    """Which guest, of which event, has a code."""

    event_id: int
    rsvp_id: int


def code_key(code: str) -> str:
    """What of a code is compared. Of an address, what follows the host, which a tool may move; or
    only the secret in it, at its end or as its `pk`, since some tools print or list that alone.
    """
    code = "".join(clean_code(code).split())
    if not (address := _ADDRESS.fullmatch(code)):
        return code
    path = address.group(1)
    secret = _KEY_IN_QUESTION.fullmatch(path) or _SECRET_AT_END.fullmatch(path)
    return secret.group(1) if secret else path


def listed_code(slug: str, key: str) -> str:
    """What a phone's list has of a code: a piece of its digest, or "" where that would betray it,
    as all codes of that form can be tried. The event's address goes in, so that nobody can have
    made a table of digests before. Case does not count, neither here nor in how many there are.
    """
    if _bits(key) < 4 * CODE_DIGITS + SHARED_BITS:
        return ""
    return digest(f"{slug}/{caseless(key)}")[:CODE_DIGITS]


def _bits(key: str) -> float:
    """How many codes of the form of this one there are, as a power of two, guessed low: words are
    always the same, and so is what stands before and after a number.
    """
    return sum(map(_bits_of_part, _PART.findall(key)))


def _bits_of_part(part: str) -> float:
    if numbered := _NUMBERED.fullmatch(part):
        return len(numbered.group(1)) * log2(10)
    return len(part) * log2(26 + 10)


_WITH_KEYS = select(TicketCode.key, TicketCode.event_id, TicketCode.rsvp_id).where(
    any_of(TicketCode.caseless_key, "keys")
)


def holders_of(scanned: str) -> list[Holder]:
    """The guests, one an event at most, who have the code that was scanned: as it was typed, else
    whoever alone has it in another case or layout.
    """
    code = clean_code(scanned)
    if not (TICKET_CODE_LEAST <= len(scanned) <= TICKET_CODE_MOST and code.isprintable()):
        return []  # no database holds what cannot be printed
    typed, *others = map(code_key, readings(code))
    found: dict[int, set[int]] = defaultdict(set)
    as_typed: dict[int, set[int]] = {}
    for row in execute(_WITH_KEYS, {"keys": list({*map(caseless, (typed, *others))})}):
        found[row.event_id].add(row.rsvp_id)
        if row.key == typed:
            as_typed[row.event_id] = {row.rsvp_id}
    alone = {event_id: ids for event_id, ids in (found | as_typed).items() if len(ids) == 1}
    return [Holder(event_id, rsvp_id) for event_id, (rsvp_id,) in alone.items()]


# A column for queries of guests: the keys of all their codes, with spaces between.
KEYS_OF_GUEST = (
    select(func.aggregate_strings(TicketCode.key, " "))
    .where(TicketCode.rsvp_id == Rsvp.id)
    .scalar_subquery()
)


def codes_of_guests(event_id: int) -> dict[int, list[str]]:
    """The codes of an event's guests who have any, as their list has them, by the guest's id."""
    codes: dict[int, list[str]] = defaultdict(list)
    at_event = select(TicketCode.rsvp_id, TicketCode.code).filter_by(event_id=event_id)
    of_lists = at_event.where(TicketCode.code != "")
    for row in execute(of_lists.order_by(TicketCode.key)):
        codes[row.rsvp_id].append(row.code)
    return codes
