"""The columns of our own export, which come back by import: what stands first, and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventapp.guests.reading.titles import read_title
from eventapp.model import heading_key

# What stands before the answers, and what it means to an import; "" is only for people to read. An
# answer may have the heading of one of them.
OWN = {
    "name": "name",
    "email": "email",
    "status": "status",
    "party": "people",
    "companions": "companions",
    "arrived_at": "checked_in_at",
    "door": "",
    "listing": "",
    "ask_me_about": "ask_me_about",
    "want_to_learn": "want_to_learn",
    "line_to_organisers": "note",
    "source": "",
    "answered_at": "",
    "short_code": "ref",
    "ticket_codes": "ticket_code",
    "companion_names": "",
    "looking_for": "looking_for",
}
# Exports without what guests look for, then names of companions, then codes.
_OF_BEFORE = tuple(OWN)[:-1], tuple(OWN)[:-2], tuple(OWN)[:-3]
_OWN_KEYS = {heading_key(title) for title in OWN}
_SECOND = " (2)"


def own_meanings(titles: Sequence[str]) -> list[str]:
    """What each column means, if these are the titles of our own export."""
    for own in (tuple(OWN), *_OF_BEFORE):
        if tuple(titles[: len(own)]) == own:
            return [*map(OWN.__getitem__, own), *["answer"] * (len(titles) - len(own))]
    return []


def answers_asked(titles: Sequence[str], questions: Iterable[str]) -> dict[str, int]:
    """The index of the column with the answers to each of an event's questions that has one."""
    there: dict[str, int] = {}
    for index, title in enumerate(titles):
        is_ours = title != column_title(title)
        read = read_title(title)
        if not is_ours and (read is None or read.asked or read.meaning not in ("name", "email")):
            there.setdefault(heading_key(heading_of(title)), index)
    return {label: there[key] for label in questions if (key := heading_key(label)) in there}


def column_title(heading: str) -> str:
    """The title that the answers under a heading have in our export."""
    return heading + _SECOND if heading_key(heading) in _OWN_KEYS else heading


def heading_of(title: str) -> str:
    """The heading of the answers in a column: what `column_title` has made the title of."""
    heading = title.removesuffix(_SECOND)
    return heading if column_title(heading) == title else title
