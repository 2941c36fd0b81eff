"""The encoding of a text file: what it says itself, or what makes words of its letters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from charset_normalizer import from_bytes

from eventapp.guests.reading.refusals import (
    BinaryFile,
    EmptyFile,
    UnknownEncoding,
    UnreadableLetters,
)
from eventapp.guests.reading.vocabulary import load

# As spreadsheets and tools write lists, those that we meet most first.
_GUESSED = (
    *("cp1252", "cp1250", "mac_roman", "iso8859_15", "iso8859_2", "cp1255", "cp1256", "cp1251"),
    *("koi8_r", "cp1254", "cp1253", "cp1257", "cp932", "cp949", "gb18030", "big5", "cp850"),
    *("mac_latin2", "mac_cyrillic", "mac_greek"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_MOST = 60_000  # bytes of lines that have more than ASCII
_WORDS_MOST = 3000
_NULLS_LEAST = 0.3  # of every other byte, in UTF-16 without its mark
_GOOD_LEAST = 0.8  # of the words, for an encoding to be right
_MUCH_BETTER = 0.1
_OURS = ("es", "en", "fr", "de", "it", "pt", "ca", "nl")
_RARE = ("is", "et", "lv", "lt")  # beside others that make words of the same bytes
_ASCII = "Az09@,;"
_ADDED_LEAST = 0xED  # the first byte of the letters that NEC and IBM added to Shift-JIS
_UNUSED = ("shift_jis_2004", "shift_jisx0213")  # by spreadsheets: other letters than cp932's
_WORD = re.compile(r"[^\s,;|\"@()\[\]<>=&:/\\!?.+_*#%0-9-]+")
_QUOTES = "“”‘’„–—…«»¿¡ºª'"  # beside a word
_SIGNS = frozenset(_QUOTES + "€£©®°·•§½¼²³´`†")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_KANA_AND_HANGUL = re.compile("[\u3040-\u30ff\u3005\uac00-\ud7a3\u3400-\u9fff\uf900-\ufaff]+")
_THAI_TO_GEORGIAN = re.compile("[\u0900-\u0dff\u0e00-\u0e7f\u10a0-\u10ff]+")


class Decoded(NamedTuple):
    text: str
    encoding: str
    is_sure: bool = True  # False: it does not say so itself, and another would be as good


class _Fit(NamedTuple):
    """How well an encoding makes words of bytes; greater is better."""

    words: float  # the share that some language has
    of_one: float  # the share that the one language has that has most
    capitals: float  # the share that begins as names do
    language: str

    @property
    def score(self) -> float:
        return self.words + self.of_one + self.capitals / 5


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file, in the encoding given or in the one found.

    Raises EmptyFile, BinaryFile, UnknownEncoding, or UnreadableLetters if no encoding makes words
    of it.
    """
    decoded = _given(data, encoding) if encoding else _said(data) or _guessed(data)
    if "\0" in decoded.text:
        raise BinaryFile
    if not decoded.text.strip("\ufeff \t\r\n"):
        raise EmptyFile
    return decoded._replace(text=decoded.text.removeprefix("\ufeff"))


def _given(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), codecs.lookup(encoding).name)
    except (LookupError, UnicodeError, ValueError) as no:
        raise UnknownEncoding(encoding=encoding[:40]) from no


