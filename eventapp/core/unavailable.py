"""A request meets trouble with the database: its view is run once more, or it is told to wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, g, request
from werkzeug.exceptions import ServiceUnavailable

from eventapp.core.database_errors import trouble
from eventapp.core.retry import retrying

RETRY_AFTER_SECONDS = 5


def run_view(view: Callable[[], Any]) -> Any:
    """The view's answer. Views load, act and answer, so that a whole view can be run again where
    the database undid what it did.
    """
    known = vars(g._get_current_object())
    known_before = dict(known)

    def start_over() -> None:
        known.clear()  # rows of the session that ended, say
        known.update(known_before)
        for file in vars(request).get("files", {}).values():
            file.seek(0)

    return retrying(view, start_over)


def unavailable(error: Exception) -> ServiceUnavailable | None:
    """The answer where this error is trouble with the database, noted in one line of the log."""
    words = trouble(error)
    if words is None:
        return None
    current_app.logger.error("trouble with the database: %s", words)
    return ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS)
