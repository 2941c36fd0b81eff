"""How many people guests met, as a box from the lower to the upper quartile on an axis of people,
and how many guests met how many. All places and sizes are per cent of the drawing's.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from eventapp.report.figures import Figures

TICKS_MOST = 8  # of which the numbers fit beside each other on a phone
INSET = 4.0  # on both sides, for the numbers at the ends


@dataclass(frozen=True)
class SpreadChart:
    median: float
    at: float  # the place of the median
    box: tuple[float, float] | None  # where it begins, and how wide it is; None: too few
    quartiles: tuple[float, float] | None
    ticks: list[tuple[float, int]]


def spread_chart(figures: Figures) -> SpreadChart | None:
    if "met_median" not in figures:
        return None
    median = figures["met_median"]
    quartiles = None
    if "met_lower_quartile" in figures:
        quartiles = figures["met_lower_quartile"], figures["met_upper_quartile"]
    top = ceil(quartiles[1] if quartiles else median) + 1
    every = ceil(top / TICKS_MOST)

    def place(met: float) -> float:
        return round(INSET + (100 - 2 * INSET) * met / top, 2)

    return SpreadChart(
        median=median,
        at=place(median),
        box=(place(quartiles[0]), round(place(quartiles[1]) - place(quartiles[0]), 2))
        if quartiles
        else None,
        quartiles=quartiles,
        ticks=[(place(met), met) for met in range(0, top + 1, every)],
    )
