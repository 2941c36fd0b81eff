"""Addresses as people paste them into a cell: `Ana <ana@example.org>`, `mailto:`, several."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from eventapp.core.text import InvalidEmail, clean_line, normal_email
from eventapp.guests.reading.vocabulary import key, words

ADDRESSES_MOST = 1000  # characters of a cell that are looked at
_LOCAL_MOST = 64  # characters before the @ (RFC 5321)
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
ADDRESS_SHOWN = 80  # characters of a cell, in a reason
_AROUND = " \t\r\n\u00a0\u200b\u2060\ufeff\"'`´“”‘’«»<>()[]{},;:.…"
_BETWEEN = re.compile(r"[\s,;|<>()\[\]\"“”«»]+|:::|(?<=\w)/(?=\w+@)")
_LOOKS = re.compile(
    r"(?<![^\s<>,;:()\[\]\"])[^\s@<>,;:()\[\]\"]{1,64}@[^\s@<>,;:()\[\]\"]{1,250}\.[^\s@<>,;:()\[\]\".]{2,63}"
)
_SPELLED = re.compile(r"\w\s?[(\[{]\s?at\s?[)\]}]\s?\w", re.IGNORECASE)
_SPELLED_WHOLE = re.compile(_SPELLED.pattern + r"[\w-]*\.\w", re.IGNORECASE)
_DOTTED = re.compile(r"\w\.\w")


class Addresses(NamedTuple):
    email: str | None = None  # normalised, to send to: the first that can be one
    others: int = 0  # how many more there are
    broken: str = ""  # the cell, where it says something and no address that can be one


def holds_address(cell: str) -> bool:
    """Whether a cell looks as if an address were in it."""
    return "@" in cell and bool(_LOOKS.search(cell[:ADDRESSES_MOST]))


def spells_address(cell: str) -> bool:
    """Whether a cell writes the sign of an address in letters: `carlos(at)example`."""
    return bool(_SPELLED.search(cell[:ADDRESSES_MOST]))


def spells_whole_address(cell: str) -> bool:
    """Whether nothing but the sign is wrong with an address: `carlos(at)example.org`."""
    return bool(_SPELLED_WHOLE.search(cell[:ADDRESSES_MOST]))


def tries_address(cell: str) -> bool:
    """Whether a cell is meant as an address, though it may be none."""
    return "@" in cell or spells_address(cell) or bool(_DOTTED.search(cell[:ADDRESSES_MOST]))


def read_addresses(cell: str) -> Addresses:
    """The addresses in a cell. One that is spelled otherwise is not guessed."""
    text = cell[:ADDRESSES_MOST]
    if "@" not in text:
        is_nothing = not key(text) or key(text) in words("nothing")
        return Addresses(broken="" if is_nothing else clean_line(text)[:ADDRESS_SHOWN])
    found: list[str] = []
    for part in _BETWEEN.split(text):
        if "@" in part and (email := _normal(part)) and email not in found:
            found.append(email)
    if not found and (email := _normal(text)):  # with what a part may not have
        found.append(email)
    if found:
        return Addresses(found[0], len(found) - 1)
    return Addresses(broken=clean_line(text)[:ADDRESS_SHOWN])


def name_beside(cell: str) -> str:
    """The name that stands before an address: `Ana Gil` of `Ana Gil <ana@example.org>`."""
    before, opened, _ = cell[:ADDRESSES_MOST].partition("<")
    return clean_line(before).strip(_AROUND) if opened and "@" not in before else ""


def _normal(part: str) -> str | None:
    address = part.strip(_AROUND)
    if address[:7].casefold() == "mailto:":
        address = unquote(address[7:]).partition("?")[0]
    local, _, domain = address.rpartition("@")
    if len(local) <= _LOCAL_MOST and _PLAIN_LOCAL.fullmatch(local):
        return f"{local}@{known}" if (known := _normal_domain(domain)) else None
    return _normal_email(address)


@lru_cache(4096)
def _normal_domain(domain: str) -> str:
    """A domain as in a normal address; "" if none can have it. Most of a list share a few."""
    longest = _normal_email(f"{'a' * _LOCAL_MOST}@{domain}")
    return longest.rpartition("@")[2] if longest else ""


def _normal_email(address: str) -> str | None:
    try:
        return normal_email(address)
    except InvalidEmail:
        return None
