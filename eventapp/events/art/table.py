"""What stands on a table, of an event's own seed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random

from eventapp.events.art import Design
from eventapp.events.art.palette import PALETTES, Palette, is_pale, mixed, readable_on
from eventapp.events.art.shapes import (
    HEIGHT,
    WIDTH,
    Disc,
    Lens,
    Point,
    Polygon,
    Ring,
    Shape,
)

SEGMENTS = 8
WHITE = "#ffffff"


def shapes_of(design: Design) -> tuple[Shape, ...]:
    """The shapes of a design, in the order in which they are drawn; the same each time."""
    chance, colours = Random(design.seed), PALETTES[design.palette]  # noqa: S311
    return tuple(_table(chance, colours))


def _table(chance: Random, colours: Palette) -> Iterator[Shape]:
    yield from _wet_rings(chance)
    glasses = _glasses(chance, colours)
    large, other, far, near = glasses
    bubble = _bubble_beside(chance, large, other, colours.bubble)
    yield from (near, far)
    yield from _bubble(bubble, chance.choice((-1, 1)))
    yield from (other, large)
    yield Lens(large, other, colours.light)
    for one, two in ((near, large), (far, other), (bubble, large), (bubble, other)):
        if one.overlaps(two):
            yield Lens(one, two, mixed(one.fill, two.fill))
    for glass in glasses:
        yield Ring(glass.centre, glass.radius * 0.91, 4, _sheen(glass, colours), 0.4)
    yield from _ice(chance, far, colours)
    yield from _dots(bubble)
    yield from _slice(chance, near, large, colours)


def _glasses(chance: Random, colours: Palette) -> tuple[Disc, Disc, Disc, Disc]:
    """Two large ones across the middle, where every crop shows them, and a smaller one beyond each
    of them.
    """
    middle = Point(WIDTH / 2 + chance.uniform(-70, 70), HEIGHT / 2 + chance.uniform(-35, 35))
    turn = math.radians(chance.uniform(-38, 38)) + (math.pi if chance.random() < 0.5 else 0)
    radii = [chance.uniform(185, 225), chance.uniform(165, 205)]
    reach = sum(radii) * chance.uniform(0.6, 0.7)
    first, second = chance.sample((colours.beer, colours.wine), 2)
    third, fourth = chance.sample((colours.spritz, colours.tonic), 2)
    large = Disc(middle.towards(turn, -reach / 2), radii[0], first)
    other = Disc(middle.towards(turn, reach / 2), radii[1], second)
    far = _beyond(chance, other, turn, third)
    near = _beyond(chance, large, turn + math.pi, fourth)
    return large, other, far, near


def _beyond(chance: Random, glass: Disc, turn: float, fill: str) -> Disc:
    """A glass on the outer side of another, with part of it below that one."""
    radius = chance.uniform(115, 160)
    bend = math.radians(chance.uniform(15, 50)) * chance.choice((-1, 1))
    distance = (glass.radius + radius) * chance.uniform(0.8, 0.92)
    return Disc(glass.centre.towards(turn + bend, distance), radius, fill)


def _bubble_beside(chance: Random, large: Disc, other: Disc, fill: str) -> Disc:
    """Where the two large glasses leave room, above or below them."""
    edge = Lens(large, other, "").arcs()[0]
    above, below = sorted((edge.begin, edge.end), key=lambda point: point.y)
    at = above if above.y > HEIGHT - below.y else below
    away = math.atan2(at.y - HEIGHT / 2, at.x - WIDTH / 2) if at.y != HEIGHT / 2 else 0
    return Disc(at.towards(away, chance.uniform(40, 60)), chance.uniform(84, 98), fill)


def _bubble(disc: Disc, side: int) -> Iterator[Shape]:
    """A disc with one square corner, which points away from the glasses."""
    (x, y), radius = disc.centre, disc.radius
    out, down = x + side * radius, y + math.copysign(radius, y - HEIGHT / 2)
    yield Polygon((disc.centre, Point(x, down), Point(out, down), Point(out, y)), disc.fill)
    yield disc


def _dots(bubble: Disc) -> Iterator[Shape]:
    for step in (-1, 0, 1):
        at = Point(bubble.centre.x + step * bubble.radius * 0.36, bubble.centre.y)
        yield Disc(at, bubble.radius * 0.11, readable_on(bubble.fill))


def _ice(chance: Random, glass: Disc, colours: Palette) -> Iterator[Shape]:
    turn = chance.uniform(0, math.tau)
    for step, size in ((0, 0.46), (2.4, 0.4)):
        centre = glass.centre.towards(turn + step, glass.radius * 0.36)
        turns = (turn + step + math.pi * (0.25 + corner / 2) for corner in range(4))
        corners = (centre.towards(each, glass.radius * size * 0.7) for each in turns)
        yield Polygon(tuple(corners), _sheen(glass, colours), 0.35)


def _slice(chance: Random, near: Disc, large: Disc, colours: Palette) -> Iterator[Shape]:
    """A slice of citrus on the rim of the smaller glass, away from the large one."""
    away = math.atan2(near.centre.y - large.centre.y, near.centre.x - large.centre.x)
    radius = near.radius * chance.uniform(0.48, 0.58)
    at = near.centre.towards(away + chance.uniform(-0.9, 0.9) + math.pi / 2, near.radius * 0.8)
    yield Disc(at, radius, colours.peel)
    yield Disc(at, radius * 0.87, colours.pith)
    begin = chance.uniform(0, math.tau)
    for number in range(SEGMENTS):
        turn = begin + number * math.tau / SEGMENTS
        arc = (at.towards(turn + step * 0.085, radius * 0.76) for step in range(-3, 4))
        yield Polygon((at.towards(turn, radius * 0.17), *arc), colours.peel)


def _wet_rings(chance: Random) -> Iterator[Shape]:
    """What glasses have left on the table."""
    for x in (chance.uniform(60, 260), chance.uniform(940, 1140)):
        at = Point(x, chance.choice((chance.uniform(20, 180), chance.uniform(570, 730))))
        radius = chance.uniform(110, 170)
        yield Ring(at, radius, 5, WHITE, 0.22)
        yield Ring(at, radius - 20, 3, WHITE, 0.22)


def _sheen(glass: Disc, colours: Palette) -> str:
    """What a rim and ice are seen by."""
    return colours.ground if is_pale(glass.fill) else WHITE
