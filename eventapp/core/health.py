"""/healthz: the process is alive. /readyz: it can serve and write, on the schema that it knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from threading import Lock

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core import clock
from eventapp.core.connections import lock_wait
from eventapp.core.database_errors import NOT_MIGRATED, trouble
from eventapp.core.db import db, transaction
from eventapp.core.retry import retrying
from eventapp.core.security import limiter
from eventapp.core.unavailable import RETRY_AFTER_SECONDS

Answer = tuple[str, int, dict[str, str]]

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
COME_BACK = {**PLAIN, "Retry-After": str(RETRY_AFTER_SECONDS)}
LOCK_WAIT_SECONDS = 2  # monitoring does not wait for long either
KEPT_FOR = timedelta(seconds=5)
NO_ANSWER = ("the database does not answer, or takes no writes: see the log\n", 503, COME_BACK)


class Readiness:
    """The last result of the check, cached for KEPT_FOR: anybody may ask, and each check takes the
    write lock and writes. While one request checks, others get the last result, or wait for the new
    one if that is too old.
    """

    def __init__(self, check: Callable[[], Answer]) -> None:
        self._check = check
        self._checking = Lock()
        self._found: tuple[datetime, Answer] | None = None

    def answer(self, at: datetime) -> Answer:
        before = self._kept(at, 2 * KEPT_FOR)
        if not self._checking.acquire(timeout=0 if before else LOCK_WAIT_SECONDS):
            return before or NO_ANSWER
        try:
            if kept := self._kept(at, KEPT_FOR):
                return kept
            found = self._check()
            self._found = at, found
            return found
        finally:
            self._checking.release()

    def _kept(self, at: datetime, time: timedelta) -> Answer | None:
        if self._found and abs(at - self._found[0]) < time:  # another request may have a later time
            return self._found[1]
        return None


@cache
def _newest_revision(folder: str) -> str | None:
    return ScriptDirectory(folder).get_current_head()


def _revision() -> str | None:
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def _write() -> None:
    """Write the revision over itself and commit: only a write notices a full disk."""
    with lock_wait(db.session.connection(), LOCK_WAIT_SECONDS), transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = version_num"))


def _check() -> Answer:
    try:
        if retrying(_revision) != _newest_revision(current_app.extensions["migrate"].directory):
            return f"{NOT_MIGRATED}\n", 503, COME_BACK
        _write()
    except SQLAlchemyError as error:
        current_app.logger.error("not ready: %s", trouble(error) or type(error).__name__)
        return NO_ANSWER
    return "ready\n", 200, PLAIN


def init_app(app: Flask) -> None:
    readiness = Readiness(_check)

    @app.get("/healthz")
    @limiter.exempt
    def healthz() -> Answer:
        return "ok\n", 200, PLAIN

    @app.get("/readyz")
    @limiter.exempt
    def readyz() -> Answer:
        return readiness.answer(clock.now())
