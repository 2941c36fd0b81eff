"""/sw.js: the site's one service worker, made of the `sw.js` that each feature has in its statics.

It stands at the root, because a service worker controls only pages below its own path. A page that
is worth keeping on a phone starts it: a door's, a pass.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flask import Flask, Response

SHARED = ("app.css", "app.js", "resend.js")  # what every page loads


def init_app(app: Flask) -> None:
    @app.get("/sw.js")
    def service_worker() -> Response:
        folders = [app.static_folder, *(one.static_folder for one in app.blueprints.values())]
        script = _script(tuple(Path(folder) for folder in folders if folder))
        response = Response(script, mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        return response


@cache
def _script(folders: Sequence[Path]) -> str:
    """The parts, each within a function, so that none sees another's names."""
    shared = [folders[0] / name for name in SHARED]
    parts = [_part(folder, shared) for folder in folders if (folder / "sw.js").exists()]
    return "".join(f"(() => {{\n{part}}})();\n" for part in parts)


def _part(folder: Path, shared: list[Path]) -> str:
    """A part, with a version that changes with any file of its pages."""
    files = [*shared, *sorted(path for path in folder.iterdir() if path.is_file())]
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]
    return (folder / "sw.js").read_text().replace("VERSION", version)
