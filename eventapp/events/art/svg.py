"""Art as SVG: attributes only, so that it needs no style."""

from __future__ import annotations

import hashlib
import math
from functools import cache, singledispatch

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
from eventapp.events.art.table import shapes_of

SIZE = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
SEAM = 1.5  # around a lens, in its own colour: hides the discs' edges under its own


def svg_of(design: Design) -> str:
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PALETTES[design.palette].ground}"/>'
    shapes = "".join(map(_drawn, shapes_of(design)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {SIZE}>{ground}{shapes}</svg>\n'


@cache
def edition() -> str:
    """Changes when the drawing of any design may have: part of each address."""
    drawn = "".join(svg_of(Design(seed, seed % len(PALETTES))) for seed in range(16))
    return hashlib.sha256(drawn.encode()).hexdigest()[:8]


@singledispatch
def _drawn(shape: Shape) -> str:
    raise TypeError(shape)


@_drawn.register
def _(disc: Disc) -> str:
    return f'<circle {_at(disc.centre)} r="{_n(disc.radius)}" fill="{disc.fill}"/>'


@_drawn.register
def _(ring: Ring) -> str:
    stroke = f'stroke="{ring.colour}" stroke-width="{ring.width}" stroke-opacity="{ring.opacity}"'
    return f'<circle {_at(ring.centre)} r="{_n(ring.radius)}" fill="none" {stroke}/>'


@_drawn.register
def _(lens: Lens) -> str:
    begin = lens.arcs()[0].begin
    sides = "".join(map(_side, lens.arcs()))
    way = f"M{_n(begin.x)} {_n(begin.y)}{sides}z"
    return f'<path d="{way}" fill="{lens.fill}" stroke="{lens.fill}" stroke-width="{SEAM}"/>'


def _side(arc: Arc) -> str:
    radius, is_large = _n(arc.disc.radius), int(arc.half > math.pi / 2)
    return f"A{radius} {radius} 0 {is_large} 1 {_n(arc.end.x)} {_n(arc.end.y)}"


@_drawn.register
def _(polygon: Polygon) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in polygon.points)
    opacity = f' fill-opacity="{polygon.opacity}"' if polygon.opacity < 1 else ""
    return f'<polygon points="{points}" fill="{polygon.fill}"{opacity}/>'


def _at(point: Point) -> str:
    return f'cx="{_n(point.x)}" cy="{_n(point.y)}"'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
