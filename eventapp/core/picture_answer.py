"""A file of a picture as an answer. Its address changes with its content, so it is never stale."""

from __future__ import annotations

from flask import Response

from eventapp.core import security

MIMETYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
PER_VENUE = "6000 per minute"  # pictures: a hundred phones in one network open a list
FOR_EVER = "public, max-age=31536000, immutable"  # RFC 8246
FOR_A_DAY = "private, max-age=86400"  # in no cache but the browser's own


def picture_answer(data: bytes, format: str, keep: str | None) -> Response:
    """`keep` says for how long caches may; without it the picture is for whoever asked alone."""
    response = Response(data, content_type=MIMETYPES[format])
    if keep:
        security.say_public()
        response.headers["Cache-Control"] = keep
    return response
