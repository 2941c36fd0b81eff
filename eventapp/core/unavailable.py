"""A request meets trouble with the database: its view is run once more, or it is told to wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, g, request
from werkzeug.exceptions import ServiceUnavailable

from eventapp.core.database_errors import trouble
from eventapp.core.errors import Refusal
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


class Interrupted(ServiceUnavailable):
    """The database failed when a part was done. The refusal says how much."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(retry_after=RETRY_AFTER_SECONDS)
        self.refusal = refusal


def interrupted(refusal: Refusal) -> Interrupted:
    """The answer to an act that the database interrupted, noted in one line of the log."""
    _log(trouble(refusal.__cause__) or type(refusal.__cause__).__name__)
    return Interrupted(refusal)


def unavailable(error: Exception) -> ServiceUnavailable | None:
    """The answer where this error is trouble with the database, noted in one line of the log."""
    words = trouble(error)
    if words is None:
        return None
    _log(words)
    return ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS)


def _log(words: str) -> None:
    current_app.logger.error("trouble with the database: %s", words)
