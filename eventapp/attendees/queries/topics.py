"""What two people could talk about: what one wants to learn or looks for and the other offers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from eventapp.attendees.queries.synonyms import Synonyms, synonyms_of
from eventapp.attendees.queries.topic_words import is_article, names_a_topic, word_key
from eventapp.core import text
from eventapp.model import LINES

QUOTES = ".\"'«»“”‘’…-–—"
BETWEEN_PHRASES = re.compile(r"[,;:!?¡¿()\[\]/|·•…\n]|\.\s| [-–—]+ ")


class Why(StrEnum):
    """Why to look for somebody, the best first."""

    OFFERS = "offers"  # what one wants to learn
    OFFERS_SOUGHT = "offers_sought"  # what one looks for
    SEEKS = "seeks"  # what one can be asked about
    WANTS = "wants"  # to learn what one can be asked about
    SEEKS_TOO = "seeks_too"  # what one looks for
    WANTS_TOO = "wants_too"  # to learn what one wants to learn


class Reason(NamedTuple):
    why: Why
    topics: tuple[str, ...]  # in whole phrases


@dataclass(frozen=True)
class Interests:
    """What somebody can be asked about, wants to learn and looks for: key of a word → the phrase
    with it.
    """

    offered: Mapping[str, str]
    wanted: Mapping[str, str]
    sought: Mapping[str, str]

    @classmethod
    def of(cls, wrote: Any, synonyms: str = "") -> Interests:
        """Of an RSVP, or a row with its LINES; `synonyms` are those of its community."""
        same = synonyms_of(synonyms)
        return cls(*(topics(getattr(wrote, line.key), same) for line in LINES))

    @property
    def asked(self) -> Mapping[str, str]:
        """What somebody could be told by one who can be asked about it."""
        return {**self.sought, **self.wanted}

    def shared_with(self, other: Interests) -> tuple[str, ...]:
        """What one of them offers and the other wants, in whole phrases of the other's."""
        theirs = {**other.asked, **other.offered}
        asked = self.asked.keys() & other.offered.keys()
        answered = self.offered.keys() & other.asked.keys()
        return _phrases(theirs, asked | answered)

    def reason_to_meet(self, other: Interests) -> Reason | None:
        """Why to look for somebody: the best reason there is, in phrases of theirs."""
        ways = (
            (Why.OFFERS, self.wanted, other.offered),
            (Why.OFFERS_SOUGHT, self.sought, other.offered),
            (Why.SEEKS, self.offered, other.sought),
            (Why.WANTS, self.offered, other.wanted),
            (Why.SEEKS_TOO, self.sought, other.sought),
            (Why.WANTS_TOO, self.wanted, other.wanted),
        )
        for why, own, theirs in ways:
            if shared := own.keys() & theirs.keys():
                return Reason(why, _phrases(theirs, shared))
        return None


def _phrases(theirs: Mapping[str, str], keys: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theirs[key] for key in theirs if key in keys))


@lru_cache(8192)  # read again on every page of everybody who was there
def topics(sentence: str, synonyms: Synonyms) -> dict[str, str]:
    """The words of a text that name a topic, and the groups of its synonyms: key → the phrase in
    which it stands first.
    """
    found: dict[str, str] = {}
    for phrase in BETWEEN_PHRASES.split(sentence):
        written = phrase.split()
        words = [(place, word) for place, one in enumerate(written) for word in text.words(one)]
        keys = tuple(word_key(word) for _, word in words)
        same = list(synonyms.in_phrase(keys))
        naming = {at for at, (_, word) in enumerate(words) if names_a_topic(word)}
        naming.update(at for start, end, _ in same for at in range(start, end))
        if naming:
            first, last = words[min(naming)][0], words[max(naming)][0]
            as_written = " ".join(_with_article(written, first, last)).strip(QUOTES)
            for key in (*(keys[at] for at in sorted(naming)), *(group for *_, group in same)):
                found.setdefault(key, as_written)
    return found


def _with_article(written: Sequence[str], first: int, last: int) -> Sequence[str]:
    """These words of a phrase; if they are several, with the article before them: "las cinco
    primeras contrataciones", but "ventas".
    """
    if last > first > 0 and is_article(text.fold(written[first - 1]).strip(QUOTES)):
        first -= 1
    return written[first : last + 1]
