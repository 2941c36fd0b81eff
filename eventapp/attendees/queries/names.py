"""Find an event's guests by the beginnings of what `name_words` finds them by, or nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from eventapp.attendees.queries.closeness import nearest_first
from eventapp.core import fuzzy
from eventapp.core.any_of import any_of
from eventapp.core.db import execute
from eventapp.core.name_words import JOINED, words_to_find
from eventapp.model import NameWord, NearWord, Rsvp

FEW = 5  # guests found as typed: with fewer than these, fuzzy matches are added
RANKED_MAX = 200  # more are not ranked, but taken in alphabetical order of the longest word
RANKED_BY_ONE_WORD_MAX = 40  # one short word matches thousands, and ranks them poorly
NEAR_WORDS_MAX = 40  # for each typed word, the nearest
LAST_CHARACTER = chr(0x10FFFF)  # sorts after anything that can be typed

# Particles, which may be typed or left out.
_PARTICLES = "da das de del della den der di do dos du e el i la las los van vom von y zu"
PARTICLES = frozenset(_PARTICLES.split())


def find_by_name(
    event_id: int, typed: str, *conditions: ColumnElement[bool], limit: int, offset: int = 0
) -> Select[Rsvp]:
    """The RSVPs of `ids_by_name`, in the same order."""
    ids = ids_by_name(event_id, typed, *conditions, limit=limit, offset=offset)
    places = {id_: place for place, id_ in enumerate(ids)}
    nearest_come_first = [case(places, value=Rsvp.id)] if places else []
    return select(Rsvp).where(Rsvp.id.in_(ids)).order_by(*nearest_come_first)


def ids_by_name(
    event_id: int, typed: str, *conditions: ColumnElement[bool], limit: int, offset: int = 0
) -> list[int]:
    """Ids of an event's RSVPs that meet the conditions and whose name has, for each typed word, a
    word that begins with it; closest to what was typed first, then alphabetically.

    "jose", "nunez" and "fuente jo" find José Núñez de la Fuente; no words find nobody. If fewer
    than FEW are found, those follow whose name begins with the words joined, then fuzzy matches:
    "de la cruz" finds Delacruz, and "jsoe nunes" finds José.
    """
    words = words_to_find(typed)
    if not words:
        return []
    until = offset + limit
    found = _called(event_id, words, conditions, until)
    if len(found) < FEW:
        nearly = _called_nearly(event_id, words, _words_meant(event_id, words), conditions)
        found += [id_ for id_ in nearly if id_ not in found]
    return found[offset:until]


def ids_called(event_id: int, typed: str, *, limit: int) -> list[int]:
    """Of `ids_by_name` only whom it finds as typed."""
    words = words_to_find(typed)
    return _called(event_id, words, (), limit)[:limit] if words else []


def ids_called_nearly(event_id: int, typed: str) -> list[int]:
    """Of `ids_by_name` those that follow where few are found as typed, at most RANKED_MAX."""
    words = words_to_find(typed)
    return _called_nearly(event_id, words, _words_meant(event_id, words)) if words else []


def ids_called_otherwise(event_id: int, typed: str) -> list[int]:
    """Of those, whose name has the words joined, in its other spelling or without a particle."""
    words = words_to_find(typed)
    return _called_nearly(event_id, words, dict.fromkeys(words, ())) if words else []


def values_of(words: Sequence[str]) -> dict[str, Any]:
    """The values of an exact match: the range of the longest word, and the others."""
    longest, *others = sorted(words, key=len, reverse=True)
    return _range("longest", longest) | {f"{name}_from": one for name, one in _numbered(others)}


Conditions = Sequence[ColumnElement[bool]]


def _called(event_id: int, words: Sequence[str], conditions: Conditions, limit: int) -> list[int]:
    most = RANKED_MAX if len(words) > 1 else RANKED_BY_ONE_WORD_MAX
    values = {"event_id": event_id, "most": max(limit, most), **values_of(words)}
    found = execute(_but(_who_is_called(len(words) - 1), conditions), values).all()
    ranked = nearest_first(words, {row.id: row.name_key for row in found[:most]})
    return [*ranked, *(row.id for row in found[most:])]


def _called_nearly(
    event_id: int, words: Sequence[str], meant: Mapping[str, Any], conditions: Conditions = ()
) -> list[int]:
    """Those whose name has the words joined, then those with words that were meant by them."""
    needed = [word for word in words if word not in PARTICLES] or words
    longest, *others = sorted(needed, key=len, reverse=True)
    joined = "".join(words)
    values: dict[str, Any] = {"event_id": event_id, "most": RANKED_MAX}
    values |= {**_range("whole", joined), **_range("whole_joined", JOINED + joined)}
    for name, word in (("longest", longest), *_numbered(others)):
        values |= {**_range(name, word), **_range(f"{name}_joined", JOINED + word)}
        values[f"{name}_meant"] = meant[word]
    # Several words may be those of a name's other spelling: "a n" finds A王N, "a wang n".
    fuzzily = len(words) > 1 or needed != words or any(meant.values())
    found = execute(_nearly_called(len(others), fuzzily, conditions), values)
    keys = {row.id: row.name_key for row in found}
    ranked = nearest_first(words, keys)
    return sorted(ranked, key=lambda id_: joined not in keys[id_].replace(" ", ""))


def _words_meant(event_id: int, typed: Sequence[str]) -> dict[str, list[str]]:
    """For each typed word, its fuzzy matches among the words of the event's guests."""
    prefixes = {key for word in filter(fuzzy.may_be_half_typed, typed) for key in fuzzy.keys(word)}
    prefixes |= {key for word in typed if (key := fuzzy.typed_sound_key(word))}
    keys = {key for word in typed for key in fuzzy.keys(word)} - prefixes
    values: dict[str, Any] = {"event_id": event_id, "keys": sorted(keys)}
    for name, prefix in _numbered(sorted(prefixes)):
        values |= _range(name, prefix)
    words = execute(_words_under_keys(len(prefixes)), values).scalars().all()
    return {word: _nearest(word, words) for word in typed}


