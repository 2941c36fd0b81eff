"""Lines of text as the paths of an SVG: the glyphs that a PDF has, whatever fonts a browser has."""

from __future__ import annotations

from collections.abc import Callable

from eventapp.ui.shaping import Line

Point = tuple[float, float]


class _Pen:
    """Writes a path: called by HarfBuzz with the points of a glyph, whose y runs up."""

    def __init__(self, place: Callable[[Point], str]) -> None:
        self._place, self.path = place, list[str]()

    def moveTo(self, to: Point) -> None:  # noqa: N802 - the names of FontTools' pens
        self._add("M", to)

    def lineTo(self, to: Point) -> None:  # noqa: N802
        self._add("L", to)

    def qCurveTo(self, *points: Point) -> None:  # noqa: N802
        self._add("Q", *points)

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        self._add("C", *points)

    def closePath(self) -> None:  # noqa: N802
        self.path.append("Z")

    def _add(self, command: str, *points: Point) -> None:
        self.path.append(command + " ".join(map(self._place, points)))


def outline(line: Line, x: float, y: float, size: float) -> str:
    """`x`, `y`: the left end of the baseline. Glyphs overlap nowhere but where that is filled."""
    path: list[str] = []
    for glyph in line.glyphs:
        left, foot, scale = x + glyph.x * size, y - glyph.y * size, size / glyph.font.em

        def place(point: Point, left: float = left, foot: float = foot, by: float = scale) -> str:
            return f"{left + point[0] * by:.3f} {foot - point[1] * by:.3f}"

        pen = _Pen(place)
        glyph.font.shaper.draw_glyph_with_pen(glyph.id, pen)
        path += pen.path
    return "".join(path)
