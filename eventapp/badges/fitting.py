"""Set words as large as their place allows, without cutting any off."""

from __future__ import annotations

import unicodedata

from eventapp.badges.face import Face

LEADING = 1.12  # distance of lines, times the size
TALL = 1.24  # height of one line with accents and descenders, times the size
ASCENT = 0.98  # the part of TALL above the baseline


def height_of(lines: int, size: float) -> float:
    return size * (TALL + LEADING * (lines - 1))


def fit_name(
    name: str, face: Face, *, width: float, height: float, most: float
) -> tuple[float, list[str]]:
    """A name on one line or two, as large as possible: its size, and its lines."""

    def size_of(lines: list[str]) -> float:
        widest = max(face.width(line, 1) for line in lines) or 1
        return min(most, width / widest, height / height_of(len(lines), 1))

    choices = [[name], *_in_two(name.split())]
    best = max(choices, key=lambda lines: (size_of(lines), -len(lines)))
    if size_of(best) < most / 4 and len(name) > 1:  # one very long word
        best = max(best, _halves(name), key=size_of)
    return size_of(best), best


def _in_two(words: list[str]) -> list[list[str]]:
    return [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]


def _halves(name: str) -> list[str]:
    middle = len(name) // 2
    while middle < len(name) - 1 and _belongs_to_the_one_before(name[middle]):
        middle += 1
    return [name[:middle].rstrip(), name[middle:].lstrip()]


def _belongs_to_the_one_before(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf", "Sk")


def fit_text(
    text: str, face: Face, *, width: float, height: float, most: float
) -> tuple[float, list[str]]:
    """A text on as many lines as fit, at the largest size that allows."""
    size, lines = most, wrap(text, face, width=width, size=most)
    while height_of(len(lines), size) > height:
        size *= 0.94
        lines = wrap(text, face, width=width, size=size)
    return size, lines


def wrap(text: str, face: Face, *, width: float, size: float) -> list[str]:
    """Lines of whole words; a word wider than a line is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines += _broken(word, face, width=width, size=size)
    return [line for line in lines if line]


def _broken(word: str, face: Face, *, width: float, size: float) -> list[str]:
    pieces = [""]
    for char in word:
        fits = face.width(pieces[-1] + char, size) <= width
        if fits or not pieces[-1] or _belongs_to_the_one_before(char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def shorten(text: str, face: Face, *, width: float, size: float) -> str:
    """As much of a line as fits, with an ellipsis if it is cut."""
    if face.width(text, size) <= width:
        return text
    while text and face.width(text.rstrip() + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
