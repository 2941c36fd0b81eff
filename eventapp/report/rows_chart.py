"""Figures of one event as bars below each other, beside the table that has the same figures. They
are drawn from what is shown, and from nothing else: a drawing tells no more than its table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from eventapp.report.figures import Figures
from eventapp.report.network import Group
from eventapp.report.words import IF_ANY, PART_OF, SHARES, they_met

ROW = 48  # pixels: what it's called, with its number, and the bar below
BAR = 12
ABOVE = 22  # what is above a bar in its row


@dataclass(frozen=True)
class Row:
    """`value` None: about too few, or not known. Widths are per cent of the drawing's."""

    label: str
    value: float | None
    is_share: bool
    width: float
    whole: float  # the width of what this is a part of, behind it; 0: of nothing
    y: int

    @property
    def bar_y(self) -> int:
        return self.y + ABOVE


@dataclass(frozen=True)
class RowsChart:
    rows: list[Row]
    bar: int = BAR

    @property
    def height(self) -> int:
        return len(self.rows) * ROW


def rows_chart(words: Mapping[str, str], figures: Figures) -> RowsChart | None:
    """The figures with these words: counts of people on one scale, shares as parts of a whole."""
    shown = {name: label for name, label in words.items() if name in figures or name not in IF_ANY}
    if not any(name in figures for name in shown):
        return None
    wholes = {name: _whole(name, figures) for name in shown}
    people = [max(figures.get(name, 0), wholes[name]) for name in shown if name not in SHARES]
    most = max(people, default=0) or 1
    rows: list[Row] = []
    for name, label in shown.items():
        scale = 100 if name in SHARES else most
        rows.append(
            Row(
                label=label,
                value=figures.get(name),
                is_share=name in SHARES,
                width=round(100 * figures.get(name, 0) / scale, 2),
                whole=round(100 * wholes[name] / scale, 2),
                y=len(rows) * ROW,
            )
        )
    return RowsChart(rows)


def groups_chart(groups: Sequence[Group]) -> RowsChart | None:
    """How many guests met about how many others, where that is more than one number."""
    if len(groups) < 2:
        return None
    most = max(group.people for group in groups)
    return RowsChart(
        [
            Row(they_met(group), group.people, False, round(100 * group.people / most, 2), 0, y)
            for group, y in zip(groups, count(0, ROW), strict=False)
        ]
    )


def _whole(name: str, figures: Figures) -> float:
    if name in SHARES:
        return 100
    part, whole = figures.get(name, 0), figures.get(PART_OF.get(name, ""), 0)
    return max(part, whole) if whole else 0
