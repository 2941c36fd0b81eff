"""/.well-known/security.txt: to whom to report a vulnerability (RFC 9116)."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, abort

from eventapp.core import clock
from eventapp.core.i18n import LANGUAGES
from eventapp.core.links import absolute
from eventapp.core.public import public
from eventapp.core.security import say_public

VALID = timedelta(days=180)  # the RFC wants less than a year


def init_app(app: Flask) -> None:
    @app.get("/.well-known/security.txt")
    @public
    def security_txt() -> Response:
        """404 unless SECURITY_CONTACT is set. It expires half a year from now, as whoever still
        serves it still means it.
        """
        contacts = app.config.get("SECURITY_CONTACT")
        if not contacts:
            abort(404)
        say_public()
        lines = (
            *(f"Contact: {contact}" for contact in contacts),
            f"Expires: {clock.now() + VALID:%Y-%m-%dT00:00:00Z}",
            f"Preferred-Languages: {', '.join(LANGUAGES)}",
            f"Canonical: {absolute('security_txt')}",
        )
        return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
