"""Connections to the database that are changed for a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from eventapp.core.db import db


@pytest.fixture
def connected(app: Flask) -> Iterator[Callable[[dict[str, str]], None]]:
    """`connected(STATEMENTS)` runs the one for this database on each new connection."""
    with app.app_context():
        engine = db.engine
    listeners = []

    def each(statements: dict[str, str]) -> None:
        def run(connection: Any, _record: object) -> None:
            connection.execute(statements[engine.dialect.name])
            connection.commit()

        engine.dispose()
        event.listen(engine, "connect", run)
        listeners.append(run)

    yield each
    for listener in listeners:
        event.remove(engine, "connect", listener)
    engine.dispose()


@pytest.fixture
def impatient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """`impatient()` has no request from then on wait for a lock for longer than 100 ms."""
    with app.app_context():
        engine = db.engine

    def be_so() -> None:
        monkeypatch.setattr("eventapp.core.connections.LOCK_WAIT_SECONDS", 0.1)
        engine.dispose()

    yield be_so
    engine.dispose()
