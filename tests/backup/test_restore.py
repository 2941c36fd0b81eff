"""A copy is brought back whole, to a database that nobody uses, and what was there is kept."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import flask_migrate
import psutil
import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, text

from eventapp.core.db import db
from tests.backup.conftest import Run, communities
from tests.backup.test_backup import FIRST
from tests.make import Make
from tests.serving import ROOT, process_at, serving


@pytest.fixture
def copy(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "copy"
    assert run("backup", path).exit_code == 0
    return path


def is_sqlite(app: Flask) -> bool:
    return str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")


def test_what_was_replaced_can_be_had_again(live: Flask, run: Run, copy: Path):
    Make(live).community(slug="later")
    kept = run("restore", copy).output.partition("is kept: ")[2].strip()
    if is_sqlite(live):
        with closing(sqlite3.connect(kept)) as old:
            found = [row[0] for row in old.execute("SELECT slug FROM community ORDER BY id")]
        assert os.stat(kept).st_mode & 0o077 == 0
    else:
        url = make_url(live.config["SQLALCHEMY_DATABASE_URI"]).set(drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False)) as old:
            table = f"{kept.removeprefix('schema ')}.community"
            found = [row[0] for row in old.execute(f"SELECT slug FROM {table} ORDER BY id")]
    assert found == [*FIRST, "later"]


def test_what_was_restored_takes_new_rows_and_can_be_copied_and_restored_again(
    live: Flask, run: Run, copy: Path, tmp_path: Path
):
    assert run("restore", copy).exit_code == 0
    Make(live).community(slug="after")
    assert communities(live) == [*FIRST, "after"]
    assert live.test_client().get("/readyz").status_code == 200
    time.sleep(1)  # what is replaced is kept by the second
    assert run("backup", tmp_path / "second").exit_code == 0
    assert run("restore", tmp_path / "second").exit_code == 0
    assert communities(live) == [*FIRST, "after"]


def test_an_empty_machine_gets_the_database(live: Flask, run: Run, copy: Path):
    with live.app_context():
        if is_sqlite(live):
            path = Path(str(db.engine.url.database))
            for file in path.parent.iterdir():
                file.unlink()
            path.parent.rmdir()
        else:
            with db.engine.begin() as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
        db.engine.dispose()
    restored = run("restore", copy)
    assert restored.exit_code == 0, restored.stderr
    assert "kept" not in restored.output
    assert communities(live) == FIRST


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])


def scribble(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 20_000] = os.urandom(20_000)
    copy.write_bytes(content)


def empty(copy: Path) -> None:
    copy.write_bytes(b"")


def write_words(copy: Path) -> None:
    copy.write_text("name,email\nAna,ana@example.org\n" * 1000)


def make_foreign(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")
        other.commit()


@pytest.mark.parametrize("spoil", [cut, scribble, empty, write_words, make_foreign, Path.unlink])
def test_what_is_no_good_copy_is_refused(
    live: Flask, run: Run, copy: Path, tmp_path: Path, spoil: Callable[[Path], None]
):
    spoil(copy)
    Make(live).community(slug="later")
    refused = run("restore", copy)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1), refused.output
    assert communities(live) == [*FIRST, "later"]
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.rglob("*replaced*"))


def test_a_copy_of_an_older_schema_says_that_it_has_to_be_migrated(
    live: Flask, run: Run, tmp_path: Path
):
    with live.app_context():
        flask_migrate.downgrade(revision="0004")
        db.engine.dispose()
    copied = run("backup", tmp_path / "old")
    assert copied.exit_code == 0, copied.stderr
    with live.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    restored = run("restore", tmp_path / "old")
    assert restored.exit_code == 0, restored.stderr
    assert "db upgrade" in restored.output
    with live.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    assert communities(live) == FIRST


def test_a_copy_of_a_newer_schema_is_refused(live: Flask, run: Run, tmp_path: Path):
    with live.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.engine.dispose()
    refused = run("backup", tmp_path / "new")
    assert refused.exit_code == 1
    assert "does not know" in refused.stderr


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_a_damaged_database_is_replaced_and_kept(live: Flask, run: Run, copy: Path):
    path = Path(str(make_url(live.config["SQLALCHEMY_DATABASE_URI"]).database))
    path.write_bytes(b"spoilt" * 9999)
    Path(f"{path}-wal").write_bytes(b"spoilt too")
    restored = run("restore", copy)
    assert restored.exit_code == 0, restored.stderr
    kept = Path(restored.output.partition("is kept: ")[2].strip())
    assert kept.read_bytes() == b"spoilt" * 9999
    assert Path(f"{kept}-wal").read_bytes() == b"spoilt too"
    assert communities(live) == FIRST


def test_while_somebody_else_has_it_open_it_is_refused(live: Flask, run: Run, copy: Path):
    url = make_url(live.config["SQLALCHEMY_DATABASE_URI"])
    other: Any
    if is_sqlite(live):
        other = sqlite3.connect(str(url.database))
    else:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        other = psycopg.connect(address)
    with closing(other):
        other.execute("SELECT count(*) FROM community").fetchall()
        other.rollback()
        refused = run("restore", copy)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert run("restore", copy).exit_code == 0


def kill_all(process: psutil.Process) -> None:
    """As a power failure would."""
    family = [process, *process.children(recursive=True)]
    for one in family:
        one.kill()
    psutil.wait_procs(family, 10)


@pytest.mark.slow
def test_while_a_server_or_a_worker_runs_it_is_refused_and_after_their_death_it_is_not(
    live: Flask, run: Run, copy: Path, tmp_path: Path
):
    url = live.config["SQLALCHEMY_DATABASE_URI"]
    with serving(url, tmp_path / "log") as port:
        server = process_at(port)
        assert "stop the web server" in run("restore", copy).stderr
        kill_all(server)
    assert run("restore", copy).exit_code == 0
    time.sleep(1)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url})
    try:
        until = time.monotonic() + 60
        while run("restore", copy).exit_code == 0 and time.monotonic() < until:
            time.sleep(1)  # not there yet
        assert "stop the web server" in run("restore", copy).stderr
    finally:
        kill_all(psutil.Process(worker.pid))
        worker.wait()
    assert run("restore", copy).exit_code == 0
    assert communities(live) == FIRST
