"""A report on one page, for a sponsor or a venue. Lengths are millimetres."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from eventapp.report.sheet import Bars, Sheet
from eventapp.ui.arrivals_chart import FLOOR
from eventapp.ui.face import BOLD, REGULAR, Face
from eventapp.ui.fitting import fit_line, fit_text, wrapped
from eventapp.ui.pdf import Pdf

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0  # A4
ACROSS = 3  # figures in a row
TALL = 27.0  # a row of figures
CHART, BETWEEN = 46.0, 16.0  # the height of a chart, and what is below it
TITLE = 11.0, 26.0  # the size of its letters, and its height, at most
INK, SOFT, ACCENT = "#2b1630", "#6b5570", "#a40044"


def pdf_of(sheet: Sheet) -> bytes:
    pdf = Pdf(WIDTH, HEIGHT, title=f"{sheet.title} · {sheet.above}")
    pdf.canvas.translate(0, HEIGHT * mm)
    pdf.canvas.scale(mm, mm)
    y = _head(pdf, sheet)
    for row in _rows(sheet.figures):
        for column, (number, words) in enumerate(row):
            _figure(pdf, number, words, MARGIN + column * (WIDTH - 2 * MARGIN) / ACROSS, y)
        y += TALL
    for chart in sheet.charts:
        _chart(pdf, chart, y + 4)
        y += CHART + BETWEEN
    _write(pdf, sheet.note, REGULAR, HEIGHT - MARGIN, size=3.2, colour=SOFT)
    return pdf.bytes()


def _rows(figures: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    return [figures[at : at + ACROSS] for at in range(0, len(figures), ACROSS)]


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
    return y + 20


def _figure(pdf: Pdf, number: str, words: str, x: float, y: float) -> None:
    width = (WIDTH - 2 * MARGIN) / ACROSS - 6
    _write(pdf, number, BOLD, y, x=x, size=10, colour=ACCENT)
    label = wrapped(REGULAR.without_missing(words), REGULAR, width=width, size=3.5)
    pdf.canvas.setFillColor(HexColor(INK))
    for line, below in label.baselines():
        pdf.draw_line(line, x, y + 1.5 + below, label.size)


def _chart(pdf: Pdf, chart: Bars, y: float) -> None:
    _write(pdf, chart.heading, BOLD, y, size=4.6, colour=INK)
    top, across, down = y + 3, (WIDTH - 2 * MARGIN) / 100, CHART / 100
    pdf.canvas.setFillColor(HexColor(ACCENT))
    for x, above, width, height in chart.boxes:
        foot = top + (above + height) * down
        pdf.canvas.rect(MARGIN + x * across, -foot, width * across, height * down, stroke=0, fill=1)
    x, above, number = chart.highest
    left, over = MARGIN + x * across, top + above * down - 1
    _write(pdf, number, BOLD, over, x=left, size=3.5, colour=INK)
    below = [(at, label, 5.0) for at, label in chart.axis]
    for at, label, under in (*below, *((at, "–", -1.0) for at in chart.untold)):
        middle = MARGIN + at * across - REGULAR.width(label, 3.2) / 2
        _write(pdf, label, REGULAR, top + FLOOR * down + under, x=middle, size=3.2, colour=SOFT)


def _write(
    pdf: Pdf, text: str, face: Face, y: float, *, x: float = MARGIN, size: float, colour: str
) -> None:
    """One line, cut where it is longer than the page is wide."""
    drawable = face.without_missing(text)
    line = fit_line(drawable, face, width=WIDTH - MARGIN - x, least=size, most=size).lines[0]
    pdf.canvas.setFillColor(HexColor(colour))
    pdf.draw_line(line, x, y, size)
