"""The words by which guests are found: those of their names, and those that are nearly so.

A guest has a NameWord for each word of their name. A NearWord is kept once for all guests of an
event who share a word: of 50,000 guests, each new one brings next to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from sqlalchemy import bindparam, delete, exists, insert, select

from eventapp.core import fuzzy, text
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute, in_portions
from eventapp.core.insert import insert_missing
from eventapp.model import NameWord, NearWord, Rsvp
from eventapp.rsvp.actions.seats import hold_list

_UNDER_KEYS = (
    select(NearWord.word)
    .distinct()
    .where(
        NearWord.event_id == bindparam("event_id"),
        any_of(NearWord.key, "keys"),
    )
)


def index_names(rsvps: Sequence[Rsvp]) -> None:
    """Have guests of one event found by their names. Its row is held: see `unindex_name`."""
    rows = [
        {"event_id": rsvp.event_id, "rsvp_id": rsvp.id, "word": word}
        for rsvp in rsvps
        for word in sorted(set(text.words(rsvp.name)))
    ]
    if rows:
        db.session.execute(insert(NameWord), rows)
        event_id = rsvps[0].event_id
        words = {str(row["word"]) for row in rows}
        insert_missing(NearWord, _near_words(event_id, words - _words_known(event_id, words)))


def index_name(rsvp: Rsvp) -> None:
    """Have a guest found by their name. Idempotent, and by the same statements each time: how
    long it takes does not tell whether the guest was there before.
    """
    words = sorted(set(text.words(rsvp.name)))
    ids = {"event_id": rsvp.event_id, "rsvp_id": rsvp.id}
    insert_missing(NameWord, [{**ids, "word": word} for word in words])
    insert_missing(NearWord, _near_words(rsvp.event_id, words))


def unindex_name(rsvp: Rsvp) -> None:
    """Have a guest found by no word any more, and forget the words that nobody else has.

    The event's row is held, as by all who add a guest: a word that looks unused might otherwise
    be that of a guest who is being added at this moment.
    """
    event_id = rsvp.event_id
    hold_list(event_id)
    gone = delete(NameWord).where(NameWord.rsvp_id == rsvp.id).returning(NameWord.word)
    words = list(db.session.scalars(gone))
    others = exists().where(NameWord.event_id == event_id, NameWord.word == NearWord.word)
    keys = {key for word in words for key in fuzzy.keys(word)}
    db.session.execute(
        delete(NearWord).where(
            NearWord.event_id == event_id,
            NearWord.key.in_(keys),
            NearWord.word.in_(words),
            ~others,
        ),
        execution_options={"synchronize_session": False},
    )


def _words_known(event_id: int, words: Set[str]) -> set[str]:
    """Those of these words that some guest of the event had before.

    By their keys alone: asked for keys and words, SQLite tries each key with each word.
    """
    first_keys = {fuzzy.first_key(word) for word in words}
    return {
        word
        for some in in_portions(sorted(first_keys))
        for word in execute(_UNDER_KEYS, {"event_id": event_id, "keys": some}).scalars()
        if word in words
    }


def _near_words(event_id: int, words: Iterable[str]) -> list[dict[str, int | str]]:
    return [
        {"event_id": event_id, "key": key, "word": word}
        for word in sorted(words)
        for key in sorted(fuzzy.keys(word))
    ]
