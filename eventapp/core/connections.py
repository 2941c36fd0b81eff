"""Set up each connection to the database, and limit how long a request may wait on it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import has_request_context
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.exc import OperationalError

from eventapp.core.private_files import keep_private_of

# Of a write, for those before it. Reads wait for nobody, and writes for milliseconds; a phone at a
# door decides alone after 2.5 seconds. So this is for whoever holds a lock by mistake: long enough
# to sit out a slow statement, short enough that a browser or a proxy still listens.
LOCK_WAIT_SECONDS = 10
STATEMENT_SECONDS = 20  # in a request, on PostgreSQL
CONNECT_SECONDS = 3
# SQLite has no queue of writers. A waiting one polls ever more rarely, at last every 100 ms, and
# so misses the short pauses of a writer of many transactions in a row. A wait that
# starts again after this time polls at least every 10 ms.
BUSY_MILLISECONDS = 20
_LOCK_WAIT = "lock_wait_seconds"  # of one connection, if not LOCK_WAIT_SECONDS


def database_url(url: str) -> str:
    """The URL for SQLAlchemy, from the forms that hosting providers use."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def set_up(engine: Engine) -> None:
    """Set up each connection of this engine, and of no other in the same process."""
    event.listen(engine, "do_connect", keep_private_of)
    event.listen(engine, "do_connect", _bound_connecting)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "connect", _bound_waiting)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "rollback", _keep_prepared_statements)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # SQLAlchemy, not sqlite3, emits BEGIN
        for pragma in (
            f"busy_timeout={LOCK_WAIT_SECONDS * 1000}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")


def _bound_connecting(dialect: Dialect, _record: object, _args: Any, options: Any) -> None:
    """Notice within seconds, not a quarter of an hour, that a server went away without closing."""
    if dialect.name == "postgresql":
        options.setdefault("connect_timeout", CONNECT_SECONDS)
        options.setdefault("tcp_user_timeout", STATEMENT_SECONDS * 1000)


def _bound_waiting(connection: Any, _record: object) -> None:
    """Give requests a statement timeout. Commands have none: a migration takes as long as
    it takes.
    """
    if has_request_context() and not isinstance(connection, sqlite3.Connection):
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{LOCK_WAIT_SECONDS}s'")
        connection.execute(f"SET statement_timeout = '{STATEMENT_SECONDS}s'")
        connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    """Begin without the write lock, which `transaction()` takes at its start."""
    if connection.dialect.name == "sqlite":
        on_sqlite(connection, "BEGIN DEFERRED")


def _keep_prepared_statements(connection: Connection) -> None:
    """Roll back before psycopg does, which would have PostgreSQL forget all that is prepared, in
    case a table was changed. As each read ends in a rollback, nothing would stay prepared.
    """
    if connection.dialect.name == "postgresql" and not connection.invalidated:
        server = connection.connection.driver_connection.pgconn  # type: ignore[union-attr]
        if server.transaction_status == TransactionStatus.INTRANS:
            server.exec_(b"ROLLBACK")


def take_write_lock(connection: Connection) -> None:
    """On SQLite, end the transaction that has read so far, and begin one that holds the write lock,
    as soon as it is free.

    A transaction that began deferred and has read either loses an update when it writes, or fails
    at once with "database is locked", whatever the busy timeout (both were tried).
    """
    if connection.dialect.name != "sqlite":
        return
    seconds = connection.info.get(_LOCK_WAIT, LOCK_WAIT_SECONDS)
    give_up_at = time.monotonic() + seconds
    on_sqlite(connection, "COMMIT", f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    try:
        while not _has_begun(connection, give_up=time.monotonic() >= give_up_at):
            pass
    finally:
        on_sqlite(connection, f"PRAGMA busy_timeout={LOCK_WAIT_SECONDS * 1000}")


def _has_begun(connection: Connection, *, give_up: bool) -> bool:
    try:
        on_sqlite(connection, "BEGIN IMMEDIATE")
    except OperationalError as error:
        if give_up or not error.orig.sqlite_errorname.startswith("SQLITE_BUSY"):  # type: ignore[union-attr]
            raise
        return False
    return True


@contextmanager
def lock_wait(connection: Connection, seconds: int) -> Iterator[None]:
    """Limit how long the transaction inside waits for a lock."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{seconds}s'")
        yield
        return
    known = connection.info
    known[_LOCK_WAIT] = seconds
    try:
        yield
    finally:
        del known[_LOCK_WAIT]


def on_sqlite(connection: Connection, *statements: str) -> None:
    """Execute past SQLAlchemy, which would look each statement up; translates errors of sqlite3."""
    for statement in statements:
        try:
            connection.connection.driver_connection.execute(statement)  # type: ignore[union-attr]
        except sqlite3.OperationalError as error:
            raise OperationalError(statement, None, error) from error
