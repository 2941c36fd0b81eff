"""Who may write to SQLite, and for how long: one at a time, and not while a view only reads."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from flask import Flask
from sqlalchemy import select

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
