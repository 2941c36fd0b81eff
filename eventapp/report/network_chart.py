"""Where the groups of a network stand in its drawing: places are per cent of it, sizes pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from eventapp.report.network import Group

HIGH = 240.0  # the drawing, in pixels: as report.css has it
UPPER, LOWER = 30.0, 62.0  # two heights, so that no line runs through a group
APART = 8.0  # by how much the spiral of dots grows, where there are few
DOT = 0.7  # the radius of a dot, times that
LARGEST = 34.0  # the radius of a group, so that four fit beside each other on a phone
WIDEST = 14.0  # a line, or a ring around a group
AROUND = 3.0  # between a group and its ring
GOLDEN = pi * (3 - sqrt(5))  # an angle by which each dot is farther round, as in a sunflower


@dataclass(frozen=True)
class Ring:
    """A group, and the ring around it."""

    group: Group
    x: float
    y: float
    radius: float
    loop: float  # the width of the ring around it, for who met within it; 0: none
    dots: list[tuple[float, float]]  # from its middle

    @property
    def loop_radius(self) -> float:
        return round(self.radius + AROUND + self.loop / 2, 1)


@dataclass(frozen=True)
class Tie:
    one: Ring
    other: Ring
    meetings: int
    width: float


@dataclass(frozen=True)
class NetworkChart:
    rings: list[Ring]
    ties: list[Tie]
    dot: float  # the radius of one

    @property
    def loops(self) -> list[Ring]:
        return [ring for ring in self.rings if ring.loop]


def network_chart(groups: Sequence[Group]) -> NetworkChart | None:
    """None of a single group: it would say nothing."""
    if len(groups) < 2:
        return None
    room, biggest = 100 / len(groups), max(group.people for group in groups)
    apart = min(APART, LARGEST / sqrt(biggest))
    most = max(met for group in groups for met in group.meetings) or 1
    rings = [
        Ring(
            group=group,
            x=round((number + 0.5) * room, 2),
            y=LOWER if number % 2 else UPPER,
            radius=round(apart * (sqrt(group.people) + 2 * DOT), 1),
            loop=round(WIDEST * group.meetings[-1] / most, 1),
            dots=list(_dots(group.people, apart)),
        )
        for number, group in enumerate(groups)
    ]
    ties = [
        Tie(ring, rings[other], met, round(WIDEST * met / most, 1))
        for ring in rings
        for other, met in enumerate(ring.group.meetings[:-1])
        if met
    ]
    return NetworkChart(rings, ties, round(apart * DOT, 1))


def _dots(people: int, apart: float) -> Iterator[tuple[float, float]]:
    for number in range(people):
        away, angle = apart * sqrt(number + 0.5), number * GOLDEN
        yield round(away * cos(angle), 1), round(away * sin(angle), 1)
