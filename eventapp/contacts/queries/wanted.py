"""Which of the people met a page or a file is to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from eventapp.attendees.queries import card_fields_for, owners_sharing_email
from eventapp.contacts.queries.known import Known
from eventapp.contacts.queries.words import places_of
from eventapp.core import text
from eventapp.core.name_words import found_by
from eventapp.model import NotedName, Person

SEARCHED_FIELDS = ("company", "role")
TAGS_SHOWN = 30
# Cached, as the same few tags are on many people.
_key = lru_cache(2048)(text.fold_but_signs)
_fold = lru_cache(2048)(text.fold)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; all of it narrows, and an empty one asks for everybody."""

    typed: str = ""  # words of the name, the company, what they do there, or of one's own notes
    event: str = ""  # slug
    tag: str = ""
    due_by: date | None = None  # to follow up by this day
    only_mutual: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """What a file has, counted before somebody takes it along."""

    confirmed: int  # people who say so too, or were introduced
    with_email: int  # of these, who share an address
    names: int  # noted for oneself, of people on no list
    everybody: int


def wanted_among(person: Person, known: Sequence[Known], wanted: Wanted) -> list[Known]:
    """Those of the people known to this person who are wanted, in their order; fuzzy matches of
    what was typed come last.
    """
    found = [one for one in known if one.is_mutual or not wanted.only_mutual]
    if wanted.due_by:
        found = [one for one in found if _is_due(one, wanted.due_by)]
    if wanted.event or wanted.tag:
        tag = _key(wanted.tag) if wanted.tag else None
        found = [one for one in found if _is_at(one, wanted.event, tag)]
    if not wanted.typed:
        return found
    shown = card_fields_for(
        person, [one.owner_id for one in found if one.owner_id], SEARCHED_FIELDS
    )
    texts = [_words_on(one, shown.get(one.owner_id or 0, {})) for one in found]
    return [found[place] for place in places_of(wanted.typed, texts)]


def names_among(names: Sequence[NotedName], wanted: Wanted) -> list[NotedName]:
    """Those of the names that a person noted for themselves that are wanted, as `wanted_among`:
    they have neither a tag nor a day, and nobody says so too.
    """
    if wanted.tag or wanted.due_by or wanted.only_mutual:
        return []
    found = [one for one in names if wanted.event in ("", one.rsvp.event.slug)]
    texts = (found_by(one.name) | _folded([one.rsvp.event.title, one.note]) for one in found)
    return [found[place] for place in places_of(wanted.typed, texts)]


def _is_at(one: Known, event: str, tag: str | None) -> bool:
    return any(
        event in ("", row.slug) and (tag is None or tag in map(_key, row.tags)) for row in one.noted
    )


def _is_due(one: Known, by: date) -> bool:
    days = (row.follow_up_on for row in one.noted)
    return any(day <= by for day in days if day)


def _words_on(one: Known, shown: Mapping[str, str]) -> set[str]:
    """All that a search finds this person by, folded: of their card only the fields shown."""
    rows = (*one.noted, one.introduced) if one.introduced else one.noted
    names = (found_by(row.name) for row in rows)
    own = chain.from_iterable((row.title, row.note, *row.tags) for row in one.noted)
    return _folded(chain(shown.values(), own)).union(*names)


def _folded(texts: Iterable[str]) -> set[str]:
    return set(chain.from_iterable(_fold(one).split() for one in texts))


def inside(person: Person, wanted: Sequence[Known], names: Sequence[NotedName]) -> Inside:
    """What the files of these people known to this person, and of these names, have."""
    sharing = owners_sharing_email(person)
    mutual = [one.owner_id for one in wanted if one.is_mutual]
    with_email = len(sharing.intersection(mutual))
    return Inside(len(mutual), with_email, len(names), len(wanted) + len(names))


def events_of(known: Iterable[Known], names: Iterable[NotedName]) -> dict[str, str]:
    """The events at which they were met, the newest first: slug → title."""
    events: list[Any] = [one.rsvp.event for one in names]
    noted = chain.from_iterable(one.noted for one in known)
    rows = sorted(chain(noted, events), key=lambda row: row.starts_at)
    return {row.slug: row.title for row in reversed(rows)}


def tags_of(known: Iterable[Known]) -> list[str]:
    """The tags most used, in alphabetical order, each as it was written first."""
    tags = [tag for one in known for row in one.noted for tag in row.tags]
    written: dict[str, str] = {}
    for tag in tags:
        written.setdefault(_key(tag), tag)
    used = Counter(map(_key, tags)).most_common(TAGS_SHOWN)
    return [written[key] for key, _ in sorted(used)]
