"""Art as pixels, of the same shapes as the SVG."""

from __future__ import annotations

from functools import singledispatchmethod
from itertools import chain

from PIL import Image, ImageDraw

from eventapp.events.art import Design
from eventapp.events.art.palette import PALETTES
from eventapp.events.art.shapes import (
    HEIGHT,
    WIDTH,
    Arc,
    Disc,
    Lens,
    Point,
    Polygon,
    Ring,
    Shape,
)
from eventapp.events.art.svg import SEAM
from eventapp.events.art.table import shapes_of

FINER = 2  # drawn so many times as large, and averaged: Pillow draws hard edges
STEPS = 48  # of an arc


def picture_of(design: Design, width: int) -> Image.Image:
    """The whole art, so wide."""
    scale = width * FINER / WIDTH
    ground = PALETTES[design.palette].ground
    canvas = Image.new("RGB", (width * FINER, round(HEIGHT * scale)), ground)
    pencil = _Pencil(canvas, scale)
    for shape in shapes_of(design):
        pencil.draw(shape)
    return canvas.reduce(FINER)


class _Pencil:
    def __init__(self, canvas: Image.Image, scale: float) -> None:
        self._draw = ImageDraw.Draw(canvas, "RGBA")  # so that what is drawn may be translucent
        self._scale = scale

    @singledispatchmethod
    def draw(self, shape: Shape) -> None:
        raise TypeError(shape)

    @draw.register
    def _(self, disc: Disc) -> None:
        self._draw.ellipse(self._box(disc.centre, disc.radius), disc.fill)

    @draw.register
    def _(self, ring: Ring) -> None:
        box = self._box(ring.centre, ring.radius + ring.width / 2)
        colour, width = _with(ring.colour, ring.opacity), round(ring.width * self._scale)
        self._draw.ellipse(box, outline=colour, width=width)

    @draw.register
    def _(self, lens: Lens) -> None:
        edge = chain.from_iterable(map(_along, lens.arcs()))
        scaled = [(x * self._scale, y * self._scale) for x, y in edge]
        self._draw.polygon(scaled, lens.fill, lens.fill, width=round(SEAM * self._scale))

    @draw.register
    def _(self, polygon: Polygon) -> None:
        scaled = [(x * self._scale, y * self._scale) for x, y in polygon.points]
        self._draw.polygon(scaled, _with(polygon.fill, polygon.opacity))

    def _box(self, centre: Point, radius: float) -> tuple[float, float, float, float]:
        (x, y), scale = centre, self._scale
        sides = x - radius, y - radius, x + radius, y + radius
        return tuple(side * scale for side in sides)  # type: ignore[return-value]


def _along(arc: Arc) -> list[Point]:
    turns = (arc.direction + arc.half * (2 * step / STEPS - 1) for step in range(STEPS + 1))
    return [arc.disc.centre.towards(turn, arc.disc.radius) for turn in turns]


def _with(colour: str, opacity: float) -> str:
    return f"{colour}{round(opacity * 255):02x}"
