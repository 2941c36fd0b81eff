"""Storage of rate limits in an SQLite file, shared by all processes of one machine.

Flask-Limiter's own `memory://` counts per process: four processes allow four times as many
requests. Redis would count for several machines, but needs another server. A count costs a tenth of
a millisecond at most, and a power failure may lose it (`synchronous=OFF`).

If the file cannot be written, the limiter warns and counts per process
(`in_memory_fallback_enabled`): requests are still answered, and still limited.
"""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from threading import Lock
from typing import Any

from limits.storage import Storage

from eventapp.core.private_files import keep_private

BUSY_TIMEOUT_MS = 500
SET_UP_SECONDS = 5
PRUNE_EVERY_SECONDS = 60

SET_UP = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS hits (
    key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at REAL NOT NULL
) WITHOUT ROWID;
"""
# A count that has expired starts again from nothing; its row stays until it is pruned.
HIT = """
INSERT INTO hits (key, count, expires_at) VALUES (:key, :amount, :now + :seconds)
ON CONFLICT (key) DO UPDATE SET
    count = iif(expires_at <= :now, excluded.count, count + excluded.count),
    expires_at = iif(expires_at <= :now, excluded.expires_at, expires_at)
RETURNING count
"""


class FileStorage(Storage):
    """`file:///path/of/a/file`, for the strategy "fixed-window"."""

    STORAGE_SCHEME = ["file"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: Any) -> None:
        super().__init__(uri, wrap_exceptions)
        self._path = Path(str(uri).removeprefix("file://"))
        self._lock = Lock()
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._prune_at = 0.0

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return sqlite3.Error, OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        values = {"key": key, "amount": amount, "now": now, "seconds": expiry}
        with self._lock:
            connection = self._connection()
            ((count,),) = connection.execute(HIT, values).fetchall()
            if now >= self._prune_at:
                self._prune_at = now + PRUNE_EVERY_SECONDS
                connection.execute("DELETE FROM hits WHERE expires_at <= ?", (now,))
        return int(count)

    def get(self, key: str) -> int:
        return int(self._read("count", key) or 0)

    def get_expiry(self, key: str) -> float:
        """When the count starts anew, in seconds since 1970; now if there is none."""
        return float(self._read("expires_at", key) or time.time())

    def _read(self, column: str, key: str) -> float | None:
        query = f"SELECT {column} FROM hits WHERE key = ? AND expires_at > ?"  # noqa: S608
        with self._lock:
            row = self._connection().execute(query, (key, time.time())).fetchone()
        return row[0] if row else None

    def check(self) -> bool:
        """Whether the file can be written."""
        with self._lock:
            try:
                self._connection().execute("DELETE FROM hits WHERE expires_at < 0")
            except (sqlite3.Error, OSError):
                return False
        return True

    def reset(self) -> int | None:
        with self._lock:
            return self._connection().execute("DELETE FROM hits").rowcount

    def clear(self, key: str) -> None:
        with self._lock:
            self._connection().execute("DELETE FROM hits WHERE key = ?", (key,))

    def _connection(self) -> sqlite3.Connection:
        """This process's connection, as one opened before a fork must not be used after it."""
        if self._opened and self._opened[0] == os.getpid():
            return self._opened[1]
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        keep_private(self._path)
        connection = sqlite3.connect(
            self._path,
            timeout=BUSY_TIMEOUT_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        _set_up(connection)
        self._opened = os.getpid(), connection
        return connection


def _set_up(connection: sqlite3.Connection) -> None:
    """Where several processes begin at once, SQLite refuses all but one the switch to WAL without
    any waiting.
    """
    until = time.monotonic() + SET_UP_SECONDS
    while True:
        try:
            connection.executescript(SET_UP)
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