def _nearest(typed: str, words: Iterable[str]) -> list[str]:
    """The nearest fuzzy matches; words that begin with `typed` are found without them."""
    near = ((fuzzy.nearness(typed, word), word) for word in words)
    meant = sorted((how, word) for how, word in near if how and how > fuzzy.BEGINS)
    return [word for _, word in meant[:NEAR_WORDS_MAX]]


# The statements, by the number of words or prefixes. They are built once: building them for each
# search takes ten times as long, and longer than the databases take to answer.

_FOUND = (
    select(Rsvp.id, Rsvp.name_key)
    .join(NameWord, NameWord.rsvp_id == Rsvp.id)
    .where(NameWord.event_id == bindparam("event_id"))
    .limit(bindparam("most"))
)


@cache
def _who_is_called(others: int) -> Select[int, str]:
    """Prefix matches, ordered by the word found, so that the index is read only up to the limit and
    nothing is sorted.
    """
    earlier = aliased(NameWord)  # so that Ana Anaya is found once
    has_an_earlier_match = exists().where(
        earlier.rsvp_id == NameWord.rsvp_id,
        earlier.word >= bindparam("longest_from"),
        earlier.word < NameWord.word,
    )
    return _FOUND.where(*has_words(others), ~has_an_earlier_match).order_by(
        NameWord.word, NameWord.rsvp_id
    )


def has_words(others: int) -> list[ColumnElement[bool]]:
    """The conditions for a NameWord that begins with the longest typed word, of a name that has
    words for the others too.
    """
    some = (_some_word_begins(name) for name, _ in _numbered(range(others)))
    return [_begins(NameWord.word, "longest"), *some]


def _nearly_called(others: int, fuzzily: bool, conditions: Conditions) -> CompoundSelect[int, str]:
    if not conditions:
        return _anybody_nearly_called(others, fuzzily)
    parts = _who_is_nearly_called(others, fuzzily)
    return union_all(*(select(part.where(*conditions).subquery()) for part in parts))


@cache
def _anybody_nearly_called(others: int, fuzzily: bool) -> CompoundSelect[int, str]:
    return union_all(*(select(part.subquery()) for part in _who_is_nearly_called(others, fuzzily)))


def _who_is_nearly_called(others: int, fuzzily: bool) -> Iterator[Select[int, str]]:
    """Those who have all words joined, then the longest; then fuzzy matches: those that have the
    longest word exactly as typed, and the others. Each is a range of the index.
    """
    yield _FOUND.where(_begins(NameWord.word, "whole"))
    yield _FOUND.where(_begins(NameWord.word, "whole_joined"))
    names = [name for name, _ in _numbered(range(others))]
    nearly = _FOUND.where(*map(_some_word_is_nearly, names))
    if names:
        yield nearly.where(_begins(NameWord.word, "longest_joined"))
    if fuzzily:
        for is_it in (_begins(NameWord.word, "longest"), _is_meant(NameWord.word, "longest")):
            yield nearly.where(is_it).order_by(NameWord.word, NameWord.rsvp_id)


@cache
def _words_under_keys(prefixes: int) -> CompoundSelect[str]:
    """A range of the index for each: joined by OR, SQLite would read all words of the event."""
    at_event = select(NearWord.word).where(NearWord.event_id == bindparam("event_id"))
    ranges = (_begins(NearWord.key, name) for name, _ in _numbered(range(prefixes)))
    return union(at_event.where(any_of(NearWord.key, "keys")), *map(at_event.where, ranges))


def _but(statement: Select[int, str], conditions: Conditions) -> Select[int, str]:
    """The same object if there are no conditions: SQLAlchemy caches what it compiled to."""
    return statement.where(*conditions) if conditions else statement


def _some_word_begins(name: str) -> ColumnElement[bool]:
    """Searches the whole name: planning a join per word takes PostgreSQL longer than the search
    itself. (On SQLite an index would be a little faster.) Folded words contain no `%` or `_`.
    """
    return (literal(" ") + Rsvp.name_key).contains(" " + bindparam(f"{name}_from"))


def _some_word_is_nearly(name: str) -> ColumnElement[bool]:
    other = aliased(NameWord)
    begins = _begins(other.word, name), _begins(other.word, f"{name}_joined")
    is_it = or_(*begins, _is_meant(other.word, name))
    return exists().where(other.rsvp_id == NameWord.rsvp_id, is_it)


def _begins(word: InstrumentedAttribute[str], name: str) -> ColumnElement[bool]:
    return and_(word >= bindparam(f"{name}_from"), word < bindparam(f"{name}_to"))


def _is_meant(word: InstrumentedAttribute[str], name: str) -> ColumnElement[bool]:
    return any_of(word, f"{name}_meant")


def _range(name: str, prefix: str) -> dict[str, Any]:
    return {f"{name}_from": prefix, f"{name}_to": prefix + LAST_CHARACTER}


def _numbered(values: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    return ((f"p{number}", value) for number, value in enumerate(values))
