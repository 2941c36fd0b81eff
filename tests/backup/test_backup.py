"""A copy is complete, verified and private, or there is none."""

from __future__ import annotations

import os
import resource
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

from eventapp.core.backup import postgresql_programs as programs
from eventapp.core.backup.errors import BackupError
from eventapp.core.db import db
from tests.backup.conftest import Run, communities
from tests.make import Make
from tests.processes import app_on, processes

FIRST = ["c0", "c1", "c2"]


def test_a_copy_brings_back_what_was_there(live: Flask, run: Run, tmp_path: Path):
    made = run("backup", tmp_path / "copy")
    assert made.exit_code == 0, made.stderr
    assert "verified" in made.output
    Make(live).community(slug="later")
    restored = run("restore", tmp_path / "copy")
    assert restored.exit_code == 0, restored.stderr
    assert communities(live) == FIRST
    assert "what it replaced is kept: " in restored.output


def test_a_copy_is_one_file_that_nobody_else_may_read(run: Run, tmp_path: Path):
    os.umask(before := os.umask(0))
    try:
        os.umask(0)
        assert run("backup", tmp_path / "copies.db").exit_code == 0
    finally:
        os.umask(before)
    [file] = [path for path in tmp_path.iterdir() if path.is_file()]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_copy_that_is_there_is_replaced_only_by_force(live: Flask, run: Run, tmp_path: Path):
    copy = tmp_path / "copy"
    copy.touch()  # as mktemp makes it
    assert run("backup", copy).exit_code == 0
    before = copy.read_bytes()
    Make(live).community(slug="later")
    refused = run("backup", copy)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "is there already" in refused.stderr
    assert copy.read_bytes() == before
    assert run("backup", copy, "--force").exit_code == 0
    assert run("restore", copy).exit_code == 0
    assert communities(live) == [*FIRST, "later"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("no/such/copy", "No such file"), (".", "is a folder"), ("/dev/null", "no plain file")],
)
def test_where_no_copy_can_be_it_says_so_in_one_line(
    run: Run, tmp_path: Path, name: str, words: str
):
    refused = run("backup", tmp_path / name, "--force")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert words in refused.stderr


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_the_database_is_no_place_for_its_copy(url: str, live: Flask, run: Run):
    refused = run("backup", url.removeprefix("sqlite:///"), "--force")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "is the database itself" in refused.stderr
    assert communities(live) == FIRST


def test_a_full_disk_leaves_what_was_there(run: Run, tmp_path: Path):
    copy = tmp_path / "copy"
    copy.write_text("an older one")
    with files_of_at_most(20_000):
        failed = run("backup", copy, "--force")
    assert (failed.exit_code, failed.stderr.count("\n")) == (1, 1)
    assert copy.read_text() == "an older one"
    assert not list(tmp_path.glob(".copy*"))


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Bytes: a file that would grow past it is a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def write_until(url: str, stop: str, written: str) -> int:
    """Commit communities one by one, and note each, until there is a file `stop`."""
    app = app_on(url)
    number = 0
    while not Path(stop).exists():
        Make(app).community(slug=f"written-{number}")
        number += 1
        Path(written).write_text(str(number))
    with app.app_context():
        db.engine.dispose()
    return number


def test_what_was_committed_before_is_in_a_copy_made_while_others_write(
    live: Flask, run: Run, tmp_path: Path
):
    stop, written = tmp_path / "stop", tmp_path / "written"
    with processes(1) as pool:
        url = live.config["SQLALCHEMY_DATABASE_URI"]
        writing = pool.submit(write_until, url, str(stop), str(written))
        try:
            while not written.exists() or int(written.read_text() or 0) < 10:
                assert not writing.done(), writing.result()
                time.sleep(0.01)
            before = int(written.read_text())
            made = run("backup", tmp_path / "copy")
        finally:
            stop.touch()
        total = writing.result(30)
    assert made.exit_code == 0, made.stderr
    assert total > before, "it wrote meanwhile"
    assert run("restore", tmp_path / "copy").exit_code == 0
    copied = communities(live)
    assert copied == [*FIRST, *(f"written-{number}" for number in range(len(copied) - 3))]
    assert before <= len(copied) - 3 <= total


def test_a_password_is_not_seen_in_the_list_of_processes():
    url = make_url("postgresql://eva:secret@db.example:5433/eventapp?sslmode=require")
    option = programs.database_option(url)
    assert "secret" not in option
    for part in ("host=db.example", "port=5433", "user=eva", "dbname=eventapp", "sslmode=require"):
        assert part in option
    assert programs.environment(url)["PGPASSWORD"] == "secret"


def test_without_the_programs_of_postgresql_it_says_which_is_missing(monkeypatch):
    monkeypatch.setattr(programs, "DEBIAN", Path("/nowhere"))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BackupError, match="pg_dump is not installed"):
        programs.program(make_url("postgresql:///x"), "pg_dump")
