"""A request meets a database fault: its view is retried, or the client is told to wait."""

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
    """The view's answer. Views load, act and answer, so a whole view can be retried if the database
    undid its work.
    """
    known = vars(g._get_current_object())
    known_before = dict(known)

    def start_over() -> None:
        known.clear()  # such as rows of the session that ended
        known.update(known_before)
        for file in vars(request).get("files", {}).values():
            file.seek(0)

    return retrying(view, start_over)


class Interrupted(ServiceUnavailable):
    """The database failed after part of the work was committed. The refusal says how much."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(retry_after=RETRY_AFTER_SECONDS)
        self.refusal = refusal


def interrupted(refusal: Refusal) -> Interrupted:
    """The answer to an action that the database interrupted; writes one line to the log."""
    _log(trouble(refusal.__cause__) or type(refusal.__cause__).__name__)
    return Interrupted(refusal)


def unavailable(error: Exception) -> ServiceUnavailable | None:
    """The answer if this error is a database fault; writes one line to the log."""
    words = trouble(error)
    if words is None:
        return None
    _log(words)
    return ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS)


def _log(words: str) -> None:
    current_app.logger.error("trouble with the database: %s", words)
