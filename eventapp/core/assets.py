"""Static files by the hash of their content, so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, request, url_for


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
