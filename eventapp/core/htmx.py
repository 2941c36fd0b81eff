"""One URL, one view, one context, two envelopes: the whole page, or the part that changed.

The only module that knows the headers of htmx 4 (four.htmx.org, reference of headers).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, make_response, redirect, render_template, request

from eventapp.core.links import is_ours


def _wants_fragment() -> bool:
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type") != "full"
        and "HX-History-Restore-Request" not in headers  # the back button wants the page
    )


def page_asking() -> str | None:
    """The address of the page whose browser sends this request: of what HTMX asks for, such as a
    poll, the page that it's a part of. None for a form that was sent without HTMX.
    """
    page = _path_of(request.headers.get("HX-Current-URL", "")) if _wants_fragment() else None
    if is_ours(page):
        return page
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _path_of(address: str) -> str | None:
    """With its query. None for what is no address: the header may say anything."""
    try:
        return urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()
    except ValueError:
        return None


def _vary(response: Response) -> Response:
    response.vary.update(("HX-Request", "HX-Request-Type"))
    return response


def show(page: str, *, fragment: str, status: int = 200, **context: Any) -> Response:
    """Answer a read or a refused form: with the page, or to HTMX with its fragment."""
    template = fragment if _wants_fragment() else page
    return _vary(make_response(render_template(template, **context), status))


def done(*, go_to: str, fragment: str | None = None, **context: Any) -> Response:
    """Answer an action: to HTMX with the regions that changed, otherwise with 303 to the page that
    shows it.

    Without a fragment, HTMX is sent to the page as well.
    """
    if not _wants_fragment():
        return _vary(make_response(redirect(go_to, 303)))
    if fragment is None:
        response = make_response("")
        response.headers["HX-Redirect"] = go_to
        return _vary(response)
    return _vary(make_response(render_template(fragment, **context)))


def refuse(page: str, *, notice: str, status: int, **context: Any) -> Response:
    """Answer an action that a rule refused: with a page, or a notice in the page's `#notice`."""
    if not _wants_fragment():
        return _vary(make_response(render_template(page, **context), status))
    response = make_response(render_template(notice, **context), status)
    response.headers["HX-Retarget"] = "#notice"
    response.headers["HX-Reswap"] = "innerHTML"
    return _vary(response)


def ask(page: str, **context: Any) -> Response:
    """Answer an action that is to be confirmed first: with a page, of which HTMX shows what it says
    in place of what the other said.
    """
    response = make_response(render_template(page, **context))
    if _wants_fragment():
        response.headers["HX-Retarget"] = response.headers["HX-Reselect"] = "#main"
        response.headers["HX-Reswap"] = "outerHTML"
    return _vary(response)


def unchanged() -> Response:
    """Answer a poll without news. htmx would swap in a 304 as the cached 200."""
    return _vary(make_response("", 204))


def go(to: str) -> Response:
    """Send the browser to another page, also from within a swap, as when a session has ended."""
    return done(go_to=to)
