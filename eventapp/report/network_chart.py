"""Where the groups of a network stand in its drawing: places are per cent of it, sizes pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from eventapp.report.network import Group

UPPER, LOWER = 30.0, 62.0  # two heights, so that no line runs through a group
APART = 8.0  # by how much the spiral of dots grows, where there are few
DOT = 0.7  # the radius of a dot, times that
LARGEST = 40.0  # the radius of a group, so that two fit beside each other on a phone
WIDEST = 16.0  # a line
GOLDEN = pi * (3 - sqrt(5))  # an angle by which each dot is farther round, as in a sunflower


@dataclass(frozen=True)
class Ring:
    group: Group
    x: float
    y: float
    radius: float
    dots: list[tuple[float, float]]  # from its middle


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


def network_chart(groups: Sequence[Group]) -> NetworkChart:
    room = 100 / max(len(groups), 1)
    biggest = max((group.people for group in groups), default=1)
    apart = min(APART, LARGEST / sqrt(biggest))
    rings = [
        Ring(
            group=group,
            x=round((number + 0.5) * room, 2),
            y=LOWER if number % 2 else UPPER,
            radius=round(apart * (sqrt(group.people) + 2 * DOT), 1),
            dots=list(_dots(group.people, apart)),
        )
        for number, group in enumerate(groups)
    ]
    most = max((met for group in groups for met in group.meetings[:-1]), default=0) or 1
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
