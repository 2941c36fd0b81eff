"""A world on SQLite that is put back as it was after each test."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eventapp.core.db import db
from tests.application import new_app
from tests.make import Make
from tests.migrated import migrate
from tests.routes.world import World, build


class Snapshot:
    """The rows of a database file as they are now, to compare with later and to go back to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        self._live = sqlite3.connect(path, check_same_thread=False)
        self._live.backup(self._kept)
        self._version, self._digests = self._commits(), digests(self._live)

    def changed(self) -> list[str]:
        """The tables whose rows are no longer as they were."""
        if not self.is_written():
            return []
        now = digests(self._live)
        return sorted(name for name in now if now[name] != self._digests[name])

    def is_written(self) -> bool:
        """Whether something was committed, if only the same once more. Takes no time to ask."""
        return self._commits() != self._version

    def restore(self) -> None:
        with closing(sqlite3.connect(self.path)) as live:
            self._kept.backup(live)
        self._version = self._commits()

    def _commits(self) -> int:
        """Another number once another connection has committed a change."""
        version: int = self._live.execute("PRAGMA data_version").fetchone()[0]
        return version


def digests(database: sqlite3.Connection) -> dict[str, str]:
    """The digest of each table's rows."""
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: _digest(database, name) for (name,) in tables}


def _digest(database: sqlite3.Connection, table: str) -> str:
    rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
    return hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()


@pytest.fixture(scope="session")
def whole_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Made once a process, a second's work."""
    path = tmp_path_factory.mktemp("routes") / "world.db"
    app = new_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{path}")
    migrate(app)
    yield build(Make(app))
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def kept(whole_world: World) -> Snapshot:
    with whole_world.app.app_context():
        return Snapshot(Path(str(db.engine.url.database)))


@pytest.fixture(scope="module")
def world(whole_world: World, kept: Snapshot) -> World:
    if kept.is_written():  # by the tests of another module
        kept.restore()
    return whole_world


@pytest.fixture
def snapshot(kept: Snapshot) -> Iterator[Snapshot]:
    yield kept
    if kept.is_written():
        kept.restore()
