"""How many guests a typed name finds, where not all are shown."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Select, bindparam, func, select

from eventapp.attendees.queries.listing import COUNTED_MOST
from eventapp.attendees.queries.names import has_words, values_of
from eventapp.core.db import execute
from eventapp.core.name_words import words_to_find
from eventapp.model import NameWord, Rsvp


def count_by_name(event_id: int, typed: str) -> int:
    """How many guests have, for each typed word, a word that begins with it: the exact matches
    among `ids_by_name`. Stops after COUNTED_MOST: one more stands for all beyond.
    """
    words = words_to_find(typed)
    if not words:
        return 0
    values = {"event_id": event_id, "most": COUNTED_MOST + 1, **values_of(words)}
    counted: int = execute(_how_many(len(words) - 1), values).scalar_one()
    return counted


@cache
def _how_many(others: int) -> Select[int]:
    called = (
        select(NameWord.rsvp_id)
        .distinct()
        .join(Rsvp, Rsvp.id == NameWord.rsvp_id)
        .where(NameWord.event_id == bindparam("event_id"), *has_words(others))
        .limit(bindparam("most"))
        .subquery()
    )
    return select(func.count()).select_from(called)
