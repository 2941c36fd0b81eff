"""The labels that badges are printed on, for the PDF and the print page alike.

Sizes of labels and gaps are Avery's own, as printed on the packs. They agree with the template
files of the glabels project (avery-iso-templates.xml for L4785 and L7163, avery-us-templates.xml
for 5395, brother-other-templates.xml for DK-11202), and for 5392 and 74541 with Paper::Specs::Avery
of CPAN. Sheets are cut symmetrically, so margins follow; glabels, which measured L4785, has them
within half a millimetre of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from eventapp.core.i18n import lazy_gettext as _l

INCH = 25.4  # millimetres


@dataclass(frozen=True)
class Paper:
    name: str
    width: float  # in millimetres, as everything here
    height: float


A4 = Paper("A4", 210, 297)
LETTER = Paper("Letter", 8.5 * INCH, 11 * INCH)


@dataclass(frozen=True)
class Format:
    """A sheet of labels, numbered from the top left, row by row."""

    code: str
    name: str
    paper: Paper
    width: float  # of one label
    height: float
    columns: int = 1
    rows: int = 1
    gap_x: float = 0
    gap_y: float = 0

    @property
    def per_sheet(self) -> int:
        return self.columns * self.rows

    @property
    def left(self) -> float:
        labels = self.columns * self.width + (self.columns - 1) * self.gap_x
        return (self.paper.width - labels) / 2

    @property
    def top(self) -> float:
        labels = self.rows * self.height + (self.rows - 1) * self.gap_y
        return (self.paper.height - labels) / 2

    def corner(self, place: int) -> tuple[float, float]:
        """The top left corner of a label; the first label is place 0."""
        row, column = divmod(place, self.columns)
        return (
            self.left + column * (self.width + self.gap_x),
            self.top + row * (self.height + self.gap_y),
        )

    def sheets_for(self, count: int, start: int) -> int:
        return ceil((start - 1 + count) / self.per_sheet) if count else 0

    def places(self, count: int, start: int) -> Iterator[tuple[int, int]]:
        """The sheet and place of each of so many badges, from label `start` of the first
        sheet on.
        """
        for number in range(start - 1, start - 1 + count):
            yield divmod(number, self.per_sheet)


def _roll(code: str, name: str, width: float, height: float) -> Format:
    return Format(code, name, Paper(f"{width:g} × {height:g} mm", width, height), width, height)


FORMATS = (
    Format("l4785", "Avery L4785, L4784, L4786", A4, 80, 50, 2, 5, 15, 5),
    Format("l7165", "Avery L7165", A4, 99.1, 67.7, 2, 4, 2.5, 0),
    Format("l7163", "Avery L7163", A4, 99.1, 38.1, 2, 7, 2.5, 0),
    Format("5392", "Avery 5392, 74459, 74541", LETTER, 4 * INCH, 3 * INCH, 2, 3),
    Format(
        "5395",
        "Avery 5395, 8395",
        LETTER,
        3.375 * INCH,
        7 / 3 * INCH,
        2,
        4,
        0.375 * INCH,
        INCH / 6,
    ),
    _roll("roll-62", _l("62 mm roll"), 62, 100),  # also the die-cut labels Brother DK-11202
    _roll("roll-62-wide", _l("62 mm roll, lengthwise"), 100, 62),
)
BY_CODE = {each.code: each for each in FORMATS}
ROLL = BY_CODE["roll-62"]
