"""Search for guests at the door, and what tells namesakes apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from sqlalchemy import bindparam, select

from eventapp.attendees.queries import (
    FEW,
    count_by_name,
    ids_by_companion,
    ids_called,
    ids_called_nearly,
    ids_called_otherwise,
)
from eventapp.core import text
from eventapp.core.any_of import any_of
from eventapp.core.contact_details import has_contact_details
from eventapp.core.db import execute
from eventapp.core.name_words import is_called, is_whole_name, may_be_called
from eventapp.door.codes import holder, may_be_code
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import GUEST, Guest, guest_values
from eventapp.door.scanned import tickets_in
from eventapp.model import Question, Rsvp

FOUND_MOST = 20
_WITH_IDS = GUEST.where(any_of(Rsvp.id, "ids"))


class Found(NamedTuple):
    """The guests whom a search shows, apart from them those whose names are only similar to what
    was typed, and how many it would show if there were room.
    """

    guests: Sequence[Guest]
    similar: Sequence[Guest]
    in_all: int

    @property
    def shown(self) -> Sequence[Guest]:
        return [*self.guests, *self.similar]


def look_up(event: EventAtDoor, typed: str) -> Found:
    """Guests found by the beginnings of their names or of a companion's, by a short code, or by a
    ticket that a hand-held scanner typed into the search. Similar names only where there are fewer
    than FEW of these, and nobody's whole name was typed.

    Nothing typed finds nobody. At most FOUND_MOST, the best match first.
    """
    typed = typed.strip()
    by_code = holder(event, typed) if may_be_code(typed) else None
    if tickets_in(typed):
        return Found([by_code] if by_code else [], [], 1 if by_code else 0)
    named = ids_called(event.id, typed, limit=FOUND_MOST + 1)
    brought = ids_by_companion(event.id, typed, limit=FOUND_MOST + 1)
    ids = list(dict.fromkeys([*([by_code.id] if by_code else []), *named, *brought]))
    guests = _guests_with(event, ids[:FOUND_MOST])
    if len(ids) > FOUND_MOST:
        return Found(guests, [], max(count_by_name(event.id, typed), len(ids)))
    if len(ids) >= FEW or by_code:
        return Found(guests, [], len(guests))
    return _with_more(event, guests, typed)


def _with_more(event: EventAtDoor, guests: Sequence[Guest], typed: str) -> Found:
    """The same with those whose names have what was typed as one word or in their other spelling,
    and apart, unless somebody's whole name was typed, those whose names are similar.
    """
    look = ids_called_otherwise if _is_whole_name_of_one(guests, typed) else ids_called_nearly
    there = {guest.id for guest in guests}
    ids = [id_ for id_ in look(event.id, typed) if id_ not in there]
    more = _guests_with(event, ids[: FOUND_MOST - len(guests)])
    meant = [*guests, *(guest for guest in more if is_called(guest.name, typed))]
    if _is_whole_name_of_one(meant, typed):
        return Found(meant, [], len(meant))
    similar = [guest for guest in more if guest not in meant]
    return Found(meant, similar, len(guests) + len(ids))


def _is_whole_name_of_one(guests: Iterable[Guest], typed: str) -> bool:
    names = (name for guest in guests for name in (guest.name, *guest.companion_names))
    return any(is_whole_name(name, typed) for name in names)


def find(event: EventAtDoor, typed: str) -> Sequence[Guest]:
    """The guests of `look_up` whose names are not only similar."""
    return look_up(event, typed).guests


def _guests_with(event: EventAtDoor, ids: Sequence[int]) -> list[Guest]:
    """The guests with these ids, in their order."""
    rows = execute(_WITH_IDS, {"ids": ids, **guest_values(event)}) if ids else ()
    found = {row.id: Guest._make(row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def called_so(event: EventAtDoor, name: str) -> list[Guest]:
    """Guests on the list, in or not, who may be somebody who says this name."""
    return [
        guest
        for guest in find(event, name)
        if any(may_be_called(one, name) for one in (guest.name, *guest.companion_names))
    ]


SHOWN_MOST = 80  # characters
# Matches folded headers of an imported list: where somebody works, then their role there.
_TELLING = (
    re.compile(
        r"\b(?:company|empresa|compania|employer|organi[sz]ation|organi[sz]acion|institution"
        r"|institucion|entidad|university|universidad|where do you work|donde trabajas)\b"
    ),
    re.compile(
        r"^title$|\b(?:job|role|position|occupation|profession|what do you do|puesto|cargo|rol"
        r"|profesion|ocupacion|te dedicas)\b"
    ),
)
_TELLING_LITTLE = re.compile(
    r"\b(?:size|tamano|sector|industry|website|web|url|mail|phone|telefono|address|direccion)\b"
)
_WORDS = select(
    *(Rsvp.id, Rsvp.answers, Rsvp.ask_me_about, Rsvp.want_to_learn, Rsvp.looking_for),
    Rsvp.short_code,
).where(any_of(Rsvp.id, "ids"))

_ASKED = select(Question.label).where(Question.event_id == bindparam("event_id"))


class _Said(NamedTuple):
    """What may tell a guest from a namesake: what they answered, and their short code."""

    id: int
    answers: Mapping[str, str]
    ask_me_about: str
    want_to_learn: str
    looking_for: str
    short_code: str

    def without(self, headings: Set[str]) -> _Said:
        shown = {title: words for title, words in self.answers.items() if title not in headings}
        return self._replace(answers=shown)


def namesakes(event: EventAtDoor, guests: Iterable[Guest]) -> dict[int, str]:
    """For each guest whose name another of these guests has, accents aside, a line by their id:
    where they work, what to ask them about, what they want to learn or look for, else their short
    code. No answer to a question that the door is not to see.
    """
    called: defaultdict[str, list[int]] = defaultdict(list)
    for guest in guests:
        called[text.fold(guest.name)].append(guest.id)
    several = [ids for ids in called.values() if len(ids) > 1]
    if not several:
        return {}
    rows = execute(_WORDS, {"ids": [id_ for ids in several for id_ in ids]})
    hidden = _hidden_headings(event)
    said = {row.id: _Said._make(row).without(hidden) for row in rows}
    return {
        id_: line
        for ids in several
        for id_, line in _lines([said[id_] for id_ in ids if id_ in said])
    }


def _hidden_headings(event: EventAtDoor) -> set[str]:
    """The questions whose answers the door does not see; of a rehearsal, those of its event."""
    asked = execute(_ASKED, {"event_id": event.rehearsal_of_id or event.id})
    return set(asked.scalars()) - set(event.door_answers)


def _lines(said: list[_Said]) -> Iterator[tuple[int, str]]:
    """A line for each; the short code is added where lines are the same or empty."""
    lines = {one.id: _line(one) for one in said}
    times = Counter(lines.values())
    for one in said:
        line = lines[one.id]
        alone = line and times[line] == 1
        yield one.id, line if alone else " · ".join(filter(None, (line, one.short_code)))


def _line(said: _Said) -> str:
    lines = said.ask_me_about, said.want_to_learn, said.looking_for
    for words in (*_work(said.answers), *lines):
        if words.strip() and not has_contact_details(words):
            return words.strip()[:SHOWN_MOST]
    return ""


def _work(answers: Mapping[str, str]) -> Iterator[str]:
    """The answers in columns about work, the company first."""
    titles = {title: text.fold(title) for title in answers}
    for telling in _TELLING:
        for title, folded in titles.items():
            if telling.search(folded) and not _TELLING_LITTLE.search(folded):
                yield answers[title]
