"""The letters of what is printed, at one weight. Sizes and widths are of one unit, of any."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from eventapp.ui.shaping import Line, clusters, lacking, shape


@dataclass(frozen=True)
class Face:
    weight: str  # bold, regular
    runs_left: bool | None = None  # right to left; None: as the letters themselves say

    def line(self, text: str) -> Line:
        return shape(text, self.weight, runs_left=self.runs_left)

    def width(self, text: str, size: float) -> float:
        return size * self.line(text).width

    def lacks_some_of(self, text: str) -> bool:
        return bool(lacking(text, self.weight))

    def without_missing(self, text: str) -> str:
        """The part of a text that can be drawn: words with a missing letter, and symbols that are
        missing, are left out.
        """
        if not self.lacks_some_of(text):
            return text
        words = (self._drawable(word) for word in text.split())
        return " ".join(word for word in words if word)

    def _drawable(self, word: str) -> str:
        letters = clusters(word)
        missing = [one for one in letters if lacking(one, self.weight)]
        if any(unicodedata.category(one[0])[0] in "LMN" for one in missing):
            return ""
        kept = "".join(one for one in letters if one not in missing)
        return kept if not missing or any(char.isalnum() for char in kept) else ""


BOLD, REGULAR = Face("bold"), Face("regular")
