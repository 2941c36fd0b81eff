"""What each column of a list is taken for: by its title, and by what its cells hold.

`take` decides for each column by itself; `settle` for all of them, where several say one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from eventapp.guests.reading.evidence import Evidence
from eventapp.guests.reading.own_export import heading_of
from eventapp.guests.reading.titles import NAMES, Title, Whose, of_companion, read_title

ANSWER, DROPPED = "answer", ""


class Why(StrEnum):
    """By what a column was taken for what it is."""

    TITLE = "title"
    CELLS = "cells"
    QUESTION = "question"  # of the event, with these words
    MAPPING = "mapping"  # somebody said so
    REMEMBERED = "remembered"  # somebody said so of an earlier list
    ELSEWHERE = "elsewhere"  # somebody said that another column is what it was taken for
    UNKNOWN = "unknown"  # by nothing: it is kept as an answer


@dataclass(frozen=True, slots=True)
class Column:
    index: int
    title: str
    meaning: str  # as in `Title`; ANSWER; DROPPED
    why: Why
    whose: Whose = Whose.UNSAID
    rank: tuple[int, ...] = ()  # of several with one meaning, the smaller comes first
    label: str = ""  # of the event's question that it answers

    @property
    def number(self) -> int:
        """As a spreadsheet counts: the first column is 1."""
        return self.index + 1

    @property
    def heading(self) -> str:
        """Under which its cells are answers."""
        return self.label or heading_of(self.title)


# What a column of each meaning has to hold, if it holds anything.
_MOST, _MANY, _SOME = 0.8, 0.5, 0.3
_HOLDS: Mapping[str, Callable[[Evidence], bool]] = {
    "email": lambda e: e.tried_addresses > 0,
    "status_perhaps": lambda e: e.share(e.statuses) >= _MANY,
    "phone": lambda e: e.share(e.answers) < _MANY and e.share(e.addresses) < _MANY,
    "cancelled": lambda e: e.share(e.amounts - e.answers) < _MANY,
    "people": lambda e: e.share(e.counts) >= _MANY,  # not "Ruiz family"
    **dict.fromkeys(("adults", "kids"), lambda e: e.share(e.counts) >= _MOST),
    "paid": lambda e: e.yes > 0 and e.share(e.answers) >= _MANY,
    **dict.fromkeys(
        NAMES,
        lambda e: max(e.share(e.answers), e.share(e.amounts), e.share(e.bare_addresses)) < _MANY,
    ),
}
_ASKED_HOLDS: Mapping[str, Callable[[Evidence], bool]] = {
    "people": lambda e: True,
    "status": lambda e: e.share(e.statuses) >= _MANY,
    "email": lambda e: e.share(e.addresses) >= _SOME,
}
_ALIASES = {
    "status_perhaps": "status",
    "status_or_region": "status",
    "place": ANSWER,
    "bookkeeping": DROPPED,
}


def take(index: int, title: str, evidence: Evidence) -> Column:
    """What a column is by itself."""
    read = read_title(title)
    if (read is None or read.meaning == ANSWER) and _is_of_ticket_codes(evidence):
        return Column(index, title, "ticket_code", Why.CELLS)
    if read is None:
        return Column(index, title, ANSWER, Why.UNKNOWN)
    meaning = _ALIASES.get(read.meaning, read.meaning)
    whose = read.whose
    if evidence.filled and not _may_hold(read, evidence):
        is_count = read.meaning == "name" and whose == Whose.GUEST
        if is_count and evidence.share(evidence.amounts + evidence.answers) >= _MANY:
            return Column(index, title, "companions", Why.CELLS)
        return Column(index, title, ANSWER, Why.CELLS, whose)
    return Column(index, title, meaning, Why.TITLE, whose, (read.asked, read.number, index))


def _is_of_ticket_codes(evidence: Evidence) -> bool:
    return evidence.ticket_codes > 0 and evidence.share(evidence.ticket_codes) >= _MOST


def _may_hold(read: Title, evidence: Evidence) -> bool:
    holds = _ASKED_HOLDS.get(read.meaning) if read.asked else None
    holds = holds or _HOLDS.get(read.meaning)
    return holds is None or holds(evidence)


def settle(columns: Sequence[Column], evidence: Sequence[Evidence]) -> list[Column]:
    """What the columns are, together."""
    settled = list(columns)
    _tell_regions(settled, evidence)
    _take_by_cells(settled, evidence)
    _tell_companions(settled, evidence)
    _tell_ages(settled)
    _number_guests(settled)
    return settled


def _tell_regions(columns: list[Column], evidence: Sequence[Evidence]) -> None:
    """ "Estado" is a region beside a city or a country, where no cell has a status."""
    meanings = [read.meaning if (read := read_title(one.title)) else "" for one in columns]
    if "place" in meanings:
        for index, meaning in enumerate(meanings):
            if meaning == "status_or_region" and not evidence[index].statuses:
                columns[index] = replace(columns[index], meaning=ANSWER, why=Why.CELLS)


def _take_by_cells(columns: list[Column], evidence: Sequence[Evidence]) -> None:
    """A meaning that no title has goes to the column whose cells have it."""
    unknown = [one.index for one in columns if one.why == Why.UNKNOWN]
    has = {one.meaning for one in columns}
    rows = max((one.filled for one in evidence), default=0)
    for meaning, holds, lacking in (
        ("email", _is_of_addresses, {"email"}),
        ("name", _is_of_names, set(NAMES[:3])),  # beside a last name alone, too
        ("status", _is_of_statuses, {"status"}),
    ):
        if lacking & has:
            continue
        found = [i for i in unknown if columns[i].title and holds(evidence[i], rows)]
        if len(found) == 1 or (found and meaning == "email"):
            columns[found[0]] = replace(
                columns[found[0]], meaning=meaning, why=Why.CELLS, rank=(2, 0, found[0])
            )


def _is_of_addresses(evidence: Evidence, rows: int) -> bool:
    return evidence.addresses > 0 and evidence.share(evidence.addresses) >= _MOST


def _is_of_names(evidence: Evidence, rows: int) -> bool:
    are_many = evidence.filled >= _MOST * rows and evidence.values >= _MOST * evidence.filled
    return are_many and evidence.share(evidence.names) >= _MOST


def _is_of_statuses(evidence: Evidence, rows: int) -> bool:
    is_known = evidence.share(evidence.statuses) >= _MOST and evidence.filled >= _MANY * rows
    return is_known and evidence.share(evidence.distinct_statuses) >= _MANY


def names_unknown(columns: Sequence[Column], evidence: Sequence[Evidence]) -> list[Column]:
    """The columns that may be the names', where none was taken for it."""
    if any(one.meaning in NAMES for one in columns):
        return []
    rows = max((one.filled for one in evidence), default=0)
    return [
        one
        for one, there in zip(columns, evidence, strict=True)
        if one.why == Why.UNKNOWN and one.title and not _is_question(one.title)
        if there.filled >= _MANY * rows > 0 and there.values >= _MANY * there.filled
        if there.share(there.perhaps_names) >= _MOST and there.share(there.statuses) < _MANY
    ]


