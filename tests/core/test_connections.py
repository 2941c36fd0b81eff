"""What PostgreSQL keeps for a connection from one transaction to the next."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import bindparam, insert, select, text

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.sent_forms import SentForm

PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%that_stays%'")
WITH_KEY = select(SentForm.id.label("that_stays")).where(SentForm.key == bindparam("key"))


@pytest.fixture
def postgresql(app: Flask) -> Flask:
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite prepares statements in the process")
    return app


def test_a_statement_stays_prepared_when_a_read_ends(postgresql: Flask) -> None:
    with postgresql.app_context(), db.engine.connect() as connection:
        for _ in range(7):
            connection.execute(WITH_KEY, {"key": "k"})
            connection.rollback()
        assert connection.scalar(PREPARED) == 1


def test_a_rollback_undoes_what_was_written(postgresql: Flask) -> None:
    with postgresql.app_context():
        db.session.execute(insert(SentForm), {"key": "k", "at": clock.now()})
        db.session.rollback()
        assert db.session.scalar(WITH_KEY, {"key": "k"}) is None
