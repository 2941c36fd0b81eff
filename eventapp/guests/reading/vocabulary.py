"""The words by which lists are understood: of titles.toml, statuses.toml and cells.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from eventapp.core.text import fold

Languages = Mapping[str, str]
"""Words separated by commas, by language; those in `signs` are no letters."""

SIGNS = "signs"

_SPELLED = (  # before case, accents and punctuation are dropped
    (re.compile(r"(?<=[a-z])(?=[A-Z][a-z])"), " "),  # firstName
    (re.compile(r"#|№"), " number "),
    (re.compile(r"\b[nN]\s?\.?\s?[º°]\.?"), " no "),
    (re.compile(r"\+\s*(?=\d)"), " plus "),
    (re.compile(r"['’]s\b"), " s"),  # the buyer's
    (re.compile(r"\b(l|d|dell|all|nell|qu|n|s|j|t|c)['’](?=\w)", re.IGNORECASE), r"\1 "),
)
_E_MAIL = re.compile(r"\be (?=mail|post)")


@lru_cache(4096)
def key(text: str) -> str:
    """What titles and words are compared by: `Attendee's E-Mail #` is `attendee s email number`."""
    for spelled, plain in _SPELLED:
        text = spelled.sub(plain, text)
    return _E_MAIL.sub("e", fold(text))


@cache
def load(file: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))


def entries(languages: Languages) -> Iterator[str]:
    """The keys of all words."""
    for language, words in languages.items():
        if language != SIGNS:
            yield from map(key, words.split(","))


@cache
def meanings(file: str, section: str = "") -> dict[str, str]:
    """What each word of a file, or of a section of it, means, by its key."""
    there = load(file)[section] if section else load(file)
    return {word: meaning for meaning, languages in there.items() for word in entries(languages)}


@cache
def words(section: str, file: str = "cells.toml") -> frozenset[str]:
    """The keys of the words of a section."""
    return frozenset(entries(load(file)[section]))
