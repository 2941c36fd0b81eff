"""Badges as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from eventapp.badges.face import face
from eventapp.badges.formats import Format
from eventapp.badges.layout import Badge, Box, Code, Mark, Words, lay_out

rl_config.useA85 = 0  # binary pages are a fifth smaller and quicker than ASCII


def pdf_of(badges: Sequence[Badge], label: Format, *, start: int, title: str) -> bytes:
    """Sheets of badges, from label `start` of the first sheet on.

    Text that the typeface cannot draw is left out; if it cannot draw a name at all, there is a line
    to write it on. `lacks_letters` tells which badges that concerns.
    """
    file = BytesIO()
    canvas = Canvas(file, pagesize=(label.paper.width * mm, label.paper.height * mm))
    canvas.setTitle(title)
    shown = 0
    places = label.places(len(badges), start)
    for badge, (sheet, place) in zip(badges, places, strict=True):
        if sheet != shown:
            canvas.showPage()
            shown = sheet
        _draw(canvas, lay_out(_drawable(badge), label), label, place)
    canvas.save()
    return file.getvalue()


def lacks_letters(badge: Badge) -> bool:
    """Whether the PDF cannot draw all of a badge's text."""
    words = " ".join((badge.line, badge.ask, badge.heading))
    return face("bold").lacks_some_of(badge.name) or face("regular").lacks_some_of(words)


def _drawable(badge: Badge) -> Badge:
    bold, regular = face("bold"), face("regular")
    return replace(
        badge,
        name=bold.without_missing(badge.name),
        heading=regular.without_missing(badge.heading),
        line=regular.without_missing(badge.line),
        ask=regular.without_missing(badge.ask),
    )


def _draw(canvas: Canvas, marks: Sequence[Mark], label: Format, place: int) -> None:
    x, y = label.corner(place)
    canvas.saveState()
    canvas.translate(x * mm, (label.paper.height - y) * mm)
    canvas.scale(mm, mm)
    for mark in marks:
        match mark:
            case Words():
                canvas.setFillGray(1 if mark.colour == "white" else 0)
                canvas.setFont(face(mark.weight).name, mark.size)
                canvas.drawString(mark.x, -mark.y, mark.text)
            case Box():
                canvas.setFillGray(0)
                canvas.rect(mark.x, -mark.y - mark.height, mark.width, mark.height, 0, 1)
            case Code():
                _draw_code(canvas, mark)
    canvas.restoreState()


def _draw_code(canvas: Canvas, code: Code) -> None:
    """Draws all bars as one shape, so that no hairline shows between two of them."""
    canvas.setFillGray(0)
    bars = canvas.beginPath()
    unit = code.module
    for x, y, length in code.bars:
        bars.rect(code.x + x * unit, -code.y - (y + 1) * unit, length * unit, unit)
    canvas.drawPath(bars, stroke=0, fill=1)
