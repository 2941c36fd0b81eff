"""Static files by the hash of their content, so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup

_USE = Markup('<svg class="icon" aria-hidden="true"><use href="{sprite}#{name}"/></svg>')


def init_app(app: Flask) -> None:
    folder = Path(app.static_folder or "")

    # A page names some twenty. Looked up each time, they are a quarter of what rendering costs.
    @cache
    def address(filename: str, _root: str) -> str:
        if filename.startswith("vendor/"):
            return url_for("static", filename=filename)
        content = hashlib.sha256((folder / filename).read_bytes()).hexdigest()
        return url_for("static", filename=filename, v=content[:10])

    @app.template_global()
    def static(filename: str) -> str:
        """The address of a static file; it changes when the file does.

        A vendored file has its version in its path, by which the style sheet names it too.
        While debugging, a changed file is noticed at once; else when the server starts.
        """
        look_up = address.__wrapped__ if app.debug else address
        return look_up(filename, request.script_root)

    @app.template_global()
    def icon(name: str) -> Markup:
        """A picture of the sprite, beside words that say the same."""
        return _drawn(static("icons.svg"), name)

    @app.after_request
    def ask_each_time(response: Response) -> Response:
        """A module that another one imports is asked for without its hash: its browser keeps
        it, and asks each time whether it is still the same.
        """
        if request.endpoint == "static" and not _is_kept_for_ever():
            response.headers["Cache-Control"] = "no-cache"
        return response


@cache
def _drawn(sprite: str, name: str) -> Markup:
    """Kept: a page has dozens, and each would cost as much as the sentence beside it."""
    return _USE.format(sprite=sprite, name=name)


def _is_kept_for_ever() -> bool:
    filename = (request.view_args or {}).get("filename", "")
    return "v" in request.args or filename.startswith("vendor/")
