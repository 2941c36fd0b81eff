"""A figure of each event as a bar: all places and sizes are per cent of the drawing's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.model import Event
from eventapp.report.figures import Figures
from eventapp.report.words import SHARES
from eventapp.ui.arrivals_chart import FLOOR, TALLEST

FILLED = 0.7  # of the width that an event has
LABELS_MOST = 5  # of which the days fit beside each other on a phone


@dataclass(frozen=True)
class Bar:
    event: Event
    value: float | None  # None: too few for a figure
    middle: float
    x: float
    y: float
    height: float
    has_label: bool


@dataclass(frozen=True)
class Chart:
    width: float  # of a bar
    bars: list[Bar]

    @property
    def highest(self) -> Bar | None:
        shown = [bar for bar in self.bars if bar.value]
        return max(shown, key=lambda bar: bar.value or 0, default=None)


def chart_of(name: str, events: Sequence[Event], figures: Sequence[Figures]) -> Chart:
    """The figure of this name of each event, in their order."""
    values = [each.get(name) for each in figures]
    most = 100 if name in SHARES else max([value for value in values if value], default=1)
    room = 100 / max(len(events), 1)
    every = -(-len(events) // LABELS_MOST)
    bars = []
    for number, (event, value) in enumerate(zip(events, values, strict=True)):
        height = round(TALLEST * (value or 0) / most, 2)
        left = number * room + room * (1 - FILLED) / 2
        bars.append(
            Bar(
                event=event,
                value=value,
                middle=round((number + 0.5) * room, 2),
                x=round(left, 2),
                y=round(FLOOR - height, 2),
                height=height,
                has_label=(len(events) - 1 - number) % max(every, 1) == 0,
            )
        )
    return Chart(width=round(room * FILLED, 2), bars=bars)
