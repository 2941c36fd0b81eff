"""Where everybody stands in the drawing of whom one met: one in the middle, names on both sides.

All places are in units that are a pixel on a phone 390 pixels wide. Each name has a place of its
own, so that no two can overlap, however many or long they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eventapp.met.own_network import Acquaintance, OwnNetwork
from eventapp.ui.face import REGULAR
from eventapp.ui.fitting import lines_of, shorten

WIDTH = 360
MIDDLE = WIDTH / 2
RADIUS = 27  # of who is in the middle
BEND = 34  # of a line between two others, towards the middle
AWAY = 46  # of the dots, from the middle
GAP = 8  # between a dot and its name
ROOM = MIDDLE - AWAY - GAP  # of a name
ROW = 40
LETTERS = 13  # their size
LEADING = 15
LOWEST = 4  # of a single line, below the middle of its row
SAFE = 0.94  # of the room: other machines have other letters than those measured here
MARGIN = 12
DISC = 27  # the radius of the one in the middle
BOW = 44  # a line bends by three quarters of it
LEAST = 96  # so that who is in the middle fits


@dataclass(frozen=True)
class Spot:
    """One of those whom they met."""

    who: Acquaintance
    x: float  # of the dot
    y: float
    side: int  # -1 left, 1 right
    lines: list[str]

    @property
    def left(self) -> float:
        """Where the place of the name begins."""
        return 0 if self.side < 0 else MIDDLE + AWAY + GAP

    @property
    def top(self) -> float:
        return self.y - ROW / 2

    @property
    def written(self) -> Iterator[tuple[str, float]]:
        """Each line, and the height of its baseline within the place of the name."""
        first = ROW / 2 + LOWEST - (len(self.lines) - 1) * LEADING / 2
        for number, line in enumerate(self.lines):
            yield line, first + number * LEADING


@dataclass(frozen=True)
class Drawing:
    """Its template has all measures from here."""

    height: float
    spots: list[Spot]
    introduced: list[tuple[Spot, Spot]]
    width: float = WIDTH
    center: float = MIDDLE
    radius: float = RADIUS
    room: float = ROOM
    row: float = ROW
    bend: float = BEND
    lowest: float = LOWEST

    @property
    def middle(self) -> float:
        return self.height / 2

    def bow(self, one: Spot, other: Spot) -> float:
        """By how much a line between two bends downwards, or upwards if it is negative, so as not
        to run behind the one in the middle.
        """
        below = (one.y + other.y) / 2 - self.middle
        if one.side == other.side or abs(below) > DISC:
            return 0
        return BOW if below > 0 else -BOW


def drawing_of(network: OwnNetwork) -> Drawing:
    rows = -(-len(network.people) // 2)
    height = max(rows * ROW, LEAST) + 2 * MARGIN
    top = (height - rows * ROW) / 2
    spots = [
        _spot(who, side=1 if place % 2 else -1, y=top + (place // 2 + 0.5) * ROW)
        for place, who in enumerate(network.people)
    ]
    return Drawing(height, spots, [(spots[one], spots[other]) for one, other in network.introduced])


def _spot(who: Acquaintance, *, side: int, y: float) -> Spot:
    return Spot(who, MIDDLE + side * AWAY, y, side, _lines(who.name))


def _lines(name: str) -> list[str]:
    """A name on one line or two. What is longer ends in an ellipsis; its title has all of it."""
    width = ROOM * SAFE
    first, *rest = lines_of(name, REGULAR, width=width, size=LETTERS) or [name]
    return [first, shorten(" ".join(rest), REGULAR, width=width, size=LETTERS)] if rest else [first]