def _said(data: bytes) -> Decoded | None:
    """By its mark, by its nulls, or as UTF-8, which no other text is by chance."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in filter(None, (marked, _utf_16_without_mark(data), "utf-8")):
        try:
            return Decoded(data.decode(encoding), encoding.removesuffix("-sig"))
        except UnicodeDecodeError as no:
            if encoding == marked:
                raise BinaryFile from no
    return None


def _utf_16_without_mark(data: bytes) -> str:
    """Every other byte of Latin text in UTF-16 is a null."""
    top = data[:4000]
    half = len(top) // 2 or 1
    if top[1::2].count(0) / half > _NULLS_LEAST and not top[::2].count(0):
        return "utf-16-le"
    if top[::2].count(0) / half > _NULLS_LEAST and not top[1::2].count(0):
        return "utf-16-be"
    return ""


def _guessed(data: bytes) -> Decoded:
    if b"\0" in data:
        raise BinaryFile
    sample = _sample(data)
    fits = [(fit, name) for name in _candidates(sample) if (fit := _fit(sample, name))]
    # The first of equals: the order of the candidates is that of likelihood.
    for fit, name in sorted(fits, key=lambda one: -one[0].score):
        if fit.words < _GOOD_LEAST:
            break
        try:
            return Decoded(data.decode(name), name, _is_sure(fit, name, fits, sample))
        except UnicodeDecodeError:
            continue
    raise UnreadableLetters


def _candidates(sample: bytes) -> list[str]:
    """Ours, then what charset-normalizer finds, in which ASCII is as it is."""
    found = (match.encoding for match in from_bytes(sample, threshold=0.5))
    others = (name for name in found if _keeps_ascii(name) and name not in _UNUSED)
    return list(dict.fromkeys((*_GUESSED, *others)))


def _keeps_ascii(encoding: str) -> bool:
    return _ASCII.encode(encoding) == _ASCII.encode()


def _sample(data: bytes) -> bytes:
    """Lines with letters beyond ASCII; the others are alike in all encodings."""
    lines, size = [], 0
    for line in re.split(rb"[\r\n]+", data):
        if not line.isascii():
            lines.append(line[:_SAMPLE_MOST])
            size += len(line)
            if size > _SAMPLE_MOST:
                break
    return b"\n".join(lines)


def _fit(sample: bytes, encoding: str) -> _Fit | None:
    try:
        text = sample.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    words = [word.strip(_QUOTES) for word in _WORD.findall(text)[: 20 * _WORDS_MOST]]
    words = [one for one in words if not one.isascii() and not _SIGNS.issuperset(one)]
    words = words[:_WORDS_MOST]
    if not words:
        return _Fit(1, 1, 1, _OURS[0])
    languages = [_languages_of(word, encoding) for word in words]
    by_language = {one: sum(one in there for there in languages) for one in set().union(*languages)}
    best = max(by_language, key=lambda one: (by_language[one], one in _OURS), default="")
    share = sum(map(bool, languages)) / len(words)
    capitals = sum(not word[:1].islower() for word in words) / len(words)
    return _Fit(share, by_language.get(best, 0) / len(words), capitals, best)


def _is_sure(fit: _Fit, name: str, fits: Sequence[tuple[_Fit, str]], sample: bytes) -> bool:
    """Whether no other encoding makes other words of it that are as good."""
    rivals = [
        other
        for rival, other in fits
        if rival.score > fit.score - _MUCH_BETTER and rival.language not in _RARE
    ]
    text = sample.decode(name)
    return fit.language in _OURS or all(sample.decode(other) == text for other in rivals)


def _languages_of(word: str, encoding: str) -> frozenset[str]:
    """The languages that may have a word, of a text in this encoding."""
    if _has_odd_capital(word):
        return frozenset()
    lower = word.lower()
    letters = frozenset(char for char in lower if char not in "’'ʼ·")
    foreign = frozenset(char for char in letters if not char.isascii())
    found = {name for name, alphabet in _latin() if foreign <= alphabet}
    found |= {name for name, alphabet in _others() if letters <= alphabet}
    if "pt" in found and re.search("õ(?!e)", lower):  # elsewhere it is a Hungarian ő
        found.discard("pt")
    return frozenset(found) or _of_the_east(word, encoding)


def _has_odd_capital(word: str) -> bool:
    """Whether a capital beyond ASCII follows a letter in a word of small ones: `JosŽ`."""
    return not word.isupper() and any(
        before.isalpha() and char.isupper() and not char.isascii()
        for before, char in pairwise(word)
    )


def _of_the_east(word: str, encoding: str) -> frozenset[str]:
    """Scripts without an alphabet: by the characters that are in use."""
    if _THAI_TO_GEORGIAN.fullmatch(word):
        return frozenset({"southern"})
    if not _KANA_AND_HANGUL.fullmatch(word):
        return frozenset()
    native = {"gb18030": "gb2312", "cp932": "shift_jis", "cp949": "euc_kr"}.get(encoding, encoding)
    common = word if encoding != "cp932" else "".join(filter(_is_in_shift_jis, word))
    try:
        common.encode(native)
    except UnicodeEncodeError:
        return frozenset()
    if encoding == "cp949" and _HAN.search(word):
        return frozenset()
    return frozenset({encoding})


@cache
def _is_in_shift_jis(char: str) -> bool:
    """Whether it is none of the letters of names that only Windows' Shift-JIS has: 髙, 﨑."""
    return char.encode("cp932", "replace")[0] < _ADDED_LEAST


@cache
def _latin() -> list[tuple[str, frozenset[str]]]:
    return [(name, frozenset(letters)) for name, letters in load("alphabets.toml")["latin"].items()]


@cache
def _others() -> list[tuple[str, frozenset[str]]]:
    return [(name, frozenset(letters)) for name, letters in load("alphabets.toml")["other"].items()]
