"""The shapes that art is made of. Lengths are in units of a canvas of WIDTH × HEIGHT; y points
down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

WIDTH, HEIGHT = 1200, 750


class Point(NamedTuple):
    x: float
    y: float

    def towards(self, angle: float, distance: float) -> Point:
        return Point(self.x + math.cos(angle) * distance, self.y + math.sin(angle) * distance)


@dataclass(frozen=True)
class Disc:
    centre: Point
    radius: float
    fill: str

    def overlaps(self, other: Disc) -> bool:
        """Whether their edges cross."""
        distance = math.dist(self.centre, other.centre)
        return abs(self.radius - other.radius) < distance < self.radius + other.radius


@dataclass(frozen=True)
class Ring:
    centre: Point
    radius: float
    width: float
    colour: str
    opacity: float


class Arc(NamedTuple):
    """A part of a disc's edge: so much to either side of a direction, in radians."""

    disc: Disc
    direction: float
    half: float

    @property
    def begin(self) -> Point:
        return self.disc.centre.towards(self.direction - self.half, self.disc.radius)

    @property
    def end(self) -> Point:
        return self.disc.centre.towards(self.direction + self.half, self.disc.radius)


@dataclass(frozen=True)
class Lens:
    """What two discs share that overlap."""

    one: Disc
    other: Disc
    fill: str

    def arcs(self) -> tuple[Arc, Arc]:
        """Its two sides, clockwise: each begins where the other ends."""
        (x, y), distance = self.one.centre, math.dist(self.one.centre, self.other.centre)
        turn = math.atan2(self.other.centre.y - y, self.other.centre.x - x)
        first, second = self.one.radius, self.other.radius
        along = (first**2 - second**2 + distance**2) / (2 * distance)
        return (
            Arc(self.one, turn, math.acos(along / first)),
            Arc(self.other, turn + math.pi, math.acos((distance - along) / second)),
        )


@dataclass(frozen=True)
class Polygon:
    points: tuple[Point, ...]
    fill: str
    opacity: float = 1


Shape = Disc | Ring | Lens | Polygon
