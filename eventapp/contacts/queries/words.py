"""Find people by typed words, as `attendees.queries.ids_by_name` does, in words already loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from eventapp.attendees.queries.names import FEW, PARTICLES
from eventapp.core import fuzzy
from eventapp.core.name_words import begin, typed_words


def places_of(typed: str, texts: Iterable[Collection[str]]) -> list[int]:
    """The places of those texts that have, for each typed word, a word that begins with it; a text
    is its folded words. If these are fewer than FEW, fuzzy matches follow: "jsoe nunes". No words
    find every text.
    """
    words, texts = typed_words(typed), list(texts)
    if not words:
        return list(range(len(texts)))
    found = [place for place, text in enumerate(texts) if begin(words, text)]
    if len(found) >= FEW:
        return found
    needed = [word for word in words if word not in PARTICLES] or words
    is_near = cache(lambda one, word: fuzzy.nearness(one, word) is not None)
    nearly = (
        place
        for place, text in enumerate(texts)
        if all(any(is_near(one, word) for word in text) for one in needed)
    )
    return list(dict.fromkeys([*found, *nearly]))
