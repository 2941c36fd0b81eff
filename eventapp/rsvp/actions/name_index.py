"""The search index of guests' names: their words, and the keys of a fuzzy match.

A guest has a NameWord for each word by which their name is found. A NearWord is stored once for all
guests of an event who share a word: with 50,000 guests, a new one adds hardly any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set

from sqlalchemy import bindparam, delete, exists, select

from eventapp.core import fuzzy
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute, in_portions
from eventapp.core.insert import insert_missing
from eventapp.core.name_words import index_words, words_of
from eventapp.model import NameWord, NearWord, Rsvp
from eventapp.rsvp.actions.seats import lock_list

_UNDER_KEYS = (
    select(NearWord.word)
    .distinct()
    .where(
        NearWord.event_id == bindparam("event_id"),
        any_of(NearWord.key, "keys"),
    )
)


def index_names(rsvps: Sequence[Rsvp]) -> None:
    """Index guests of one event. The event's row must be locked: see `unindex_name`."""
    rows = [
        {"event_id": rsvp.event_id, "rsvp_id": rsvp.id, "word": word}
        for rsvp in rsvps
        for word in sorted(index_words(rsvp.name))
    ]
    if rows:
        insert_missing(NameWord, rows)
        event_id = rsvps[0].event_id
        words = {word for rsvp in rsvps for word in words_of(rsvp.name)}
        insert_missing(NearWord, _near_words(event_id, words - _words_known(event_id, words)))


def index_name(rsvp: Rsvp) -> None:
    """Index a guest. Idempotent, and with the same statements each time, so that response times
    do not reveal whether the guest was there before.
    """
    ids = {"event_id": rsvp.event_id, "rsvp_id": rsvp.id}
    insert_missing(NameWord, [{**ids, "word": word} for word in sorted(index_words(rsvp.name))])
    insert_missing(NearWord, _near_words(rsvp.event_id, words_of(rsvp.name)))


def unindex_name(rsvp: Rsvp) -> None:
    """Remove a guest from the index: see `unindex_names`."""
    unindex_names(rsvp.event_id, [rsvp.id])


def unindex_names(event_id: int, rsvp_ids: Collection[int]) -> None:
    """Remove guests of an event from the index, and words that no other guest has.

    Locks the event's row, as adding a guest does: a word that looks unused could otherwise belong
    to a guest who is being added at the same time.
    """
    lock_list(event_id)
    gone = delete(NameWord).where(NameWord.rsvp_id.in_(rsvp_ids)).returning(NameWord.word)
    words = set(db.session.scalars(gone))
    others = exists().where(NameWord.event_id == event_id, NameWord.word == NearWord.word)
    keys = {key for word in words for key in fuzzy.index_keys(word)}
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
    """Those of these words that are indexed already.

    Selects by key alone: with keys and words, SQLite would try each key with each word.
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
        for key in sorted(fuzzy.index_keys(word))
    ]
