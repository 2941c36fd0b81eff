"""SQLite's files are nobody else's to read, whatever the umask says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from eventapp.core.connections import set_up


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def write(path: Path) -> dict[str, int]:
    """The modes of all files while a connection is open that has written."""
    engine = create_engine(f"sqlite:///{path}")
    set_up(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS t (x)"))
        connection.execute(text("INSERT INTO t VALUES (1)"))
    found = modes(path.parent)
    engine.dispose()
    return found


def test_a_new_database_is_private_from_its_first_byte(tmp_path, open_umask):
    found = write(tmp_path / "new.db")
    assert set(found) == {"new.db", "new.db-wal", "new.db-shm"}
    assert set(found.values()) == {0o600}


def test_one_that_everybody_could_read_is_taken_back(tmp_path, open_umask):
    path = tmp_path / "old.db"
    write(path)
    for name in ("old.db", "old.db-wal", "old.db-shm"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    assert set(write(path).values()) == {0o600}


def test_a_path_without_a_folder_is_said_by_sqlite(tmp_path):
    with pytest.raises(Exception, match="unable to open database file"):
        write(tmp_path / "nowhere" / "x.db")
