"""The service worker, which opens the door's page offline."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, current_app

from eventapp.door.blueprint import bp


@bp.get("/sw.js")
def service_worker() -> Response:
    """The service worker. Its address is at the root, because a service worker only controls pages
    below its own path.
    """
    script = _service_worker(Path(current_app.static_folder or ""), Path(bp.static_folder or ""))
    response = Response(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _service_worker(shared: Path, own: Path) -> str:
    """The script with its cache's version, which changes with any file of the door's page."""
    names = ("app.css", "app.js", "resend.js")
    files = [*(shared / name for name in names), *sorted(own.iterdir())]
    version = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]
    return (own / "sw.js").read_text().replace("VERSION", version)
