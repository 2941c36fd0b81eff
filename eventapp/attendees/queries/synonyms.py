"""Phrases that mean the same, in Spanish and English: those built in, and a community's own.

They are lines such as "precio = pricing = price". Lines that share a phrase are one group, whatever
their order, so a list that leads back to where it began only says the same again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from eventapp.attendees.queries.topic_words import names_a_topic, word_key
from eventapp.core import text

SAME = "="  # also begins the key of a group: no word does
BUILT_IN = Path(__file__).with_name("synonyms.txt")

Term = tuple[str, ...]  # the keys of a phrase's words


def terms_of(line: str) -> list[Term]:
    """Its phrases. Not those of which no word names a topic: they stand in any text."""
    phrases = [text.words(phrase) for phrase in line.split(SAME)]
    return [tuple(map(word_key, words)) for words in phrases if any(map(names_a_topic, words))]


@dataclass(frozen=True, eq=False)  # one for each list: topics are remembered by it
class Synonyms:
    """By the first word: the phrases that begin with it, the longest first, and their groups."""

    groups: Mapping[str, Sequence[tuple[Term, str]]]

    def in_phrase(self, keys: Term) -> Iterator[tuple[int, int, str]]:
        """Each phrase of the list that stands in this one: from, to, and the key of its group."""
        for start, first in enumerate(keys):
            for term, group in self.groups.get(first, ()):
                end = start + len(term)
                if keys[start:end] == term:
                    yield start, end, group


@lru_cache(256)
def synonyms_of(lines: str = "") -> Synonyms:
    """The built-in list, with a community's lines."""
    leads_to: dict[Term, Term] = {}
    for line in (*_built_in(), *lines.splitlines()):
        terms = terms_of(line)
        for term in terms:
            _join(leads_to, terms[0], term)
    groups: dict[str, list[tuple[Term, str]]] = {}
    for term in sorted(leads_to, key=len, reverse=True):
        group = SAME + " ".join(_first_of(leads_to, term))
        groups.setdefault(term[0], []).append((term, group))
    return Synonyms(groups)


def _join(leads_to: dict[Term, Term], one: Term, other: Term) -> None:
    first, second = sorted((_first_of(leads_to, one), _first_of(leads_to, other)))
    leads_to[second] = first
    leads_to[first] = first


def _first_of(leads_to: dict[Term, Term], term: Term) -> Term:
    """The phrase that stands for its whole group (union-find, with path halving)."""
    while (above := leads_to.setdefault(term, term)) != term:
        leads_to[term] = leads_to[above]
        term = leads_to[term]
    return term


@cache
def _built_in() -> Sequence[str]:
    lines = BUILT_IN.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
