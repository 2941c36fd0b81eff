"""Files with guests' data, readable only by the user who serves."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect

OWNER_ONLY = 0o600
# SQLite gives these the mode of the file they belong to, but never changes one that is there.
BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")


def keep_private(sqlite_file: Path) -> None:
    """Create the file for SQLite if there is none; if there is one, remove others' access to it. A
    file that belongs to another user stays as it is.
    """
    with suppress(FileExistsError):
        os.close(os.open(sqlite_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    for suffix in BESIDE_SQLITE:
        with suppress(FileNotFoundError, PermissionError):
            os.chmod(f"{sqlite_file}{suffix}", OWNER_ONLY)


def keep_private_of(dialect: Dialect, _record: Any, arguments: Any, options: Any) -> None:
    """Runs before SQLite opens a database, which itself reports best what is wrong with a path."""
    name = str(arguments[0]) if dialect.name == "sqlite" and arguments else ""
    if name and name != ":memory:" and not name.startswith("file:"):
        with suppress(OSError):
            keep_private(Path(name))
