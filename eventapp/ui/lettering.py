"""Words on pictures, in our typeface; what it lacks, in the other fonts that we draw with (fonts/),
but for emoji. A word that no font can draw is left out: there is no tofu.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from PIL import ImageDraw, ImageFont

from eventapp.ui.fonts import EMOJI, FIGTREE, fonts

BOLD = 600  # and heavier, on the scale of CSS
LEADING = 1.12  # distance of lines, times the size


class Face:
    """A weight of the typeface at one size, in pixels."""

    def __init__(self, weight: int, size: int) -> None:
        self.weight, self.size = weight, size
        self._known = fonts("bold" if weight >= BOLD else "regular")
        self._font_of = cache(self._find)
        self._font = cache(self._open)

    def _find(self, char: str) -> int | None:
        """The first font that has a letter."""
        for number, font in enumerate(self._known):
            if char.isspace() or (font.has(char) and font.path != EMOJI):
                return number
        return None

    def _open(self, number: int) -> ImageFont.FreeTypeFont:
        font = self._known[number]
        opened = ImageFont.truetype(font.path, self.size)
        if font.is_variable:
            opened.set_variation_by_axes([self.weight if font.path == FIGTREE else font.weight])
        return opened

    def drawable(self, text: str) -> str:
        """Without emoji, and without the words of which it lacks a letter."""
        words = ("".join(map(self._kept, word)) for word in text.split())
        return " ".join(word for word in words if word and "\0" not in word)

    def _kept(self, char: str) -> str:
        """A letter; nothing for a symbol that is lacking; NUL for a letter that is."""
        if unicodedata.category(char) in ("Cf", "Cc") or "\ufe00" <= char <= "\ufe0f":
            return ""
        if self._font_of(char) is not None:
            return char
        return "\0" if unicodedata.category(char)[0] in "LN" else ""

    def width(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self._runs(text))

    def draw(
        self, pencil: ImageDraw.ImageDraw, text: str, at: tuple[float, float], fill: str
    ) -> None:
        """`at`: the left end of the baseline."""
        x, baseline = at
        for font, run in self._runs(text):
            pencil.text((x, baseline), run, fill, font, anchor="ls")
            x += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """Parts that one font draws. A mark or a space stays with the letter before it."""
        numbers: list[int] = []
        for char in text:
            joins = numbers and (char.isspace() or unicodedata.category(char)[0] == "M")
            numbers.append(numbers[-1] if joins else self._font_of(char) or 0)
        pairs = zip(numbers, text, strict=True)
        for number, run in groupby(pairs, key=lambda pair: pair[0]):
            yield self._font(number), "".join(char for _, char in run)

    def wrapped(self, text: str, width: float) -> list[str]:
        """Lines of whole words; a word wider than a line is broken, as Chinese has to be."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer) <= width:
                lines[-1] = longer
            else:
                lines += self._broken(word, width)
        return [line for line in lines if line]

    def _broken(self, word: str, width: float) -> list[str]:
        pieces = [""]
        for char in word:
            if pieces[-1] and self.width(pieces[-1] + char) > width:
                pieces.append("")
            pieces[-1] += char
        return pieces

    def shortened(self, text: str, width: float) -> str:
        """As many words of a line as fit, with an ellipsis if it is cut; of a long word a part."""
        if self.width(text) <= width:
            return text
        cut = text
        while cut and self.width(f"{cut}…") > width:
            cut = cut[:-1]
        words = cut.rpartition(" ")[0] if text[len(cut) : len(cut) + 1] != " " else cut
        return (words if len(words) * 2 > len(cut) else cut).rstrip(" ,;:·-") + "…"

    def cut(self, lines: list[str], most: int, width: float) -> list[str]:
        """So many lines, the last one shortened if there were more."""
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], self.shortened(" ".join(lines[most - 1 :]), width)]


@cache
def face(weight: int, size: int) -> Face:
    return Face(weight, size)


def fitted(
    text: str, weight: int, *, sizes: range, width: float, height: float
) -> tuple[Face, list[str]]:
    """A text in the largest of some sizes that leaves it within a box; cut in the last of them."""
    for size in sizes:
        letters = face(weight, size)
        lines = letters.wrapped(letters.drawable(text), width)
        most = int(height / (size * LEADING))
        if len(lines) <= most:
            return letters, lines
    return letters, letters.cut(lines, most, width)
