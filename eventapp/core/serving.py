"""Mark each serving process, so that a restore is refused while one runs.

With SQLite it holds a shared lock on a file beside the database, which the system releases when the
process ends in any way. (A lock on the database itself would interfere with SQLite's own.) With
PostgreSQL it keeps a connection open, which the server knows of.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core.backup.errors import BackupError
from eventapp.core.db import db

_held: list[int] = []  # descriptors, open until the process ends


def hold(app: object) -> None:
    """Mark this process as serving until it ends. Waits while a restore runs. Does nothing for a
    WSGI application without our database.
    """
    if not isinstance(app, Flask) or "sqlalchemy" not in app.extensions:
        return
    with app.app_context():
        if path := sqlite_file(db.engine.url):
            with suppress(OSError):  # a folder that cannot be written cannot be restored to either
                _held.append(descriptor := _open(path))
                fcntl.flock(descriptor, fcntl.LOCK_SH)
        else:
            with suppress(SQLAlchemyError):  # an unavailable database is reported when it is used
                db.engine.connect().close()  # back to the pool, and open


def sqlite_file(url: URL) -> Path | None:
    """The file of an SQLite database. Returns None for PostgreSQL, or a database in memory."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)).resolve() if is_file else None


@contextmanager
def nobody_serving(path: Path) -> Iterator[None]:
    """Keep servers from starting meanwhile. Raises BackupError if one runs."""
    descriptor = _open(path)
    try:
        _lock_alone(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock_alone(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BackupError(
            "eventapp is serving this database: stop the web server and the worker first"
        ) from error


def _open(path: Path) -> int:
    return os.open(f"{path}-serving", os.O_RDWR | os.O_CREAT, 0o600)
