"""Which of the people met a page or a file is to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from eventapp.attendees.queries import card_fields_for, owners_sharing_email
from eventapp.contacts.queries.known import Known
from eventapp.core import text
from eventapp.core.name_words import begin, found_by, typed_words
from eventapp.model import Person

SEARCHED_FIELDS = ("company", "role")
TAGS_SHOWN = 30
# Cached, as the same few tags are on many people.
_key = lru_cache(2048)(text.fold_but_signs)
_fold = lru_cache(2048)(text.fold)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; all of it narrows, and an empty one asks for everybody."""

    typed: str = ""  # beginnings of words of the name, the company, what they do there, or a tag
    event: str = ""  # slug
    tag: str = ""
    due_by: date | None = None  # to follow up by this day
    only_mutual: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """What a file has, counted before somebody takes it along."""

    confirmed: int  # people who say so too
    with_email: int  # of these, who share an address
    everybody: int


def wanted_among(person: Person, known: Sequence[Known], wanted: Wanted) -> list[Known]:
    """Those of the people known to this person who are wanted, in their order."""
    found = [one for one in known if one.is_mutual or not wanted.only_mutual]
    if wanted.due_by:
        found = [one for one in found if _is_due(one, wanted.due_by)]
    if wanted.event or wanted.tag:
        tag = _key(wanted.tag) if wanted.tag else None
        found = [one for one in found if _is_at(one, wanted.event, tag)]
    words = typed_words(wanted.typed)
    if not words:
        return found
    shown = card_fields_for(
        person, [one.owner_id for one in found if one.owner_id], SEARCHED_FIELDS
    )
    return [one for one in found if _is_called(one, shown.get(one.owner_id or 0, {}), words)]


def _is_at(one: Known, event: str, tag: str | None) -> bool:
    return any(
        event in ("", row.slug) and (tag is None or tag in map(_key, row.tags)) for row in one.noted
    )


def _is_due(one: Known, by: date) -> bool:
    days = (row.follow_up_on for row in one.noted)
    return any(day <= by for day in days if day)


def _is_called(one: Known, fields: Mapping[str, str], words: Sequence[str]) -> bool:
    names = set().union(*(found_by(row.name) for row in one.noted))
    if begin(words, names):
        return True
    shown = (fields[name] for name in SEARCHED_FIELDS if name in fields)
    tags = chain.from_iterable(row.tags for row in one.noted)
    more = " ".join(map(_fold, chain(shown, tags))).split()
    return begin(words, [*names, *more])


def inside(person: Person, wanted: Sequence[Known]) -> Inside:
    """What the files of these people known to this person have."""
    sharing = owners_sharing_email(person)
    mutual = [one.owner_id for one in wanted if one.is_mutual]
    return Inside(len(mutual), len(sharing.intersection(mutual)), len(wanted))


def events_of(known: Iterable[Known]) -> dict[str, str]:
    """The events at which they were met, the newest first: slug → title."""
    rows = sorted(chain.from_iterable(one.noted for one in known), key=lambda row: row.starts_at)
    return {row.slug: row.title for row in reversed(rows)}


def tags_of(known: Iterable[Known]) -> list[str]:
    """The tags most used, in alphabetical order, each as it was written first."""
    tags = [tag for one in known for row in one.noted for tag in row.tags]
    written: dict[str, str] = {}
    for tag in tags:
        written.setdefault(_key(tag), tag)
    used = Counter(map(_key, tags)).most_common(TAGS_SHOWN)
    return [written[key] for key, _ in sorted(used)]
