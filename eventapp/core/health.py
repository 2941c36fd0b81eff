"""/healthz: the process lives. /readyz: it can serve, on the schema that it knows."""

from __future__ import annotations

from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core.db import db
from eventapp.core.security import limiter

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@cache
def _newest_revision(folder: str) -> str | None:
    return ScriptDirectory(folder).get_current_head()


def init_app(app: Flask) -> None:
    @app.get("/healthz")
    @limiter.exempt
    def healthz() -> tuple[str, int, dict[str, str]]:
        return "ok\n", 200, PLAIN

    @app.get("/readyz")
    @limiter.exempt
    def readyz() -> tuple[str, int, dict[str, str]]:
        try:
            found = MigrationContext.configure(db.session.connection()).get_current_revision()
        except SQLAlchemyError:
            app.logger.exception("the database was not reached")
            return "the database was not reached\n", 503, PLAIN
        if found != _newest_revision(app.extensions["migrate"].directory):
            return "the schema is not current: run `flask --app wsgi db upgrade`\n", 503, PLAIN
        return "ready\n", 200, PLAIN
