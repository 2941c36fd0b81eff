"""Copies of an SQLite database."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from eventapp.core.backup.contents import REVISIONS, Contents, contents
from eventapp.core.backup.errors import BackupError
from eventapp.core.backup.files import written_beside
from eventapp.core.serving import nobody_serving

PAGES_AT_ONCE = 2000  # 8 MB, then serving processes get the disk
PAUSE_SECONDS = 0.01
MAGIC = b"SQLite format 3\0"
BESIDE = ("-wal", "-shm", "-journal")


def copy(live: Path, target: Path, *, overwrite: bool) -> Contents:
    """Copy a snapshot of the database while others use it.

    A read transaction is held meanwhile: rows are counted in the same snapshot, and SQLite does not
    restart the copy when somebody writes.
    """
    if not live.is_file():
        raise BackupError(f"{live}: there is no database")
    if any(target.exists() and target.samefile(own) for own in _files_of(live)):
        raise BackupError(f"{target} is the database itself")
    with written_beside(target, overwrite=overwrite) as temporary, _plain_errors(live):
        with closing(_opened(live)) as source, closing(_opened(temporary)) as copied:
            source.execute("BEGIN")
            rows = _count_rows(source)
            copied.execute("PRAGMA synchronous=OFF")  # it is synced as a whole
            source.backup(copied, pages=PAGES_AT_ONCE, sleep=PAUSE_SECONDS)
            copied.execute("PRAGMA journal_mode=DELETE")  # one file
        found = read(temporary, called=target)
        found.require(rows)
    return found


def _files_of(live: Path) -> list[Path]:
    return [path for path in live.parent.glob(f"{glob.escape(live.name)}*") if path.is_file()]


def replace(live: Path, copied: Path, *, at: datetime) -> tuple[Contents, str | None]:
    """Replace the database by a copy. Returns what it holds, and where the replaced database is
    kept. Raises BackupError if somebody uses it.
    """
    if Path(f"{copied}-wal").exists():
        raise BackupError(f"{copied} has a -wal beside it: it is no copy made by `backup`")
    live.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with nobody_serving(live), written_beside(live, overwrite=True) as temporary:
        shutil.copyfile(copied, temporary)
        found = read(temporary, called=copied)
        kept = str(_set_aside(live, at)) if live.exists() else None
    return found, kept


def read(path: Path, *, called: Path | None = None) -> Contents:
    """What a copy holds, after checking all of it. Raises BackupError."""
    name = called or path
    with _plain_errors(name), closing(_opened(path)) as opened:
        problems = [row[0] for row in opened.execute("PRAGMA integrity_check(1)")]
        if problems != ["ok"]:
            raise BackupError(f"{name} is damaged: {' '.join(problems[0].split())}")
        if broken := opened.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError(f"{name} is damaged: a row of {broken[0]} refers to none")
        rows = _count_rows(opened)
        found = opened.execute(f"SELECT version_num FROM {REVISIONS}") if REVISIONS in rows else []  # noqa: S608
        return contents(name, [row[0] for row in found], rows)


def _count_rows(opened: sqlite3.Connection) -> dict[str, int]:
    tables = opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
    )
    counted = {}
    for (table,) in tables.fetchall():
        quoted = table.replace('"', '""')
        (counted[table],) = opened.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608
    return counted


def _set_aside(live: Path, at: datetime) -> Path:
    """Give the database a second name, under which it stays when the first is replaced."""
    kept = live.with_name(f"{live.name}.replaced-{at:%Y%m%dT%H%M%SZ}")
    _make_one_file(live)
    for suffix in BESIDE:  # leftovers of a damaged database
        with suppress(FileNotFoundError):
            Path(f"{live}{suffix}").rename(f"{kept}{suffix}")
    try:
        os.link(live, kept)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        live.rename(kept)
    return kept


def _make_one_file(live: Path) -> None:
    """Move what the -wal holds into the database file. This needs exclusive access, so it also
    detects who has it open without being a server of ours.
    """
    with live.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return  # damaged; to open it would delete its -wal
    try:
        with closing(_opened(live)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BackupError(f"{live} is in use: stop whatever has it open") from error
    except sqlite3.DatabaseError:
        pass  # damaged: that is why it is replaced


def _opened(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=2, isolation_level=None)


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"{path}: {error}") from error
