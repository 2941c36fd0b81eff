"""The layout of a badge: marks, in millimetres from its top left corner.

The PDF and the print page only draw them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import segno

from eventapp.badges.face import face
from eventapp.badges.fitting import ASCENT, LEADING, fit_name, fit_text, height_of, shorten
from eventapp.badges.formats import Format

NAME_MOST = 15  # 42 points
LINE_MOST = 5
ASK_MOST = 4
SMALL = 2.8  # 8 points
GAP = 1.5
CODE_MOST = 24
RULE = 0.3
LOW = 60  # the height below which a name needs all of it
QUIET = 3.2  # four modules and more between the code and anything else (ISO/IEC 18004, 6.3.8)


@dataclass(frozen=True)
class Badge:
    """The content of a badge, in the language of its words."""

    name: str  # empty: to be written by hand
    address: str  # the content of its code
    heading: str = ""
    line: str = ""
    ask_label: str = ""
    ask: str = ""
    tells: tuple[str, ...] = ()  # first time, host


@dataclass(frozen=True)
class Words:
    x: float
    y: float  # the baseline
    size: float
    text: str
    weight: str = "regular"
    colour: str = "black"


@dataclass(frozen=True)
class Box:
    """A filled box: the ground for words in white, or a line to write on."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Code:
    """A QR code, as bars of dark modules."""

    x: float
    y: float
    side: float
    address: str

    @cached_property
    def rows(self) -> tuple[bytearray, ...]:
        matrix: tuple[bytearray, ...] = segno.make(self.address, error="m", micro=False).matrix
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


Mark = Words | Box | Code


def lay_out(badge: Badge, label: Format) -> list[Mark]:
    return list(_Sketch(badge, label).marks())


class _Sketch:
    """One badge on one label: the name, and the code in the corner below it.

    On a flat label the code is beside the name. On a low one the line below the name is beside the
    code, so that the name gets the height.
    """

    def __init__(self, badge: Badge, label: Format) -> None:
        self.badge = badge
        self.pad = 4 if label.height > 45 else 3
        self.right, self.bottom = label.width - self.pad, label.height - self.pad
        self.is_flat = label.width > 2 * label.height
        self.is_low = label.height < LOW and not self.is_flat
        self.side = min(CODE_MOST, (0.42 if self.is_flat else 0.38) * label.height)
        self.beside_code = self.right - self.side - QUIET  # right edge of words beside the code
        self.name_ends = self.beside_code if self.is_flat else self.right
        self.top = self.pad + SMALL + 2 * GAP

    def marks(self) -> Iterator[Mark]:
        ask_top = self._ask_top()
        yield from self._heading()
        if self.is_low:
            size, line = _one_line(self.badge.line, self.beside_code - self.pad)
            yield from self._name(ask_top - GAP, "")
            yield from self._lines([line], size, ask_top)
            ask_top += height_of(1, size) + (GAP / 2 if line else 0)
        else:
            yield from self._name(ask_top - GAP, self.badge.line)
        if self.badge.ask:
            yield from self._ask(ask_top)
        yield Code(self.right - self.side, self.bottom - self.side, self.side, self.badge.address)

    def _ask_top(self) -> float:
        """Where the name ends and the "ask me about" line begins."""
        if self.is_flat:
            return self.bottom - (3.4 * SMALL if self.badge.ask else 0)
        return self.bottom - self.side

    def _heading(self) -> Iterator[Mark]:
        bold, foot, ends = face("bold"), self.pad + SMALL, self.right
        for words in reversed(self.badge.tells):
            width = bold.width(words, SMALL) + 2 * GAP
            yield Box(ends - width, self.pad - 0.5, width, SMALL + GAP)
            yield Words(ends - width + GAP, foot, SMALL, words, "bold", "white")
            ends -= width + GAP
        room = ends - self.pad
        heading = shorten(self.badge.heading, face("regular"), width=room, size=SMALL)
        if heading and room > 0:
            yield Words(self.pad, foot, SMALL, heading)

    def _name(self, ends: float, below: str) -> Iterator[Mark]:
        """The name, and the line below it, centred in the free space down to `ends`."""
        width, bold = self.name_ends - self.pad, face("bold")
        line_size, line = _one_line(below, width)
        room = ends - self.top - height_of(1, line_size)
        if not self.badge.name:
            yield Box(self.pad, self.top + room - RULE, width, RULE)
            yield from self._lines([line], line_size, self.top + room)
            return
        size, lines = fit_name(self.badge.name, bold, width=width, height=room, most=NAME_MOST)
        top = self.top + (room - height_of(len(lines), size)) / 2
        yield from self._lines(lines, size, top, "bold")
        yield from self._lines([line], line_size, top + height_of(len(lines), size))

    def _lines(
        self, lines: list[str], size: float, top: float, weight: str = "regular"
    ) -> Iterator[Words]:
        for number, line in enumerate(lines):
            if line:
                foot = top + size * (ASCENT + LEADING * number)
                yield Words(self.pad, foot, size, line, weight)

    def _ask(self, top: float) -> Iterator[Mark]:
        width = self.beside_code - self.pad
        yield from self._lines([self.badge.ask_label], SMALL, top)
        top += LEADING * SMALL
        size, lines = fit_text(
            self.badge.ask, face("regular"), width=width, height=self.bottom - top, most=ASK_MOST
        )
        yield from self._lines(lines, size, top)


def _one_line(text: str, width: float) -> tuple[float, str]:
    """The line below the name: smaller if it is long, and shortened if that is not enough."""
    if not text:
        return 0, ""
    regular = face("regular")
    size = max(SMALL, min(LINE_MOST, width / regular.width(text, 1)))
    return size, shorten(text, regular, width=width, size=size)
