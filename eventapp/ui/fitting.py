"""Set words as large as their place allows, without cutting any off."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from eventapp.ui.face import Face
from eventapp.ui.shaping import Line, clusters

ASCENT, DESCENT = 0.9, 0.26  # of a line of text, at least, times the size
LONG = 0.3  # a name that is smaller than this part of what it may be goes on two lines
ENDLESS = 12  # times its size: a word as wide as that is broken


@dataclass(frozen=True)
class Block:
    """Lines of one size, one below the other."""

    lines: tuple[Line, ...]
    size: float
    is_tight: bool = False  # only as high as what is drawn, where the size is to be the largest

    @cached_property
    def _extents(self) -> list[tuple[float, float]]:
        least_top, least_bottom = (0.0, 0.0) if self.is_tight else (ASCENT, DESCENT)
        return [(max(line.top, least_top), max(-line.bottom, least_bottom)) for line in self.lines]

    @property
    def height(self) -> float:
        return self.size * sum(top + bottom for top, bottom in self._extents)

    @property
    def width(self) -> float:
        return self.size * max((line.width for line in self.lines), default=0)

    def baselines(self) -> Iterator[tuple[Line, float]]:
        """Each line, and how far below the block's top its baseline is."""
        y = 0.0
        for line, (top, bottom) in zip(self.lines, self._extents, strict=True):
            yield line, y + top * self.size
            y += (top + bottom) * self.size


def fit_name(name: str, face: Face, *, width: float, height: float, most: float) -> Block:
    """A name on one line, as large as possible; on two where it is so long that that helps."""

    def fitted(*lines: str) -> Block:
        at_one = Block(tuple(map(face.line, lines)), 1, is_tight=True)
        size = min(most, width / (at_one.width or 1), height / (at_one.height or 1))
        return Block(at_one.lines, size, is_tight=True)

    best = fitted(name)
    if best.size < most * LONG:
        broken = (fitted(*lines) for lines in _in_two(name, is_endless=width > best.size * ENDLESS))
        best = max((best, *broken), key=lambda one: one.size)
    return best


def _in_two(name: str, *, is_endless: bool) -> Iterator[tuple[str, str]]:
    words, letters = name.split(), clusters(name)
    for at in range(1, len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])
    if is_endless and len(words) == 1:
        middle = _joins(letters, len(letters) // 2)
        yield "".join(letters[:middle]), "".join(letters[middle:])


def _joins(letters: list[str], at: int) -> int:
    """Where a word may be broken, from there on: not after a virama, which joins two consonants."""
    while at < len(letters) - 1 and unicodedata.combining(letters[at - 1][-1]) == 9:
        at += 1
    return at


def fit_text(text: str, face: Face, *, width: float, height: float, most: float) -> Block:
    """A text on as many lines as fit, at the largest size that allows."""
    block = wrapped(text, face, width=width, size=most)
    while block.height > height:
        block = wrapped(text, face, width=width, size=block.size * 0.94)
    return block


def wrapped(text: str, face: Face, *, width: float, size: float) -> Block:
    """Lines of whole words; a word wider than a line is broken."""
    lines = lines_of(text, face, width=width, size=size)
    return Block(tuple(map(face.line, lines)), size)


def lines_of(text: str, face: Face, *, width: float, size: float) -> list[str]:
    """The texts of such lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines += _broken(word, face, width=width, size=size)
    return [line for line in lines if line]


def _broken(word: str, face: Face, *, width: float, size: float) -> list[str]:
    pieces, letters = [""], clusters(word)
    for at, letter in enumerate(letters):
        fits = face.width(pieces[-1] + letter, size) <= width
        if fits or not pieces[-1] or _joins(letters, at) != at:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def fit_line(text: str, face: Face, *, width: float, least: float, most: float) -> Block:
    """One line, smaller if it is long, and shortened if that is not enough."""
    size = max(least, min(most, width / (face.width(text, 1) or 1)))
    return Block((face.line(shorten(text, face, width=width, size=size)),), size)


def shorten(text: str, face: Face, *, width: float, size: float) -> str:
    """As much of a line as fits, with an ellipsis if it is cut."""
    if face.width(text, size) <= width:
        return text
    letters = clusters(text)
    while letters and face.width("".join(letters).rstrip() + "…", size) > width:
        letters.pop()
    return "".join(letters).rstrip() + "…"
