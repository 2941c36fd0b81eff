"""Text in any script as glyphs in the places where they are drawn: joined, stacked, right to left.

A line is cut where its direction, its script or the font that has its letters changes; HarfBuzz
shapes each piece, and the bidirectional algorithm (UAX 9) puts them in order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

import uharfbuzz as hb

from eventapp.ui.direction import is_rtl, levels
from eventapp.ui.fonts import Font, fonts

JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAGS = range(0x1F1E6, 0x1F200)  # each flag is two of them
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")  # where they run right to left


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph and where it is drawn, in em from the start of the line's baseline."""

    font: Font
    id: int
    x: float
    y: float
    text: str  # what it stands for; empty for the further glyphs of a letter
    is_rtl: bool


@dataclass(frozen=True)
class Line:
    """A line of text, set. Lengths are in em: times the size of the letters."""

    text: str
    glyphs: tuple[Glyph, ...]
    width: float
    is_rtl: bool
    lacks: str  # the letters that no font has

    @cached_property
    def top(self) -> float:
        """How far it is drawn above the baseline."""
        return max((glyph.y + glyph.font.inks[glyph.id][0] for glyph in self.glyphs), default=0)

    @cached_property
    def bottom(self) -> float:
        """How far below; negative, as PDF counts."""
        return min((glyph.y + glyph.font.inks[glyph.id][1] for glyph in self.glyphs), default=0)


@dataclass(frozen=True)
class _Piece:
    text: str
    level: int
    script: str
    font: Font

    @property
    def is_rtl(self) -> bool:
        return self.level % 2 == 1


@lru_cache(20_000)
def shape(text: str, weight: str, *, runs_left: bool | None = None) -> Line:
    """`runs_left`: whether the line is written right to left, if its own letters do not decide."""
    is_left = is_rtl(text) if runs_left is None else runs_left
    pieces = _in_visual_order(list(_pieces(text, weight, base=int(is_left))))
    glyphs, x = list[Glyph](), 0.0
    for piece in pieces:
        for glyph, advance in _shaped(piece, x):
            glyphs.append(glyph)
            x += advance
    return Line(text, tuple(glyphs), x, is_left, lacking(text, weight))


@lru_cache(20_000)
def lacking(text: str, weight: str) -> str:
    """The letters of a text that no font has."""
    return "".join(one for one in clusters(text) if not has_letter(one, weight))


@lru_cache(20_000)
def has_letter(letter: str, weight: str) -> bool:
    """Whether a font has it; thousands of names have a few letters."""
    return _first_with(letter, fonts(weight)) is not None


def clusters(text: str) -> list[str]:
    """A letter with its marks; an emoji with what joins and colours it."""
    found: list[str] = []
    for char in text:
        if found and _belongs(char, found[-1]):
            found[-1] += char
        else:
            found.append(char)
    return found


def _belongs(char: str, before: str) -> bool:
    if unicodedata.category(char)[0] == "M" or unicodedata.category(char) == "Cf":
        return True
    if ord(char) in FLAGS:
        return len(before) == 1 and ord(before) in FLAGS
    joins = before[-1] == JOINER and unicodedata.category(char) == "So"
    return joins or ord(char) in SKIN_TONES


def _needs_no_glyph(char: str) -> bool:
    """Spaces, joiners and variation selectors only change how others are drawn."""
    is_selector = "\ufe00" <= char <= "\ufe0f"
    return char.isspace() or is_selector or unicodedata.category(char) == "Cf"


def _pieces(text: str, weight: str, *, base: int) -> Iterator[_Piece]:
    known = fonts(weight, _prefer(text))
    kinds = zip(text, levels(text, base=base), _scripts(text), strict=True)
    for (level, script), run in groupby(kinds, key=lambda kind: kind[1:]):
        for font, part in _by_font("".join(kind[0] for kind in run), known):
            yield _Piece(part, level, script, font)


def _prefer(text: str) -> str:
    """Where Han is written as beside these letters: kana in Japan, Hangul in Korea."""
    scripts = {_script(char) for char in text}
    return "jp" if scripts & {"Hira", "Kana"} else "kr" if "Hang" in scripts else ""


def _scripts(text: str) -> list[str]:
    """The script of each character. Marks, digits and signs have that of their neighbour."""
    found = [_script(char) for char in text]
    last = next(filter(None, found), "")
    for at, script in enumerate(found):
        found[at] = last = script or last
    return found


@lru_cache(4096)
def _script(char: str) -> str:
    """As HarfBuzz knows it; empty for what all scripts share."""
    if unicodedata.category(char)[0] == "M" and not char.isalpha():
        return ""
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    return buffer.script or ""


def _by_font(text: str, known: Sequence[Font]) -> Iterator[tuple[Font, str]]:
    """Parts that one font draws: whole words, where one has all of their letters."""
    found: list[tuple[Font, str]] = []
    for word in _words(text):
        whole = _first_with(word, known)
        for part in [word] if whole else clusters(word):
            font = whole or _first_with(part, known) or known[0]
            if found and (found[-1][0] is font or part.isspace()):
                found[-1] = (found[-1][0], found[-1][1] + part)
            else:
                found.append((font, part))
    yield from found


def _words(text: str) -> Iterator[str]:
    for _, run in groupby(text, key=str.isspace):
        yield "".join(run)


def _first_with(text: str, known: Sequence[Font]) -> Font | None:
    needed = [char for char in text if not _needs_no_glyph(char)]
    return next((font for font in known if all(map(font.has, needed))), None)


def _in_visual_order(pieces: list[_Piece]) -> list[_Piece]:
    """UAX 9, L2: from the highest level to the lowest odd one, reverse what is at it or above."""
    for level in range(max((piece.level for piece in pieces), default=0), 0, -1):
        runs = groupby(pieces, key=lambda piece: piece.level >= level)
        pieces = [
            piece
            for is_reversed, run in [(key, list(run)) for key, run in runs]
            for piece in (reversed(run) if is_reversed else run)
        ]
    return pieces


def _shaped(piece: _Piece, x: float) -> Iterator[tuple[Glyph, float]]:
    """The glyphs of a piece that begins at x, from left to right, each with its advance."""
    buffer = hb.Buffer()
    buffer.add_str(piece.text)
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if piece.is_rtl else "ltr"
    if piece.script:
        buffer.script = piece.script
    hb.shape(piece.font.shaper, buffer)
    em, infos = piece.font.em, buffer.glyph_infos
    read = piece.text.translate(MIRRORED) if piece.is_rtl else piece.text
    texts = _texts(read, [info.cluster for info in infos])
    for info, position in zip(infos, buffer.glyph_positions, strict=True):
        at, advance = (x + position.x_offset / em, position.y_offset / em), position.x_advance / em
        said = texts.pop(info.cluster, "")
        yield Glyph(piece.font, info.codepoint, *at, said, piece.is_rtl), advance
        x += advance


def _texts(text: str, starts: Sequence[int]) -> dict[int, str]:
    """What each cluster of glyphs stands for, by where it starts."""
    return {start: text[start:end] for start, end in pairwise([*sorted(set(starts)), len(text)])}
