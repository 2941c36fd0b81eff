"""A file of a picture as an answer. Its address changes with its content, so it is never stale."""

from __future__ import annotations

from flask import Response

from eventapp.core import security

MIMETYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
PER_VENUE = "6000 per minute"  # pictures: a hundred phones in one network open a list
FOR_EVER = "public, max-age=31536000, immutable"  # RFC 8246
FOR_A_DAY = "private, max-age=86400"  # in no cache but the browser's own


def public_picture(data: bytes, format: str) -> Response:
    """A logo or a cover: any cache may keep it, and mails and other sites show it."""
    security.say_public()
    security.let_others_show()
    return _answer(data, format, FOR_EVER)


def private_picture(data: bytes, format: str) -> Response:
    """A portrait: no cache keeps it but the browser of who saw it, and no other site shows it."""
    return _answer(data, format, FOR_A_DAY)


def fleeting_picture(data: bytes, format: str) -> Response:
    """A picture that may be gone in a moment: no cache keeps it, the browser's own neither, so that
    whoever asks again gets none.
    """
    return _answer(data, format, "no-store")


def unpublished_picture(data: bytes, format: str) -> Response:
    """For whoever asked, this once."""
    return _answer(data, format, "no-store")


def _answer(data: bytes, format: str, keep: str) -> Response:
    answer = Response(data, content_type=MIMETYPES[format])
    answer.headers["Cache-Control"] = keep
    return answer
