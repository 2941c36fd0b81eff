"""Fuzzy match of words: one letter wrong, missing or too many, or two swapped; or letters that
sound the same.

Words are folded already. To find candidates among many thousands, each word is indexed under a few
keys: its start, and that start without one of its letters. A typed word is cut the same way, and
any mistake leaves one pair of equal cuts (W. Garbe's "symmetric delete"): an extra letter is
deleted on one side, a missing one on the other, and a wrong or swapped one on both. So an index
range scan finds them, on any database and in any script. How a word sounds is one key more.
"""

from __future__ import annotations

from functools import lru_cache

from eventapp.core.sounds import sound

KEY_LETTERS = 6  # of a word's start: more letters make more keys, fewer make more words per key
SHORTEST = 3  # shorter words are matched exactly
HALF_TYPED = 4  # shorter words are matched fuzzily only if typed to their end
LONG_WORD = 8  # may have a second mistake, if one of the two is after the keys' letters

# How near a typed word is to another; less is nearer.
EQUAL, BEGINS, ALIKE, BEGINS_ALIKE, HARDLY = range(5)


_SOUNDS_LIKE = "~"  # begins the key of a sound; no word has one

# For searching, which compares with the same words again and again. Indexing does not use it: an
# answer with a name that is known would take less time than one with a new name, and tell that.
_kept_sound = lru_cache(16_384)(sound)


def index_keys(word: str) -> set[str]:
    """The keys under which a word is indexed."""
    return keys(word) | set(filter(None, [_sound_key(word)]))


def typed_sound_key(word: str) -> str:
    """What the keys of words that sound like a typed one begin with; empty if it is too short."""
    return _sound_key(word) if len(word) >= HALF_TYPED else ""


def _sound_key(word: str) -> str:
    said = sound(word)
    return _SOUNDS_LIKE + said[:KEY_LETTERS] if len(said) >= SHORTEST else ""


def keys(word: str) -> set[str]:
    """The keys of a word's spelling, which are also those to look for when it is typed: its start,
    and that without one letter. Empty for the shortest words.
    """
    if len(word) < SHORTEST:
        return set()
    start = first_key(word)
    return {start, *(start[:at] + start[at + 1 :] for at in range(len(start)))}


def first_key(word: str) -> str:
    """The key that every indexed word has."""
    return word[:KEY_LETTERS]


def may_be_half_typed(word: str) -> bool:
    """Whether a match may be longer than its key: after three letters it could be anything, and no
    keys are longer.
    """
    return HALF_TYPED <= len(word) <= KEY_LETTERS


def nearness(typed: str, word: str) -> int | None:
    """How near the typed word is to this one or its beginning. Returns None if it is not near."""
    if word.startswith(typed):
        return EQUAL if word == typed else BEGINS
    if len(typed) < SHORTEST or max(len(typed), len(word)) < HALF_TYPED:
        return None
    if _is_within(1, typed, word):
        return ALIKE
    if len(typed) >= HALF_TYPED and _is_within(1, typed, word, half_typed=True):
        return BEGINS_ALIKE
    if len(typed) >= HALF_TYPED and _sounds_like_beginning(typed, word):
        return BEGINS_ALIKE
    if len(typed) >= LONG_WORD and _is_within(2, typed, word, half_typed=True):
        return HARDLY
    return None


def is_one_mistake_away(typed: str, word: str) -> bool:
    """Whether the two differ by one letter wrong, missing or too many, or two swapped."""
    return typed != word and _is_within(1, typed, word)


def _sounds_like_beginning(typed: str, word: str) -> bool:
    said = _kept_sound(typed)
    return len(said) >= SHORTEST and _kept_sound(word).startswith(said)


def _is_within(mistakes: int, typed: str, word: str, *, half_typed: bool = False) -> bool:
    """Whether the edit distance (optimal string alignment) is at most so many mistakes."""
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
