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
    """The application's own part, then those of the features, each within a function, so that none
    sees another's names.
    """
    common, *others = folders
    shared = _files(common)
    parts = [_part(folder, [*shared, *_files(folder)]) for folder in others if _has_part(folder)]
    return _part(common, shared) + "".join(f"(() => {{\n{part}}})();\n" for part in parts)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _has_part(folder: Path) -> bool:
    return (folder / "sw.js").exists()


def _part(folder: Path, files: list[Path]) -> str:
    """A part, with a version that changes with any file of its pages."""
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]
    return (folder / "sw.js").read_text().replace("VERSION", version)
