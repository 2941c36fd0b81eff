"""An upgrade that is stopped, by what it finds or from outside, has changed nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import event, inspect
from sqlalchemy.exc import IntegrityError

from eventapp.core.db import MIGRATIONS, db
from tests.application import new_app
from tests.first_schema import read_rows
from tests.processes import context

KILLED_BEFORE = ("UPDATE outbox_mail SET failed_at", "COMMIT")
ORPHANS = "UPDATE talk SET event_id = 99 WHERE id = 1"
MAKES_ORPHANS = f"""
from alembic import op

revision = 'orphans'
down_revision = {{head!r}}


def upgrade():
    op.execute({ORPHANS!r})
"""


def whole(app: Flask) -> Any:
    """The tables, with their columns and rows; among them the revision."""
    with app.app_context():
        tables = inspect(db.engine)
        columns = {
            name: [column["name"] for column in tables.get_columns(name)]
            for name in tables.get_table_names()
        }
        return columns, read_rows(db.engine)


# PostgreSQL holds no such rows.
@pytest.mark.parametrize("bare_app", ["sqlite"], indirect=True)
def test_rows_that_refer_to_nothing_stop_the_upgrade(
    first_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    path = first_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(ORPHANS)
    before = whole(first_app)
    with first_app.app_context(), pytest.raises(SystemExit, match="1"):
        flask_migrate.upgrade()
    assert "missing, 1 in all: talk 1 (its event is missing)" in caplog.text
    assert whole(first_app) == before


def test_a_migration_that_leaves_rows_without_what_they_refer_to_changes_nothing(
    first_app: Flask, tmp_path: Path
) -> None:
    before = whole(first_app)
    folder = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    (folder / "versions/orphans.py").write_text(MAKES_ORPHANS.format(head=head))
    with first_app.app_context(), pytest.raises((SystemExit, IntegrityError)):
        flask_migrate.upgrade(directory=str(folder))
    assert whole(first_app) == before


def test_an_upgrade_that_is_killed_has_changed_nothing(first_app: Flask) -> None:
    before = whole(first_app)
    url = first_app.config["SQLALCHEMY_DATABASE_URI"]
    for statement in KILLED_BEFORE:
        process = context.Process(target=upgrade_until, args=(url, statement))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL, statement
        assert whole(first_app) == before, statement
    with first_app.app_context():
        flask_migrate.upgrade()


def upgrade_until(url: str, statement: str) -> None:
    """Upgrade, in a process that dies just before this statement."""

    def die(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def watch(_c: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.strip().startswith(statement):
            die()

    with new_app(SQLALCHEMY_DATABASE_URI=url).app_context():
        event.listen(db.engine, "before_cursor_execute", watch)
        if statement == "COMMIT":
            event.listen(db.engine, "commit", die)
        flask_migrate.upgrade()