_WORDS_OF_QUESTION = 4


def _is_question(title: str) -> bool:
    return "?" in title or len(title.split()) > _WORDS_OF_QUESTION


def _tell_companions(columns: list[Column], evidence: Sequence[Evidence]) -> None:
    """A "guest" comes along with whom the list names, unless it is whom the list is about: beside
    a name and an address that are nobody's in particular, one without address, or of few rows.
    """
    named = [one for one in columns if one.meaning in NAMES and one.whose == Whose.UNSAID]
    addressed = {one.whose for one in columns if one.meaning == "email"}
    guests = [one for one in columns if one.meaning in NAMES and one.whose == Whose.GUEST]
    if not named or not guests:
        return
    rows = max(evidence[one.index].filled for one in named)
    filled = max(evidence[one.index].filled for one in guests)
    has_own_address = Whose.GUEST in addressed
    is_extra = Whose.UNSAID in addressed and not has_own_address
    if is_extra or filled < _MANY * rows:
        for one in columns:
            if one.whose == Whose.GUEST and one.meaning in (*NAMES, "email"):
                meaning = of_companion(one.meaning) if one.meaning in NAMES else ANSWER
                columns[one.index] = replace(one, meaning=meaning)


def _tell_ages(columns: list[Column]) -> None:
    """Adults are all the people where no column has the children; these alone are an answer."""
    has = {one.meaning for one in columns}
    alone = {"adults": "people", "kids": ANSWER} if not {"adults", "kids"} <= has else {}
    for one in columns:
        if one.meaning in alone:
            columns[one.index] = replace(one, meaning=alone[one.meaning])


def _number_guests(columns: list[Column]) -> None:
    """Beside a first guest, or a name without a number, "Guest 2" is a companion."""
    names = [one for one in columns if one.meaning in NAMES and one.whose != Whose.BUYER]
    numbers = sorted({one.rank[1] for one in names if one.rank and one.whose <= Whose.GUEST})
    is_named = any(one.whose == Whose.UNSAID for one in names) or numbers[:1] == [0]
    for one in names:
        if one.whose <= Whose.GUEST and one.rank[1] > (0 if is_named else numbers[0]):
            columns[one.index] = replace(one, meaning=of_companion(one.meaning))


def of(columns: Sequence[Column], *meanings: str) -> list[Column]:
    """The columns with one of these meanings, the first to look at first."""
    found = [one for one in columns if one.meaning in meanings]
    return sorted(found, key=lambda one: (one.whose, one.rank))


def titles_of(columns: Collection[Column]) -> str:
    return ", ".join(one.title[:40] for one in columns if one.title)
