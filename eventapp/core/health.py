"""/healthz: the process lives. /readyz: it can serve, and write, on the schema that it knows."""

from __future__ import annotations

from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core.connections import lock_wait
from eventapp.core.database_errors import NOT_MIGRATED, trouble
from eventapp.core.db import db, retrying, transaction
from eventapp.core.security import limiter

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
LOCK_WAIT_SECONDS = 2  # whoever asks does not wait for long either


@cache
def _newest_revision(folder: str) -> str | None:
    return ScriptDirectory(folder).get_current_head()


def _revision() -> str | None:
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def _write() -> None:
    """Write the revision over itself, and commit: a full disk is noticed no earlier."""
    with lock_wait(db.session.connection(), LOCK_WAIT_SECONDS), transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = version_num"))


def init_app(app: Flask) -> None:
    @app.get("/healthz")
    @limiter.exempt
    def healthz() -> tuple[str, int, dict[str, str]]:
        return "ok\n", 200, PLAIN

    @app.get("/readyz")
    @limiter.exempt
    def readyz() -> tuple[str, int, dict[str, str]]:
        try:
            if retrying(_revision) != _newest_revision(app.extensions["migrate"].directory):
                return f"{NOT_MIGRATED}\n", 503, PLAIN
            _write()
        except SQLAlchemyError as error:
            app.logger.error("not ready: %s", trouble(error) or type(error).__name__)
            return "the database does not answer, or takes no writes: see the log\n", 503, PLAIN
        return "ready\n", 200, PLAIN
