"""/e/<event>/card.png: what a shared link unfolds with."""

from __future__ import annotations

import hashlib
from dataclasses import astuple

from flask import Response, request
from flask_babel import force_locale

from eventapp.core import clock, security
from eventapp.core.i18n import gettext
from eventapp.core.links import absolute
from eventapp.core.public import public
from eventapp.events import queries
from eventapp.events.art import design_of
from eventapp.events.art.palette import palette_of
from eventapp.events.art.svg import edition
from eventapp.events.cover import cover_bytes
from eventapp.events.gate import organised_event
from eventapp.events.share_picture import (
    HEIGHT,
    WIDTH,
    Words,
    drawn_with_art,
    drawn_with_cover,
    kept,
)
from eventapp.events.views import bp
from eventapp.model import Event, PictureFormat
from eventapp.ui import formats

bp.add_app_template_global(WIDTH, "SHARE_WIDTH")  # type: ignore[arg-type]
bp.add_app_template_global(HEIGHT, "SHARE_HEIGHT")  # type: ignore[arg-type]

LAYOUT = "2"  # change it with the drawing in `share_picture.py`
AN_HOUR = "public, max-age=3600"


@bp.get("/e/<slug>/card.png")
@public
def share_picture(slug: str) -> Response:
    """Of a published event for everybody, of a draft for its organisers."""
    event = queries.event_at(slug)
    if event.published_at is None:
        event = organised_event(slug)
    version = share_version(event)
    response = Response(content_type="image/png")
    response.set_etag(version)
    if event.published_at:
        security.say_public()
        response.headers["Cache-Control"] = AN_HOUR
    if not request.if_none_match.contains(version):
        response.set_data(kept(version, lambda: _drawn(event)))
    return response.make_conditional(request)  # type: ignore[return-value]


def _drawn(event: Event) -> bytes:
    words = _words(event)
    if cover := event.cover:
        file = cover_bytes(event, cover.digest, PictureFormat.WEBP, None)
        return drawn_with_cover(words, file, cover.focus)
    return drawn_with_art(words, design_of(event.slug, palette_of(event.id)))


def _words(event: Event) -> Words:
    """In the community's language, whoever asks: chats keep one picture for all."""
    with force_locale(event.community.language):
        return Words(event.title, _when(event), event.place, event.community.name)


def _when(event: Event) -> str:
    day = formats.day(event.starts_at, event.tz, clock.now())
    time = formats.clock_time(event.starts_at, event.tz)
    words: str = gettext("Called off") if event.called_off_at else f"{day} · {time}"
    return words


def share_version(event: Event) -> str:
    """Changes with all that the picture shows."""
    shown = (event.cover.digest, event.cover.focus) if event.cover else (event.slug, edition())
    everything = "\0".join((LAYOUT, *astuple(_words(event)), *shown))
    return hashlib.sha256(everything.encode()).hexdigest()[:16]


@bp.app_template_global()
def share_picture_address(event: Event) -> str:
    """On BASE_URL, for other sites; another one whenever the picture changes, as they keep it."""
    return absolute("events.share_picture", slug=event.slug, v=share_version(event))


@bp.app_template_global()
def share_picture_words(event: Event) -> str:
    """The words on the picture, for who does not see it."""
    return " · ".join(filter(None, astuple(_words(event))))
