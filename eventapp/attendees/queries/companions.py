"""Find a party by the name of a companion, whom only hosts know by name: for their list and their
doors. Whoever comes as a guest finds nobody so.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Text, bindparam, cast, select

from eventapp.core.db import execute
from eventapp.core.name_words import begin, found_by, typed_words
from eventapp.model import Rsvp

# Read over an index that has nobody but parties: most guests come alone.
_PARTIES = (
    select(Rsvp.id, Rsvp.companion_names)
    .where(
        Rsvp.event_id == bindparam("event_id"),
        Rsvp.companions > 0,
        cast(Rsvp.companion_names, Text) != "[]",
    )
    .order_by(Rsvp.id)
)
_found_by = lru_cache(maxsize=20_000)(found_by)


def ids_by_companion(event_id: int, typed: str, *, limit: int) -> list[int]:
    """Ids of an event's RSVPs with a companion whose name has, for each typed word, a word that
    begins with it.
    """
    words = typed_words(typed)
    if not words:
        return []
    parties = execute(_PARTIES, {"event_id": event_id})
    found = (
        row.id
        for row in parties
        if any(begin(words, _found_by(name)) for name in row.companion_names)
    )
    return [id_ for id_, _ in zip(found, range(limit), strict=False)]
