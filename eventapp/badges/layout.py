"""The layout of a badge. The PDF and its preview only draw the marks.

┌──────────────────────────┐  The header: logo, event, and in colour that somebody is a host or
│ ▣ The event   First time │  here for the first time, if they want that said.
│                          │
│ Given name               │  As large as it fits.
│                          │
│ Rest of the name   ▄▄ ▄▄ │  Beside the code, or where a label is tall, below the name.
│ Ink & Sons         ▀▄█▀▄ │
│ Ask me about: bread▄▀▄▄▀ │
└──────────────────────────┘  Without a code, all of it is below the name; on an upright label as
                              high up as on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from eventapp.badges.called import called_and_rest
from eventapp.badges.formats import Format
from eventapp.badges.marks import BLACK, WHITE, Box, Code, Mark, Picture, Words
from eventapp.ui.direction import is_rtl
from eventapp.ui.face import BOLD, REGULAR
from eventapp.ui.fitting import ASCENT, DESCENT, Block, fit_line, fit_name, fit_text

SMALL = 2.8  # 8 points
REST_MOST = 9
SECOND = 0.7  # the size of the rest of a name at most, times that of the first name
LINE_MOST = 5
ASK_MOST = 4.2
GAP = 1.5
CODE_MOST = 24
HALF = 0.36  # half the height of capitals, times the size: from the middle of a line to its foot
RULE = 0.3
BELOW_MOST = 0.6  # the part of a name's place that may be taken by the texts below it
TALL = 60  # a label of this height has room for more than the name above the code
QUIET = 3.2  # four modules and more between the code and anything else (ISO/IEC 18004, 6.3.8)


@dataclass(frozen=True)
class Badge:
    """The content of a badge, in the language of its words."""

    name: str  # empty: to be written by hand
    address: str  # the content of its code; empty: without one
    called: str = ""  # the large line, where it is no part of the name, which is below it then
    heading: str = ""
    line: str = ""
    ask_label: str = ""
    ask: str = ""
    tells: tuple[str, ...] = ()  # first time, host
    colour: str = BLACK  # the ground of what it tells
    has_logo: bool = False


class Part(Enum):
    """What may stand below the name, with its share of the height, in tenths."""

    REST = 3  # of the name
    LINE = 2
    ASK = 5


@dataclass(frozen=True)
class _Zone:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def lay_out(badge: Badge, label: Format) -> list[Mark]:
    return list(_Sketch(badge, label).marks())


class _Sketch:
    """One badge on one label. On a flat label the code is beside the name too."""

    def __init__(self, badge: Badge, label: Format) -> None:
        self.badge = badge
        words = badge.called, badge.name
        self.called, self.rest = words if badge.called else called_and_rest(badge.name)
        runs_left = is_rtl(badge.name)
        self.bold, self.regular = (replace(face, runs_left=runs_left) for face in (BOLD, REGULAR))
        self.rest_most: float = REST_MOST
        self.is_flat, self.is_tall = label.width > 2 * label.height, label.height >= TALL
        self.is_upright = label.height > label.width
        self.pad = 3.5 if label.height > 45 else 3
        self.right, self.bottom = label.width - self.pad, label.height - self.pad
        self.head = 7.5 if self.is_tall else 6 if label.height > 45 else 5
        self.side = min(CODE_MOST, (0.42 if self.is_flat else 0.38) * label.height)

    def marks(self) -> Iterator[Mark]:
        yield from self._header()
        top = self.pad + self.head + GAP
        if self.badge.address:
            yield from self._beside_code(top)
        else:
            bottom = self.bottom - (self.side if self.is_upright else 0)
            yield from self._name(_Zone(self.pad, top, self.right, bottom), *Part)

    def _beside_code(self, top: float) -> Iterator[Mark]:
        beside_code, code_top = self.right - self.side - QUIET, self.bottom - self.side
        yield Code(self.right - self.side, code_top, self.side, self.badge.address)
        rest, line, ask = Part
        above = _Zone(self.pad, top, self.right, code_top - GAP)
        beside = _Zone(self.pad, code_top, beside_code, self.bottom)
        if self.is_flat:
            yield from self._name(replace(beside, top=top), rest, line, ask)
        elif not (self.is_tall or self.badge.line or self.badge.ask):
            yield from self._name(above)
            yield from self._put(self._blocks(beside, 1, rest), beside)
        elif self.is_tall and self.badge.ask:
            yield from self._name(above, rest, line)
            yield from self._put(self._blocks(beside, 1, ask), beside)
        else:
            yield from self._name(above, rest)
            yield from self._put(self._blocks(beside, 1, line, ask), beside)

    def _header(self) -> Iterator[Mark]:
        left, right, tells = self.pad, self.right, " · ".join(self.badge.tells)
        middle, inset = self.pad + self.head / 2, self.head * 0.1 if tells else 0
        if tells:
            width = right - left
            yield Box(left, self.pad, width, self.head, self.badge.colour, radius=self.head / 5)
            left, right = left + GAP, right - GAP
        if self.badge.has_logo:
            side = self.head - 2 * inset
            yield Picture(left, self.pad + inset, side)
            left += side + GAP
        size, colour = self.head * 0.55, WHITE if tells else BLACK
        if tells:
            told = fit_line(tells, BOLD, width=right - left, least=SMALL / 2, most=size)
            right -= told.width
            yield Words(right, middle + told.size * HALF, told.size, told.lines[0], colour)
            right -= 2 * GAP
        heading = fit_line(self.badge.heading, REGULAR, width=right - left, least=SMALL, most=size)
        if 2 * len(heading.lines[0].text) > len(self.badge.heading):
            yield Words(left, middle + heading.size * HALF, heading.size, heading.lines[0], colour)

    def _name(self, zone: _Zone, *below: Part) -> Iterator[Mark]:
        """The name, as large as the texts below it leave it, in the middle of what is left."""
        self.rest_most = min(REST_MOST, SECOND * self._called(zone.width, zone.height).size)
        share = min(BELOW_MOST, sum(part.value for part in below if self._text(part)) / 10)
        blocks = self._blocks(zone, share, *below)
        ends = zone.bottom - sum(block.height + GAP / 2 for block in blocks)
        if not self.called:
            yield Box(zone.left, ends - GAP, zone.width, RULE)
        else:
            room = ends - zone.top - (GAP if blocks else 0)
            name = self._called(zone.width, room)
            top = zone.top + (room - name.height) / 2
            yield from _words(name, zone, top)
            ends = (top + name.height + 2 * ends) / 3  # near the name
        yield from self._put(blocks, replace(zone, top=ends + GAP / 2))

    def _called(self, width: float, height: float) -> Block:
        return fit_name(self.called, self.bold, width=width, height=height, most=height * 2)

    def _put(self, blocks: Sequence[Block], zone: _Zone) -> Iterator[Mark]:
        top = zone.top
        for block in blocks:
            yield from _words(block, zone, top)
            top += block.height + GAP / 2

    def _blocks(self, zone: _Zone, share: float, *parts: Part) -> list[Block]:
        """Those of these parts that the badge has, in a share of a zone's height."""
        there = [part for part in parts if self._text(part)]
        left = zone.height * share
        found: list[Block] = []
        for at, part in enumerate(there):
            height = left * part.value / sum(each.value for each in there[at:]) - GAP / 2
            blocks = list(self._block(part, zone.width, height))
            left -= sum(block.height + GAP / 2 for block in blocks)
            found += blocks
        return found

    def _text(self, part: Part) -> str:
        return {Part.REST: self.rest, Part.LINE: self.badge.line, Part.ASK: self.badge.ask}[part]

    def _block(self, part: Part, width: float, height: float) -> Iterator[Block]:
        text = self._text(part)
        if part is Part.REST:
            yield fit_name(text, self.regular, width=width, height=height, most=self.rest_most)
        elif part is Part.LINE:
            most = min(LINE_MOST, height / (ASCENT + DESCENT))
            yield fit_line(text, REGULAR, width=width, least=min(SMALL, most), most=most)
        else:
            most = min(SMALL, height / 4)
            label = fit_line(self.badge.ask_label, BOLD, width=width, least=most / 2, most=most)
            yield label
            room = height - label.height - GAP / 2
            yield fit_text(text, REGULAR, width=width, height=room, most=ASK_MOST)


def _words(block: Block, zone: _Zone, top: float) -> Iterator[Words]:
    for line, foot in block.baselines():
        x = zone.right - line.width * block.size if line.is_rtl else zone.left
        yield Words(x, top + foot, block.size, line)
