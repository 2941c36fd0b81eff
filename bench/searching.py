"""A door's search, one person at a time: how long it takes, and whether it finds who was meant."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection

from bench import venue
from eventapp.core import text

FIRST = 5  # whoever is meant is among so many


@dataclass(frozen=True)
class Searching:
    """Seconds from the request to the whole answer over loopback, sorted; and who was found."""

    typed: Sequence[float]  # names as they are, as far as somebody types them
    mistyped: Sequence[float]
    found: int  # of those mistyped

    def __str__(self) -> str:
        times = (f"{p95(times) * 1000:.1f}" for times in (self.typed, self.mistyped))
        share = self.found / len(self.mistyped)
        return (
            "  one search at a time, p95: {} ms typed, {} ms mistyped; "
            f"{share:.1%} of {len(self.mistyped)} mistyped found within the first {FIRST}"
        ).format(*times)


def p95(times: Sequence[float]) -> float:
    return times[int(len(times) * 0.95)]


def search_alone(
    port: int, phone: venue.Phone, guests: Sequence[venue.Guest], *, searches: int
) -> Searching:
    """Search so often for guests by what they are called, and by what a mistake makes of it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    queries = venue.mistyped(guests)[:searches]
    beginnings = _beginnings([guest.name for guest in guests[: len(queries)]])
    typed = [_search(connection, phone, beginning)[0] for beginning in beginnings]
    answers = [_search(connection, phone, query.typed) for query in queries]
    found = sum(
        text.fold(query.name) in map(text.fold, first)
        for query, (_, first) in zip(queries, answers, strict=True)
    )
    connection.close()
    return Searching(sorted(typed), sorted(taken for taken, _ in answers), found)


def _beginnings(names: Iterable[str]) -> list[str]:
    """Of each name another part: a letter, three, a word, two half words, all of it."""
    parts = []
    for number, name in enumerate(names):
        first, *_, last = [*text.words(name), *text.words(name)]
        ways = (first[0], last[:3], last, f"{last[:3]} {first[:2]}", name)
        parts.append(ways[number % len(ways)])
    return parts


def _search(connection: HTTPConnection, phone: venue.Phone, typed: str) -> tuple[float, list[str]]:
    started = time.perf_counter()
    connection.request("GET", venue.search_path(typed), headers=dict(phone.headers))
    page = connection.getresponse().read().decode()
    taken = time.perf_counter() - started
    return taken, [unescape(name) for name in re.findall(r'data-guest="([^"]*)"', page)[:FIRST]]
