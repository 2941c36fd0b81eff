"""/art/<design>.svg: the art of events without a cover. It is asked for by its design, which names
no event, so that nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flask import Response, request, url_for

from eventapp.core import security
from eventapp.core.errors import NotFound
from eventapp.core.picture_answer import FOR_EVER, PER_VENUE
from eventapp.core.public import public
from eventapp.events.art import design_named, design_of
from eventapp.events.art.palette import (
    PALETTES,
    Palette,
    palette_of,
    palettes_beside,
    readable_on,
)
from eventapp.events.art.shapes import HEIGHT, WIDTH
from eventapp.events.art.svg import edition, svg_of
from eventapp.events.views import bp
from eventapp.model import Event


@bp.get("/art/<name>.svg")
@public
@security.limiter.limit(PER_VENUE)
def art(name: str) -> Response:
    design = design_named(name)
    if design is None:
        raise NotFound
    security.say_public()
    response = Response(svg_of(design), content_type="image/svg+xml; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@bp.app_template_global()
def art_address(event: Event, palette: int | None) -> str:
    """Of the event's art, in its own palette or in that which a list gives it."""
    own = palette_of(event.id) if palette is None else palette
    return _address(event.slug, own, request.script_root)


@lru_cache(maxsize=4096)
def _address(slug: str, palette: int, _root: str) -> str:
    """Cached: making those of a list of sixty took an eighth of its time."""
    return url_for("events.art", name=design_of(slug, palette), v=edition())


@bp.app_template_global()
def palettes_of(events: Iterable[Event]) -> dict[int, int]:
    """The palettes of a list's events that have no cover, by id: no two neighbours alike."""
    return palettes_beside(event.id for event in events if event.cover is None)


@bp.app_template_global()
def colours_of(event_id: int) -> Palette:
    return PALETTES[palette_of(event_id)]


bp.add_app_template_filter(readable_on)
bp.add_app_template_global(WIDTH, "ART_WIDTH")  # type: ignore[arg-type]
bp.add_app_template_global(HEIGHT, "ART_HEIGHT")  # type: ignore[arg-type]
