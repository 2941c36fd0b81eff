"""Static files, addressed by the hash of their content, so that browsers may cache them for ever.

What all pages share is in the application's static folder; what a feature needs is in its own,
served by its blueprint: `kind/page.js` is `page.js` in the static folder of `kind`.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import cache, partial
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask.sansio.scaffold import Scaffold
from markupsafe import Markup

_IMPORT = re.compile(r'^(?:import|\}).*"(\.{1,2}/[^"]+)";$', re.MULTILINE)
_PRELOAD = Markup('<link rel="modulepreload" href="{address}">')
_USE = Markup('<svg class="icon" aria-hidden="true"><use href="{sprite}#{name}"/></svg>')


def init_app(app: Flask) -> None:
    # A page names some twenty. Looking them up each time would be a quarter of its rendering time.
    # When debugging, changed files are noticed at once; otherwise when the server starts.
    address = partial(_address if app.debug else cache(_address), app)
    imported = partial(_import_addresses if app.debug else cache(_import_addresses), app)

    @app.template_global()
    def static(filename: str) -> str:
        """The address of a static file; it changes when the file does.

        A vendored file has its version in its path, by which the style sheet names it too.
        """
        return address(filename, request.script_root)

    @app.template_global()
    def preloads(filename: str) -> Markup:
        """Links that make a browser load at once all modules that a script imports. Without them it
        discovers each only when another has arrived: half a second on a slow network.
        """
        links = (_PRELOAD.format(address=it) for it in imported(filename, request.script_root))
        return Markup("\n").join(links)

    @app.template_global()
    def icon(name: str) -> Markup:
        """A picture of the sprite, decorative: the words beside it say the same."""
        return _drawn(static("icons.svg"), name)

    @app.after_request
    def say_how_long(response: Response) -> Response:
        """What is addressed by its hash never changes. Imported modules are addressed without:
        browsers cache them, and revalidate each time.
        """
        if is_static(request.endpoint):
            if _is_kept_for_ever():
                response.cache_control.immutable = True
            else:
                response.headers["Cache-Control"] = "no-cache"
        return response


@cache
def _drawn(sprite: str, name: str) -> Markup:
    """Cached: a page has dozens of icons, and drawing one costs as much as rendering a sentence."""
    return _USE.format(sprite=sprite, name=name)


def _address(app: Flask, filename: str, _root: str) -> str:
    place, endpoint, within = _served_by(app, filename)
    if filename.startswith("vendor/"):
        return url_for(endpoint, filename=within)
    content = hashlib.sha256((Path(place.static_folder or "") / within).read_bytes())
    return url_for(endpoint, filename=within, v=content.hexdigest()[:10])


def _import_addresses(app: Flask, filename: str, _root: str) -> list[str]:
    """The addresses of the modules that a script imports, as it names them: without the hash."""
    found = [_served_by(app, name) for name in _imported(app, filename)]
    return [url_for(endpoint, filename=within) for _, endpoint, within in found]


def _served_by(app: Flask, filename: str) -> tuple[Scaffold, str, str]:
    """The folder and endpoint that serve a file, and its path in that folder."""
    first, _, rest = filename.partition("/")
    feature = app.blueprints.get(first)
    if feature and feature.has_static_folder:
        return feature, f"{first}.static", rest
    return app, "static", filename


def _imported(app: Flask, filename: str) -> list[str]:
    """The modules that a script imports, directly and indirectly."""
    found = [filename]
    for name in found:  # grows meanwhile
        place, _, within = _served_by(app, name)
        script = (Path(place.static_folder or "") / within).read_text()
        for address in _IMPORT.findall(script):
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
            if other not in found:
                found.append(other)
    return found[1:]


def is_static(endpoint: str | None) -> bool:
    """Whether an endpoint serves static files, of the application or of a feature."""
    return endpoint is not None and endpoint.rpartition(".")[2] == "static"


def _is_kept_for_ever() -> bool:
    filename = (request.view_args or {}).get("filename", "")
    return "v" in request.args or filename.startswith("vendor/")
