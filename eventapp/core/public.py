"""Public addresses: search engines may list them, and organisers' texts may link to them.

A view is public only if it is marked `@public`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

import idna
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from eventapp.core.assets import is_static

ADDRESS_MOST = 2000  # characters; parsing a host takes quadratic time

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view whose page everybody may see and search engines may list."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public_page(endpoint: str | None) -> bool:
    """Whether an endpoint is marked `@public`."""
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "is_public", False)


def may_link_to(address: str) -> bool:
    """Whether a text that somebody wrote may link to this address: a web page elsewhere, a mail
    address, or a public page of ours.

    Strict where browsers are lenient: what they would repair first (backslashes, a missing host)
    could lead elsewhere than it seems.
    """
    if len(address) > ADDRESS_MOST:
        return False
    if not address.isprintable() or "\\" in address or " " in address:
        return False
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises ValueError for what is no port
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    if parts.scheme in ("http", "https"):
        return _may_link_to_host(parts)
    return not parts.scheme and not parts.netloc and _is_public_path(parts.path)


def _may_link_to_host(parts: SplitResult) -> bool:
    host = _host_looked_up(parts.hostname or "")
    if not host or "@" in parts.netloc:
        return False
    return host not in _our_hosts() or _is_public_path(parts.path or "/")


def _our_hosts() -> set[str | None]:
    config = current_app.config
    named = [urlsplit(config["BASE_URL"]).hostname or "", *config["TRUSTED_HOSTS"]]
    return {_host_looked_up(name.strip("[].")) for name in named}


def _host_looked_up(host: str) -> str | None:
    """The name that a browser would look up, in ASCII (UTS 46): escaped and full-width letters
    become plain ones. Returns None for what is no host.
    """
    if ":" in host:
        return host  # IPv6
    try:
        return idna.encode(unquote(host).rstrip("."), uts46=True).decode()
    except idna.IDNAError:
        return None


def _is_public_path(path: str) -> bool:
    """Whether GET of this path, as the server would decode it, is a public page of ours."""
    asked = unquote(path)
    if not asked.startswith("/") or not asked.isprintable() or "\\" in asked:
        return False
    if any(part in (".", "..") for part in asked.split("/")) or "//" in asked:
        return False
    try:
        endpoint, _ = current_app.url_map.bind("").match(asked, "GET")
    except (HTTPException, RequestRedirect):
        return False
    return is_public_page(endpoint)


def init_app(app: Flask) -> None:
    @app.after_request
    def keep_out_of_search_engines(response: Response) -> Response:
        """Every address that is not public gets "noindex", also those behind a secret."""
        if not is_static(request.endpoint) and not is_public_page(request.endpoint):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
