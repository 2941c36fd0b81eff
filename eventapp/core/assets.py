"""Static files by the hash of their content, so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for


@cache
def _content_hash(path: Path, changed_at_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def init_app(app: Flask) -> None:
    folder = Path(app.static_folder or "")

    @app.template_global()
    def static(filename: str) -> str:
        """The address of a static file; it changes when the file does.

        A vendored file has its version in its path, by which the style sheet names it too.
        """
        if filename.startswith("vendor/"):
            return url_for("static", filename=filename)
        path = folder / filename
        return url_for("static", filename=filename, v=_content_hash(path, path.stat().st_mtime_ns))
