"""Database faults that are nobody's mistake: describe them in one line, or tell whether to retry.

PostgreSQL tells them by the SQLSTATE (its manual, appendix A), SQLite by the name of its result
code (sqlite.org/rescode.html).
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from eventapp.core.errors import NotFound

NOT_MIGRATED = "the schema is not current: run `flask --app wsgi db upgrade`"

# Deadlock and serialization failure. The database has rolled the transaction back.
_CONFLICT = ("40001", "40P01")
# Connection lost, read-only, conflict, no resources (disk, connections), lock not available,
# cancelled or shut down by the operator, and errors outside PostgreSQL itself (I/O).
_POSTGRESQL_TROUBLE = ("08", "25006", *_CONFLICT, "53", "55P03", "57", "58")
_SQLITE_TROUBLE = (
    "SQLITE_BUSY",
    "SQLITE_CANTOPEN",
    "SQLITE_CORRUPT",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_LOCKED",
    "SQLITE_NOMEM",
    "SQLITE_NOTADB",
    "SQLITE_PROTOCOL",
    "SQLITE_READONLY",
)
# A table or column that is not there: PostgreSQL has a state for each, SQLite has only words.
_MISSING_STATES = ("42P01", "42703")
_MISSING_WORDS = ("no such table", "no such column", "has no column")


class Vanished(NotFound):
    """A row was deleted after the view had loaded it. Run again, the view finds out what is the
    case.
    """


def is_worth_another_try(error: SQLAlchemyError | Vanished) -> bool:
    """Whether a retry from the beginning is likely to succeed: a deadlock, a row that somebody else
    wrote or deleted meanwhile, or a dead connection, as a restarted server leaves in the pool.
    """
    if isinstance(error, IntegrityError | StaleDataError | ObjectDeletedError | Vanished):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or _state(error) in _CONFLICT


def trouble(error: BaseException | None) -> str | None:
    """One line about a database that is away, locked, full, read-only or not migrated. Returns None
    for an error that is not the database's own.
    """
    if isinstance(error, PoolTimeout):
        return "no connection came free in time"
    if not isinstance(error, DBAPIError):
        return None
    if _lacks_a_migration(error):
        return f"{NOT_MIGRATED} ({_words(error)})"
    return _words(error) if error.connection_invalidated or _is_trouble(error) else None


def _lacks_a_migration(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return any(word in str(error.orig) for word in _MISSING_WORDS)
    return _state(error) in _MISSING_STATES


def _is_trouble(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorname", "").startswith(_SQLITE_TROUBLE)
    if state := _state(error):
        return state.startswith(_POSTGRESQL_TROUBLE)
    # Without a SQLSTATE it was not the server that answered: no connection could be made.
    return isinstance(error, OperationalError)


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _words(error: DBAPIError) -> str:
    """Without the statement and its parameters, which may name people."""
    said = str(error.orig).strip().partition("\n")[0]
    return f"{said} ({state})" if (state := _state(error)) else said
