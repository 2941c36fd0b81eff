"""The typeface of badges: which letters it has, and their widths."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import eventapp.ui

FOLDER = Path(eventapp.ui.__file__).parent / "fonts/noto-sans-0.4.2"
FILES = {"bold": "NotoSans_700Bold.ttf", "regular": "NotoSans_400Regular.ttf"}

# Hebrew to Mongolian: right to left, or joined letters, which the PDF cannot shape.
NEEDS_SETTING = range(0x0590, 0x1C80)
ELSEWHERE_EM = 1.3  # the largest width of a letter from another font: that of emoji


class Face:
    """One weight of the typeface. Sizes and widths have the same unit, whichever it is."""

    def __init__(self, weight: str) -> None:
        self.name = f"badges-{weight}"
        font = TTFont(self.name, str(FOLDER / FILES[weight]))
        pdfmetrics.registerFont(font)
        self._glyphs: dict[int, int] = font.face.charToGlyph
        self._ems = _Ems(self, font.face.charWidths)

    def width(self, text: str, size: float) -> float:
        """The width of a line; an upper estimate for letters that a browser takes from
        other fonts.
        """
        return size * sum(map(self._ems.__getitem__, text))

    def has(self, char: str) -> bool:
        return ord(char) in self._glyphs and ord(char) not in NEEDS_SETTING

    def lacks_some_of(self, text: str) -> bool:
        return any(not self.has(char) and not _shows_nothing(char) for char in text)

    def without_missing(self, text: str) -> str:
        """The part of a text that can be drawn: words with a missing letter, and emoji, are left
        out.
        """
        words = (self._drawable(word) for word in text.split())
        return " ".join(word for word in words if word)

    def _drawable(self, word: str) -> str:
        shown = [char for char in word if not _shows_nothing(char)]
        missing = [char for char in shown if not self.has(char)]
        if any(unicodedata.category(char)[0] in "LMN" for char in missing):
            return ""
        kept = "".join(char for char in shown if self.has(char))
        return kept if not missing or any(char.isalnum() for char in kept) else ""


class _Ems(dict[str, float]):
    """The width of each letter at size 1, cached: a long sheet measures a million letters."""

    def __init__(self, face: Face, widths: dict[int, float]) -> None:
        self._face, self._widths = face, widths

    def __missing__(self, char: str) -> float:
        if self._face.has(char):
            em = self._widths.get(ord(char), 0) / 1000
        else:
            em = 0 if _shows_nothing(char) else ELSEWHERE_EM
        self[char] = em
        return em


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f"


def _shows_nothing(char: str) -> bool:
    """Joiners and variation selectors, which only change how their neighbours are drawn."""
    return unicodedata.category(char) == "Cf" or _is_selector(char)


@cache
def face(weight: str) -> Face:
    return Face(weight)
