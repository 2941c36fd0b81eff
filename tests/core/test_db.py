"""Who may write to SQLite, and for how long: one at a time, and not while a view only reads."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from eventapp.core.connections import lock_wait
from eventapp.core.db import db, transaction
from eventapp.model import Community
from tests.make import Make


def somebody_else_may_write() -> bool:
    """Whether another connection gets SQLite's one write lock, at once."""
    path = db.engine.url.database
    assert path is not None
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


@pytest.fixture
def sqlite(app: Flask) -> Flask:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL locks rows")
    return app


def test_a_view_that_reads_before_it_writes_keeps_nobody_waiting(sqlite: Flask) -> None:
    with sqlite.test_request_context("/", method="POST"):
        db.session.scalars(select(Community)).all()
        assert somebody_else_may_write()


def test_a_command_that_reads_before_it_writes_keeps_nobody_waiting(sqlite: Flask) -> None:
    with sqlite.app_context():
        db.session.scalars(select(Community)).all()
        assert somebody_else_may_write()


def test_what_a_transaction_reads_stays_true_until_it_has_written(sqlite: Flask) -> None:
    with sqlite.test_request_context("/", method="POST"), transaction():
        db.session.scalars(select(Community)).all()
        assert not somebody_else_may_write()


def test_a_transaction_sees_what_was_written_since_the_view_read(sqlite: Flask, make: Make) -> None:
    with sqlite.test_request_context("/", method="POST"):
        assert not db.session.scalars(select(Community.slug)).all()
        _write_elsewhere(make)
        with transaction():
            assert len(db.session.scalars(select(Community.slug)).all()) == 1


def test_rendering_after_the_commit_keeps_nobody_waiting(sqlite: Flask) -> None:
    with sqlite.test_request_context("/", method="POST"):
        with transaction():
            db.session.scalars(select(Community)).all()
        db.session.scalars(select(Community)).all()
        assert somebody_else_may_write()


def test_who_waits_finds_the_short_pauses_of_somebody_who_writes_on_and_on(
    sqlite: Flask, at_a_try: Callable[..., None]
) -> None:
    """By its own rule SQLite looks 228 ms after it began to wait, and every 100 ms from then on."""
    with sqlite.app_context():
        db.session.execute(select(1))
        path = str(db.engine.url.database)
    at_a_try(lambda: _pauses_until_written(sqlite, path) <= 3)


def _pauses_until_written(app: Flask, path: str) -> int:
    is_in, pauses = threading.Event(), 0
    waiting = threading.Thread(target=_write, args=(app, is_in))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting.start()
        began = time.monotonic()
        while not is_in.is_set() and pauses < 20:
            pauses += 1
            _sleep_until(began + 0.25 + 0.2 * pauses)
            other.execute("COMMIT")
            _sleep_until(began + 0.29 + 0.2 * pauses)
            other.execute("BEGIN IMMEDIATE")
        other.execute("COMMIT")
    waiting.join()
    return pauses


def _sleep_until(moment: float) -> None:
    time.sleep(max(0, moment - time.monotonic()))


def _write(app: Flask, is_in: threading.Event) -> None:
    with app.app_context(), transaction():
        is_in.set()


def test_what_was_changed_outside_a_transaction_is_a_fault(app: Flask, make: Make) -> None:
    community = make.community()
    with app.test_request_context("/", method="POST"):
        row = db.session.get_one(Community, community.id)
        row.name = "Changed too early"
        with pytest.raises(AssertionError), transaction():
            pass
        db.session.rollback()


def _write_elsewhere(make: Make) -> None:
    writer = threading.Thread(target=make.community)
    writer.start()
    writer.join()


def test_who_was_refused_the_write_lock_may_try_again(sqlite: Flask, make: Make) -> None:
    community = make.community()
    with sqlite.app_context():
        with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            refused = pytest.raises(OperationalError, match="database is locked")
            with lock_wait(db.session.connection(), 0), refused, transaction():
                pass
        with transaction():
            db.session.get_one(Community, community.id).name = "At the second try"
    assert make.row(Community).name == "At the second try"
