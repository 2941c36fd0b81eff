"""A report on one page, for a sponsor or a venue. Lengths are millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from eventapp.report.network_chart import HIGH, Ring
from eventapp.report.sheet import Bars, Network, Sheet
from eventapp.ui.arrivals_chart import FLOOR
from eventapp.ui.face import BOLD, REGULAR, Face
from eventapp.ui.fitting import Block, fit_line, fit_text, wrapped
from eventapp.ui.pdf import Pdf

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0  # A4
NUMBER = 0.72  # how high the digits of a figure are, times their size
WORDS, ROWS = 1.5, 4.5  # below a figure, and below its words
HEADING = 9.0  # down to the foot of its letters
CHART, BETWEEN = 34.0, 17.0  # the height of a chart, and what is below it
NETWORK = 42.0  # the height of a network
PIXEL = NETWORK / HIGH  # of its drawing on the web
LAST = HEIGHT - MARGIN - 6  # above the note
TITLE = 11.0, 22.0  # the size of its letters, and its height, at most
INK, SOFT, ACCENT = "#2b1630", "#6b5570", "#a40044"
EDGE, GROUND = "#8f7a92", "#fbe6ea"


@dataclass(frozen=True)
class Grid:
    """Of figures with their words."""

    across: int  # in a row
    digits: float  # the size of these, and of the words below
    words: float

    @property
    def column(self) -> float:
        return (WIDTH - 2 * MARGIN) / self.across

    def set(self, words: str) -> Block:
        """What a figure is called, on as many lines as its column needs."""
        text = REGULAR.without_missing(words)
        return wrapped(text, REGULAR, width=self.column - 4, size=self.words)


@dataclass(frozen=True)
class Row:
    figures: Sequence[tuple[str, Block]]  # each with what it is called
    height: float


GRIDS = Grid(4, 10, 3.5), Grid(5, 7.5, 3.1)  # the second where the first leaves too little room


def pdf_of(sheet: Sheet) -> bytes:
    pdf = Pdf(WIDTH, HEIGHT, title=f"{sheet.title} · {sheet.above}")
    pdf.canvas.translate(0, HEIGHT * mm)
    pdf.canvas.scale(mm, mm)
    y = _figures(pdf, sheet.figures, _head(pdf, sheet), until=LAST - _height_of_charts(sheet))
    for chart in sheet.charts:
        _chart(pdf, chart, y + HEADING)
        y += CHART + BETWEEN
    if sheet.network:
        _network(pdf, sheet.network, y + HEADING)
    _write(pdf, sheet.note, REGULAR, HEIGHT - MARGIN, size=3.2, colour=SOFT)
    return pdf.bytes()


def _height_of_charts(sheet: Sheet) -> float:
    network = HEADING + NETWORK + 6 if sheet.network else 0
    return len(sheet.charts) * (CHART + BETWEEN) + network


def _head(pdf: Pdf, sheet: Sheet) -> float:
    """Returns where the figures begin."""
    _write(pdf, sheet.above, REGULAR, MARGIN + 4, size=4.6, colour=ACCENT)
    title = fit_text(
        BOLD.without_missing(sheet.title),
        BOLD,
        width=WIDTH - 2 * MARGIN,
        height=TITLE[1],
        most=TITLE[0],
    )
    y = MARGIN + 8
    pdf.canvas.setFillColor(HexColor(INK))
    for line, below in title.baselines():
        pdf.draw_line(line, MARGIN, y + below, title.size)
    y += title.height
    _write(pdf, sheet.when, REGULAR, y + 5, size=4.2, colour=SOFT)
    return y + 12


def _figures(pdf: Pdf, figures: Sequence[tuple[str, str]], y: float, *, until: float) -> float:
    """In the first grid of which there is room for all. Returns where they end."""
    for grid in GRIDS:
        rows = list(_rows(figures, grid))
        if y + sum(row.height for row in rows) <= until:
            break
    for row in rows:
        foot = y + NUMBER * grid.digits
        for column, (number, words) in enumerate(row.figures):
            x = MARGIN + column * grid.column
            _write(pdf, number, BOLD, foot, x=x, size=grid.digits, colour=ACCENT)
            pdf.canvas.setFillColor(HexColor(INK))
            for line, below in words.baselines():
                pdf.draw_line(line, x, foot + WORDS + below, words.size)
        y += row.height
    return y


def _rows(figures: Sequence[tuple[str, str]], grid: Grid) -> Iterator[Row]:
    for at in range(0, len(figures), grid.across):
        row = [(number, grid.set(words)) for number, words in figures[at : at + grid.across]]
        tallest = max(words.height for _, words in row)
        yield Row(row, NUMBER * grid.digits + WORDS + tallest + ROWS)


def _chart(pdf: Pdf, chart: Bars, y: float) -> None:
    _write(pdf, chart.heading, BOLD, y, size=4.6, colour=INK)
    top, across, down = y + 3, (WIDTH - 2 * MARGIN) / 100, CHART / 100
    pdf.canvas.setFillColor(HexColor(ACCENT))
    for x, above, width, height in chart.boxes:
        foot = top + (above + height) * down
        pdf.canvas.rect(MARGIN + x * across, -foot, width * across, height * down, stroke=0, fill=1)
    floor = top + FLOOR * down
    for x, above, number in chart.numbers:
        _centred(pdf, number, BOLD, top + above * down - 1, x=MARGIN + x * across, colour=INK)
    for x, label in chart.axis:
        _centred(pdf, label, REGULAR, floor + 5, x=MARGIN + x * across, colour=SOFT)
    for x in chart.untold:
        _centred(pdf, "–", REGULAR, floor - 1, x=MARGIN + x * across, colour=SOFT)
    for left, right in chart.gaps:
        _dotted(pdf, MARGIN + left * across, MARGIN + right * across, floor - 2)
    _write(pdf, chart.note, REGULAR, floor + 10, size=3.2, colour=SOFT)


def _network(pdf: Pdf, network: Network, y: float) -> None:
    top, across, down = y + 2, (WIDTH - 2 * MARGIN) / 100, NETWORK / 100
    _write(pdf, network.heading, BOLD, y, size=4.6, colour=INK)
    canvas, chart = pdf.canvas, network.chart
    canvas.setStrokeColor(HexColor(EDGE))
    for tie in chart.ties:
        canvas.setLineWidth(tie.width * PIXEL)
        (x1, y1), (x2, y2) = (
            (MARGIN + end.x * across, -top - end.y * down) for end in (tie.one, tie.other)
        )
        canvas.line(x1, y1, x2, y2)
    for ring in chart.rings:
        _ring(pdf, ring, chart.dot, at=(MARGIN + ring.x * across, top + ring.y * down))
    for x, label in network.below:
        _centred(pdf, label, REGULAR, top + 0.97 * NETWORK, x=MARGIN + x * across, colour=SOFT)
    _write(pdf, network.note, REGULAR, top + NETWORK + 4, size=3.2, colour=SOFT)


def _ring(pdf: Pdf, ring: Ring, dot: float, *, at: tuple[float, float]) -> None:
    canvas, (x, y) = pdf.canvas, at
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setLineWidth(ring.loop * PIXEL)
    canvas.circle(x, -y, ring.loop_radius * PIXEL, stroke=1 if ring.loop else 0, fill=1)
    canvas.setFillColor(HexColor(GROUND))
    canvas.circle(x, -y, ring.radius * PIXEL, stroke=0, fill=1)
    canvas.setFillColor(HexColor(ACCENT))
    for right, below in ring.dots:
        canvas.circle(x + right * PIXEL, -y - below * PIXEL, dot * PIXEL, stroke=0, fill=1)


def _dotted(pdf: Pdf, left: float, right: float, y: float) -> None:
    pdf.canvas.setStrokeColor(HexColor(EDGE))
    pdf.canvas.setLineWidth(0.25)
    pdf.canvas.setDash(0.5, 1.3)
    pdf.canvas.line(left, -y, right, -y)
    pdf.canvas.setDash()


def _centred(pdf: Pdf, text: str, face: Face, y: float, *, x: float, colour: str) -> None:
    _write(pdf, text, face, y, x=x - face.width(text, 3.2) / 2, size=3.2, colour=colour)


def _write(
    pdf: Pdf, text: str, face: Face, y: float, *, x: float = MARGIN, size: float, colour: str
) -> None:
    """One line, cut where it is longer than the page is wide."""
    drawable = face.without_missing(text)
    line = fit_line(drawable, face, width=WIDTH - MARGIN - x, least=size, most=size).lines[0]
    pdf.canvas.setFillColor(HexColor(colour))
    pdf.draw_line(line, x, y, size)
