"""Limit the size of a request before anything reads it: of a form, unless its view takes a file or
JSON, and of the words of a search.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

URL_ENCODED = "application/x-www-form-urlencoded"
FORM_TYPES = (URL_ENCODED, "multipart/form-data")
SEARCH_MOST = 200  # characters

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Let this view's form upload files, up to MAX_CONTENT_LENGTH bytes in all."""
    view.takes = "files"  # type: ignore[attr-defined]
    return view


def takes_json(view: View) -> View:
    """Let this view take JSON instead of a form. The view limits the body itself."""
    view.takes = "json"  # type: ignore[attr-defined]
    return view


def check_body() -> None:
    """Refuse a POST that is not a form with 415, and one that is too big with 413.

    A request without body and type counts as an empty form, as scripts send it for a button.
    """
    has_body = request.content_length or "Transfer-Encoding" in request.headers
    if request.method != "POST" or not request.endpoint or not (request.mimetype or has_body):
        return
    takes = getattr(current_app.view_functions[request.endpoint], "takes", "form")
    if request.mimetype not in (("application/json",) if takes == "json" else FORM_TYPES):
        abort(415)
    if request.mimetype == URL_ENCODED:
        _bound_url_encoded()
    elif takes == "form":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _bound_url_encoded() -> None:
    """Limits it as Werkzeug limits multipart forms. Of a chunked body, whose length is unknown,
    Werkzeug reads no more than allowed and takes that for all of it: so allow one more byte.
    """
    bytes_most: int = current_app.config["MAX_FORM_MEMORY_SIZE"]
    fields_most: int = current_app.config["MAX_FORM_PARTS"]
    request.max_content_length = bytes_most + 1
    body = request.get_data()
    if len(body) > bytes_most or body.count(b"&") >= fields_most:
        abort(413)


def search_terms() -> str:
    """The words of `?q=`, cut at SEARCH_MOST."""
    return request.args.get("q", "")[:SEARCH_MOST]


def init_app(app: Flask) -> None:
    """Call it before CSRF protection, which reads the form."""
    app.before_request(check_body)
