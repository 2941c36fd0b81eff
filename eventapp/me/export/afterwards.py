"""What somebody took with them from events, and the pictures that they added."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from eventapp.impressions.queries import impressions_of
from eventapp.impressions.queries.pictures import jpeg_of, pictures_by
from eventapp.impressions.queries.recap import quotes_of
from eventapp.me.export.rows import columns
from eventapp.model import Person


def impressions_written(person: Person) -> list[dict[str, Any]]:
    told = "talk", "words", "audience", "created_at", "changed_at", "hidden_at"
    answers = "asked_at", "told_at", "allowed_at", "refused_at"
    written = impressions_of(person)
    quotes = quotes_of(written)
    return [
        {
            "event": one.event.title,
            **columns(one, *told),
            "quote": columns(quotes[one.id], *answers) if one.id in quotes else None,
        }
        for one in written
    ]


def pictures_added(person: Person) -> list[dict[str, Any]]:
    """Each as a JPEG (RFC 2397), but for those that were taken down."""
    told = "alt", "created_at", "shown_at", "taken_down_at"
    return [
        {"event": one.event.title, **columns(one, *told), "picture": _data_url(jpeg_of(one))}
        for one in pictures_by(person)
    ]


def _data_url(jpeg: bytes | None) -> str | None:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}" if jpeg else None
