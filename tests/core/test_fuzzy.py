"""What counts as a mistake, and that the keys bring every word that may have been meant."""

from __future__ import annotations

import pytest

from eventapp.core.fuzzy import (
    ALIKE,
    BEGINS,
    BEGINS_ALIKE,
    EQUAL,
    HARDLY,
    keys,
    may_be_half_typed,
    nearness,
)
from tests.properties import given, st

LETTERS = "abcß王"
WORDS = st.text(LETTERS, min_size=1, max_size=11)


@pytest.mark.parametrize(
    ("typed", "word", "how"),
    [
        ("nunez", "nunez", EQUAL),
        ("nun", "nunez", BEGINS),
        ("nunes", "nunez", ALIKE),
        ("nuez", "nunez", ALIKE),
        ("nunnez", "nunez", ALIKE),
        ("unnez", "nunez", ALIKE),
        ("mueller", "muller", ALIKE),
        ("ana", "anna", ALIKE),
        ("granc", "francisco", BEGINS_ALIKE),
        ("farnc", "francisco", BEGINS_ALIKE),
        ("frnacisxo", "francisco", HARDLY),
        ("frnacisxo", "franco", None),
        ("ana", "ada", None),  # of three letters, one is a third
        ("nnuzz", "nunez", None),
        ("ad", "da", None),
        ("nunezgarcia", "nunez", None),
    ],
)
def test_how_near_a_typed_word_is(typed: str, word: str, how: int | None) -> None:
    assert nearness(typed, word) == how


def edits(word: str, letters: str = LETTERS) -> set[str]:
    """Everything that one mistake makes of a word, by the book."""
    places = range(len(word) + 1)
    halves = [(word[:place], word[place:]) for place in places]
    return (
        {a + b[1:] for a, b in halves if b}
        | {a + letter + b for a, b in halves for letter in letters}
        | {a + letter + b[1:] for a, b in halves if b for letter in letters}
        | {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    )


@given(WORDS, st.data())
def test_one_mistake_is_one_mistake(word: str, data: st.DataObject) -> None:
    typed = data.draw(WORDS | st.sampled_from(sorted(edits(word))))
    if max(len(typed), len(word)) >= 4 and len(typed) >= 3 and not word.startswith(typed):
        assert (nearness(typed, word) == ALIKE) == (word in edits(typed))


@given(WORDS, st.data())
def test_whatever_is_near_shares_a_key(word: str, data: st.DataObject) -> None:
    """So what the keys do not bring need not be looked at. A half-typed word's begin so."""
    start = word[: data.draw(st.integers(1, len(word)))]
    typed = data.draw(st.sampled_from(sorted(edits(start))))
    how = nearness(typed, word)
    if how == ALIKE:
        assert keys(typed) & keys(word)
    elif how == BEGINS_ALIKE and may_be_half_typed(typed):
        assert any(key.startswith(tuple(keys(typed))) for key in keys(word))
    elif how == BEGINS_ALIKE:
        assert keys(typed) & keys(word)


@given(WORDS)
def test_a_word_has_few_keys(word: str) -> None:
    assert len(keys(word)) <= 7
