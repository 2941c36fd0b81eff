"""Finding an event's guests by how the words of their names begin."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, false, select
from sqlalchemy.orm import aliased

from eventapp.core import text
from eventapp.model import NameWord, Rsvp

WORDS_MAX = 6
LAST_CHARACTER = chr(0x10FFFF)  # byte by byte, nothing that is typed comes after it


def find_by_name(event_id: int, typed: str, limit: int) -> Select[Rsvp]:
    """RSVPs of an event in whose name some word begins with each of the typed words.

    "jose", "nunez" and "fuente" find José Núñez de la Fuente; no words find nobody. They come
    in the order of the word that was found, so that an index is read as far as the limit and
    nothing is sorted. Callers narrow it with `where`, and sort the few rows that they show.
    """
    prefixes = sorted(set(text.words(typed)), key=len, reverse=True)[:WORDS_MAX]
    if not prefixes:
        return select(Rsvp).where(false())
    longest, *others = prefixes
    return (
        select(Rsvp)
        .join(NameWord, NameWord.rsvp_id == Rsvp.id)
        .where(
            NameWord.event_id == event_id,
            _begins(NameWord, longest),
            ~_has_an_earlier_match(longest),
            *(_has_a_word_beginning(other) for other in others),
        )
        .order_by(NameWord.word, NameWord.rsvp_id)
        .limit(limit)
    )


def _begins(name_word: type[NameWord], prefix: str) -> ColumnElement[bool]:
    return and_(name_word.word >= prefix, name_word.word < prefix + LAST_CHARACTER)


def _has_a_word_beginning(prefix: str) -> ColumnElement[bool]:
    other = aliased(NameWord)
    return exists().where(other.rsvp_id == NameWord.rsvp_id, _begins(other, prefix))


def _has_an_earlier_match(prefix: str) -> ColumnElement[bool]:
    """Whether the same name was found by another of its words: Ana Anaya comes once."""
    earlier = aliased(NameWord)
    return exists().where(
        earlier.rsvp_id == NameWord.rsvp_id,
        earlier.word >= prefix,
        earlier.word < NameWord.word,
    )
