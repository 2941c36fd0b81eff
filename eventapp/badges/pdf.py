"""Badges as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from eventapp.badges.formats import Format
from eventapp.badges.layout import Badge, lay_out
from eventapp.badges.marks import BLACK, Box, Code, Mark, Picture, Words
from eventapp.ui.face import BOLD, REGULAR
from eventapp.ui.pdf import Pdf


class Drawing:
    """Sheets of badges as a PDF, from label `start` of the first sheet on; they are added one by
    one. `logo`: a JPEG or the like.

    Text that no font can draw is left out; if that is all of a name, there is a line to write it
    on. `lacks_letters` tells which badges that concerns.
    """

    def __init__(self, label: Format, *, start: int, title: str, logo: bytes) -> None:
        self._label, self._next, self._sheet = label, start - 1, 0
        self._pdf = Pdf(label.paper.width, label.paper.height, title=title)
        self._logo = ImageReader(Image.open(BytesIO(logo))) if logo else None

    def add(self, badge: Badge) -> None:
        sheet, place = divmod(self._next, self._label.per_sheet)
        if sheet != self._sheet:
            self._pdf.canvas.showPage()
        self._next, self._sheet = self._next + 1, sheet
        corner = self._label.corner(place)
        _draw(self._pdf, lay_out(drawable(badge), self._label), corner, self._logo)

    def file(self) -> bytes:
        return self._pdf.bytes()

    def file_of(self, badges: Sequence[Badge]) -> bytes:
        for badge in badges:
            self.add(badge)
        return self.file()


def lacks_letters(badge: Badge) -> bool:
    """Whether not all of a badge's text can be drawn."""
    texts = badge.heading, badge.line, badge.ask
    return BOLD.lacks_some_of(badge.name) or any(map(REGULAR.lacks_some_of, texts))


def drawable(badge: Badge) -> Badge:
    name = BOLD.without_missing(badge.name)
    return replace(
        badge,
        name=name,
        called=BOLD.without_missing(badge.called) if name else "",
        heading=REGULAR.without_missing(badge.heading),
        line=REGULAR.without_missing(badge.line),
        ask=REGULAR.without_missing(badge.ask),
    )


def _draw(
    pdf: Pdf, marks: Sequence[Mark], corner: tuple[float, float], logo: ImageReader | None
) -> None:
    canvas = pdf.canvas
    canvas.saveState()
    canvas.translate(corner[0] * mm, (pdf.height - corner[1]) * mm)
    canvas.scale(mm, mm)
    for mark in marks:
        match mark:
            case Words():
                canvas.setFillColor(HexColor(mark.colour))
                pdf.draw_line(mark.line, mark.x, mark.y, mark.size)
            case Box():
                canvas.setFillColor(HexColor(mark.colour))
                box = (mark.x, -mark.y - mark.height, mark.width, mark.height)
                canvas.roundRect(*box, mark.radius, stroke=0, fill=1)
            case Picture() if logo:
                canvas.drawImage(logo, mark.x, -mark.y - mark.side, mark.side, mark.side)
            case Code():
                _draw_code(canvas, mark)
    canvas.restoreState()


def _draw_code(canvas: Canvas, code: Code) -> None:
    """Draws all bars as one shape, so that no hairline shows between two of them. Its unit is one
    module: whole numbers are short, and quick to write.
    """
    canvas.saveState()
    canvas.setFillColor(HexColor(BLACK))
    canvas.transform(code.module, 0, 0, -code.module, code.x, -code.y)
    bars = (f"{x} {y} {length} 1 re" for x, y, length in code.bars)
    canvas.addLiteral(" ".join([*bars, "f"]))
    canvas.restoreState()
