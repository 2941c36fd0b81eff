"""A savepoint undoes what is inside it, and goes with the transaction around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import text

from eventapp.core.db import db, savepoint, transaction

pytestmark = pytest.mark.both_databases


class Undo(Exception):
    """What a transaction or a savepoint is undone by."""


def undo() -> None:
    raise Undo


@pytest.fixture(autouse=True)
def table(app: Flask) -> Iterator[None]:
    with app.app_context():
        with transaction():
            db.session.execute(text("CREATE TABLE kept (word TEXT)"))
        yield
        with transaction():
            db.session.execute(text("DROP TABLE kept"))


def keep(word: str) -> None:
    db.session.execute(text("INSERT INTO kept VALUES (:word)"), {"word": word})


def kept(app: Flask) -> list[str]:
    """As another connection reads it."""
    with db.engine.connect() as other:
        return list(other.scalars(text("SELECT word FROM kept ORDER BY word")))


def test_a_transaction_that_is_undone_takes_its_savepoints_with_it(app: Flask) -> None:
    with suppress(Undo), transaction():
        keep("before")
        with savepoint():
            keep("inside")
        with suppress(Undo), savepoint():
            keep("undone")
            undo()
        undo()
    assert kept(app) == []


def test_so_it_does_where_the_savepoint_was_the_first_to_write(app: Flask) -> None:
    db.session.execute(text("SELECT * FROM kept")).all()
    with suppress(Undo), transaction():
        with savepoint():
            keep("inside")
        undo()
    assert kept(app) == []


def test_nobody_sees_what_a_savepoint_wrote_before_the_commit(app: Flask) -> None:
    with transaction():
        with savepoint():
            keep("inside")
        assert kept(app) == []
    assert kept(app) == ["inside"]


def test_a_savepoint_undoes_only_what_is_inside(app: Flask) -> None:
    with transaction():
        keep("before")
        with suppress(Undo), savepoint():
            keep("inside")
            with savepoint():
                keep("deeper")
            undo()
        keep("after")
    assert kept(app) == ["after", "before"]


def test_a_session_that_was_only_to_read_takes_them_with_it_too(app: Flask) -> None:
    with savepoint():
        keep("inside")
    db.session.rollback()
    assert kept(app) == []
