"""The database: SQLite (embedded) or PostgreSQL, and the only place that commits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    CursorResult,
    Dialect,
    Engine,
    Executable,
    MetaData,
    Select,
    bindparam,
    func,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.types import DateTime, TypeDecorator

from eventapp.core import connections
from eventapp.core.connections import take_write_lock
from eventapp.core.database_errors import Vanished
from eventapp.core.errors import NotFound

Value = TypeVar("Value")


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            dict[str, Any]: JSON,
            dict[str, str]: JSON,
            dict[str, str | int | None]: JSON,
            list[str]: JSON,
        },
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python. SQLite drops time zones, so it is stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    # Rendering after the commit would otherwise read every row again, in a transaction of its own.
    session_options={"expire_on_commit": False},
    engine_options={"hide_parameters": True},  # in errors, which are logged
)
PACKAGE = Path(__file__).parent.parent
MIGRATIONS = next(
    folder for folder in (PACKAGE / "_migrations", PACKAGE.parent / "migrations") if folder.is_dir()
)
migrate = Migrate(directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit everything that happens inside, or nothing. Never render inside; never change a row
    outside.
    """
    with _writing():
        try:
            yield
            db.session.flush()
            commits.set(commits.get() + 1)  # before it, as a commit that fails may have happened
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


commits: ContextVar[int] = ContextVar("commits", default=0)  # made so far


@contextmanager
def savepoint() -> Iterator[None]:
    """Undo what happens inside, and nothing else of the transaction, if it raises. Objects that
    were read are read anew then. It goes with the transaction around it, since one has begun by a
    `BEGIN` of its own: SQLite takes a savepoint without one for the transaction, and its end
    commits.
    """
    try:
        with db.session.begin_nested():
            yield
    except BaseException:
        db.session.expire_all()
        raise


def end_session() -> None:
    """Return the connection to the pool. A dead one has nothing to roll back."""
    try:
        db.session.remove()
    except DBAPIError:
        db.session.remove()


@contextmanager
def reading() -> Iterator[None]:
    """Read from one snapshot. Keep ids and values only: objects are expunged at the end."""
    db.session.rollback()
    try:
        yield
    finally:
        db.session.rollback()


_connection: ContextVar[Connection | None] = ContextVar("connection", default=None)


@contextmanager
def _writing() -> Iterator[None]:
    """Take SQLite's write lock. The transaction in which a view has read so far ends first."""
    assert not db.session.new, "added outside a transaction"  # noqa: S101
    assert not db.session.dirty, "changed outside a transaction"  # noqa: S101
    connection = db.session.connection()
    try:
        take_write_lock(connection)
    except OperationalError:
        db.session.rollback()  # or the next transaction would find none to end
        raise
    before = _connection.set(connection)
    try:
        yield
    finally:
        _connection.reset(before)


def found(statement: Select[Value], values: Mapping[str, Any] | None = None) -> Value:
    """The object that a statement finds. Raises NotFound if there is none."""
    row = db.session.scalar(statement, values)
    if row is None:
        raise NotFound
    return row


def lock(row: Base) -> None:
    """Lock a row until the commit, and read its columns anew; related objects stay as they were
    read. Rows that only refer to it can be written meanwhile. Raises Vanished if it is gone.
    """
    db.session.flush()
    (key,) = inspect(row).identity or (None,)
    values = execute(_locking(type(row)), {"key": key}).mappings().first()
    if values is None:
        raise Vanished
    for name, value in values.items():
        set_committed_value(row, name, value)


@cache
def _locking(model: type[Base]) -> Select[Any]:
    (key,) = inspect(model).primary_key
    by_key = select(model.__table__).where(key == bindparam("key"))
    return by_key.with_for_update(key_share=True)


def lock_and_reread(row: Base) -> None:
    """Lock a row, and read anew everything that was read before. Raises Vanished if it is gone."""
    db.session.expire_all()
    lock(row)


def lock_name(name: str) -> None:
    """Lock a name until the commit, so that what is counted under it is counted one at a time.
    SQLite has only one writer anyway.
    """
    connection = connection_now()
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK_NAME, {"name": name})


_LOCK_NAME = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))


def execute(statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """Run a statement that returns no objects, past the session's bookkeeping: for statements so
    frequent that half their cost matters. Changes to objects must be flushed before.
    """
    return connection_now().execute(statement, values or {})


def connection_now() -> Connection:
    """The connection that `transaction()` writes on, or outside of one, the session's."""
    return _connection.get() or db.session.connection()


def in_portions(values: Iterable[Value], most: int = 1000) -> Iterator[list[Value]]:
    """The values, in portions that one `IN (…)` can hold on both databases."""
    rest = iter(values)
    while portion := list(islice(rest, most)):
        yield portion


def engines_of(app: Flask) -> list[Engine]:
    with app.app_context():
        return list(db.engines.values())


def init_app(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db)
    for engine in engines_of(app):
        connections.set_up(engine)
    # Runs before the one of Flask-SQLAlchemy, which fails on a dead connection.
    app.teardown_appcontext(lambda _: end_session())
