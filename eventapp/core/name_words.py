"""The words by which a name is found: as written, joined, and in Latin letters.

`door/static/search.js` does the same on a phone without network; tests/door/finding.json holds for
both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from anyascii import anyascii

from eventapp.core import text

# Letters for which a passport, or a keyboard without them, has two: `fold` makes one of each.
_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe", "Đ": "Dj"}
)
# Scripts written without spaces: Han, kana and Hangul.
_UNSPACED = "[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
_EACH_UNSPACED = re.compile(_UNSPACED)
_SPOKEN = re.compile("[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
# Korean surnames as their bearers write them, where romanisation by rule does otherwise.
_KOREAN = {"김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung"}
_KOREAN_SURNAME = re.compile(f"\\b[{''.join(_KOREAN)}](?=[\uac00-\ud7a3 ])")
_ARTICLE = "ال"
JOINED = " "  # no word has one
WORDS_MOST = 6


def words_of(name: str) -> set[str]:
    """The words of a name, as `fold` writes it and as `other_spelling` does."""
    return {*text.words(name), *other_spelling(name).split()}


def found_by(name: str) -> set[str]:
    """All by which a name is found: a word that somebody types is the beginning of one of these.

    `De la Cruz` is found by `delacruz`, 王小明 by 小明 and `xiaoming`, الفهد by فهد.
    """
    return {word.removeprefix(JOINED) for word in index_words(name)}


def index_words(name: str) -> set[str]:
    """The same for an index: what is several words, joined, has JOINED before it, so that looking
    for a word reads no more.
    """
    spellings = text.words(name), other_spelling(name).split()
    return {part for words in spellings for part in (*_parts(words), *_joined(words))}


def _joined(words: list[str]) -> Iterator[str]:
    for place in range(len(words) - 1):
        yield JOINED + "".join(words[place:])


def _parts(words: list[str]) -> Iterator[str]:
    for word in words:
        yield word
        for unspaced in _EACH_UNSPACED.finditer(word):
            yield word[unspaced.start() :]
        if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1:
            yield word.removeprefix(_ARTICLE)


def other_spelling(name: str, folded: str | None = None) -> str:
    """The folded name in Latin letters, with two where some write two: `Müller` is `mueller`, and
    Владимир `vladimir`. Empty if it is as `fold` writes it.

    Of a name without letters, its symbols, and what they are called: `🦊 fox`.
    """
    if name.isascii():
        return ""
    folded = text.fold(name) if folded is None else folded
    if not folded:
        return " ".join(filter(None, (_symbols(name), _latin(name))))
    composed = unicodedata.normalize("NFC", name)
    if folded.isascii() and composed == composed.translate(_TWO_LETTERS):
        return ""
    latin = _latin(composed)
    return "" if latin == folded else latin


def _latin(name: str) -> str:
    korean = _KOREAN_SURNAME.sub(lambda found: _KOREAN[found[0]] + " ", name)
    apart = _SPOKEN.sub(lambda found: f" {found[0]} ", korean.translate(_TWO_LETTERS))
    return text.fold(anyascii(apart))


def typed_words(typed: str) -> list[str]:
    """The words to look for, in their order. Of a text without letters, its emoji."""
    return text.words(typed) or list(filter(None, (_symbols(typed),)))


def words_to_find(typed: str) -> list[str]:
    """The longest typed words, in their order, without repeats."""
    words = list(dict.fromkeys(typed_words(typed)))
    longest = sorted(words, key=len, reverse=True)[:WORDS_MOST]
    return [word for word in words if word in longest]


def _symbols(name: str) -> str:
    """Emoji, without what varies them. Cn: emoji that are newer than this Python."""
    return "".join(char for char in name if unicodedata.category(char) in ("So", "Cn"))


def is_called(name: str, typed: str) -> bool:
    """Whether the name has, for each word typed, a word that begins with it."""
    return begin(typed_words(typed), found_by(name))


def is_whole_name(name: str, typed: str) -> bool:
    """Whether all words of the name were typed, in whatever order, or joined."""
    words = typed_words(typed)
    spellings = typed_words(name), other_spelling(name).split()
    return bool(words) and any(
        sorted(one) == sorted(words) or "".join(one) == "".join(words) for one in spellings
    )


def may_be_called(name: str, typed: str) -> bool:
    """Whether somebody who says that name may be this one: by all words of it, or by several. A
    first name alone is everybody's.
    """
    typed_ones = typed_words(typed)
    if len(typed_ones) > 1:
        return is_called(name, typed)
    spellings = typed_words(name), other_spelling(name).split()
    return bool(typed_ones) and typed_ones[0] in map("".join, spellings)


def begin(typed: Collection[str], words: Iterable[str]) -> bool:
    """Whether each typed word begins one of these, or all of them do, joined."""
    words = tuple(words)
    joined = "".join(typed)
    return all(any(word.startswith(one) for word in words) for one in typed) or any(
        word.startswith(joined) for word in words
    )
