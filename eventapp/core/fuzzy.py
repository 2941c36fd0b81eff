"""Words typed with a mistake in them: one letter wrong, missing or too many, or two swapped.

Words are folded already. To find, among many thousands, those that may have been meant, each is
kept under a few keys: its start, and that start without one of its letters. What is typed is cut
in the same way, and any mistake leaves one pair of cuts alike (W. Garbe's "symmetric delete"): a
letter too many is cut from one side, one that is missing from the other, and what is wrong or
swapped from both. So a range of an index finds them, on any database and in any script.
"""

from __future__ import annotations

KEY_LETTERS = 6  # of a word's start: with more, more keys; with fewer, more words under each
SHORTEST = 3  # shorter words are taken as they are typed
HALF_TYPED = 4  # shorter words with a mistake have to be typed to their end
LONG_WORD = 8  # forgiven a second mistake, where one of the two comes after the keys' letters

# How near a typed word is to another, the nearest first.
EQUAL, BEGINS, ALIKE, BEGINS_ALIKE, HARDLY = range(5)


def keys(word: str) -> set[str]:
    """What a word is found under, and what is looked for when it is typed: its start, and that
    without one letter. Nothing for the shortest words.
    """
    if len(word) < SHORTEST:
        return set()
    start = first_key(word)
    return {start, *(start[:at] + start[at + 1 :] for at in range(len(start)))}


def first_key(word: str) -> str:
    """The key that every word has that has any."""
    return word[:KEY_LETTERS]


def may_be_half_typed(word: str) -> bool:
    """Whether what only begins with one of its keys may have been meant: after three letters
    it might be anything, and there are no longer keys.
    """
    return HALF_TYPED <= len(word) <= KEY_LETTERS


def nearness(typed: str, word: str) -> int | None:
    """How near the typed word is to this one, or to its beginning; None where it is not."""
    if word.startswith(typed):
        return EQUAL if word == typed else BEGINS
    if len(typed) < SHORTEST or max(len(typed), len(word)) < HALF_TYPED:
        return None
    if _is_within(1, typed, word):
        return ALIKE
    if len(typed) >= HALF_TYPED and _is_within(1, typed, word, half_typed=True):
        return BEGINS_ALIKE
    if len(typed) >= LONG_WORD and _is_within(2, typed, word, half_typed=True):
        return HARDLY
    return None


def _is_within(mistakes: int, typed: str, word: str, *, half_typed: bool = False) -> bool:
    """Whether so many mistakes make the word what was typed (optimal string alignment)."""
    same = _length_of_common_start(typed, word)
    typed, word = typed[same:], word[same:]
    if not typed:
        return half_typed or len(word) <= mistakes
    if not word or not mistakes:
        return len(typed) <= mistakes
    tried = [(typed[1:], word[1:]), (typed[1:], word), (typed, word[1:])]
    if typed[:2] == word[1::-1]:
        tried.append((typed[2:], word[2:]))
    return any(
        _is_within(mistakes - 1, rest, other, half_typed=half_typed) for rest, other in tried
    )


def _length_of_common_start(one: str, other: str) -> int:
    for at, (letter, its) in enumerate(zip(one, other, strict=False)):
        if letter != its:
            return at
    return min(len(one), len(other))
