"""How much a request may bring, measured before anything reads it: a form of bounded size, unless
its view takes a file or JSON; the words of a search.
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
    """Let this view's form bring files, MAX_CONTENT_LENGTH bytes in all."""
    view.takes = "files"  # type: ignore[attr-defined]
    return view


def takes_json(view: View) -> View:
    """Let this view take JSON instead of a form. It bounds the body itself."""
    view.takes = "json"  # type: ignore[attr-defined]
    return view


def check_body() -> None:
    """Refuse a POST that is no form with 415, one that is too big with 413.

    Neither a body nor a type is an empty form: what scripts send for a button.
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
    """As Werkzeug does for the other type of form. Of a body that does not say how long it is
    (chunked), it reads no more than is allowed and takes that for all of it: so allow one more.
    """
    bytes_most: int = current_app.config["MAX_FORM_MEMORY_SIZE"]
    fields_most: int = current_app.config["MAX_FORM_PARTS"]
    request.max_content_length = bytes_most + 1
    body = request.get_data()
    if len(body) > bytes_most or body.count(b"&") >= fields_most:
        abort(413)


def search_terms() -> str:
    """The words that `?q=` of this request searches for, cut at SEARCH_MOST."""
    return request.args.get("q", "")[:SEARCH_MOST]


def init_app(app: Flask) -> None:
    """Before CSRF protection, which reads the form."""
    app.before_request(check_body)
