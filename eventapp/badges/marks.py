"""What a badge is drawn with, in millimetres from its top left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import segno

from eventapp.ui.outlines import outline
from eventapp.ui.shaping import Line

# Of the eight masks, readers take any. To look for the best would be two thirds of the time that a
# badge takes, and what it evens out, long runs of one colour, a random address hardly has.
MASK = 3
BLACK, WHITE = "#000000", "#ffffff"


@dataclass(frozen=True)
class Words:
    x: float  # the left end
    y: float  # the baseline
    size: float
    line: Line
    colour: str = BLACK

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def shape(self) -> str:
        """Their outlines as the path of an SVG."""
        return outline(self.line, self.x, self.y, self.size)


@dataclass(frozen=True)
class Box:
    """A filled box: the ground for words in white, or a line to write on."""

    x: float
    y: float
    width: float
    height: float
    colour: str = BLACK
    radius: float = 0


@dataclass(frozen=True)
class Picture:
    """The logo of the community: a square."""

    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Code:
    """A QR code, as bars of dark modules. Black on white, whatever colours a badge has."""

    x: float
    y: float
    side: float
    address: str

    @cached_property
    def rows(self) -> tuple[bytearray, ...]:
        code = segno.make(self.address, error="m", micro=False, mask=MASK)
        matrix: tuple[bytearray, ...] = code.matrix
        return matrix

    @property
    def bars(self) -> Iterator[tuple[int, int, int]]:
        """Each run of dark modules: its column, its row, its length."""
        for y, row in enumerate(self.rows):
            x = 0
            for is_dark, run in groupby(row):
                length = len(list(run))
                if is_dark:
                    yield x, y, length
                x += length

    @property
    def module(self) -> float:
        return self.side / len(self.rows)

    @property
    def path(self) -> str:
        """The bars as the path of an SVG whose unit is one module."""
        return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in self.bars)


Mark = Words | Box | Picture | Code
