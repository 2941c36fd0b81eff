"""Insert rows, except those that exist already by a unique constraint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Executable, Insert, Select, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from eventapp.core.db import Base, connection_now


def insert_once(model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row, unless a unique constraint finds it exists. Returns whether it is new."""
    connection = connection_now()
    statement = _insert_unless_there(model, connection.dialect.name)
    return connection.execute(statement, values).rowcount == 1


def insert_new(model: type[Base], values: Mapping[str, Any]) -> int | None:
    """Like `insert_once`, but returns the new row's key, or None if it existed."""
    connection = connection_now()
    insert = _insert(cast(Table, model.__table__), connection.dialect.name)
    keyed = insert.on_conflict_do_nothing().returning(*model.__table__.primary_key)
    return cast("int | None", connection.execute(keyed, values).scalar())


def insert_where(
    model: type[Base],
    values: Mapping[str, Any],
    other: type[Base],
    condition: ColumnElement[bool],
    known: Mapping[str, Any],
) -> bool:
    """Insert a row if there is an `other` row that meets the condition, unless a unique constraint
    finds it exists. The condition may use the row's values, and those in `known`, as parameters.
    Returns whether it is new.
    """
    connection = connection_now()
    insert = _insert_where(model, connection.dialect.name, other, condition)
    return connection.execute(insert, {**values, **known}).rowcount == 1


@cache
def _insert_where(
    model: type[Base], dialect: str, other: type[Base], condition: ColumnElement[bool]
) -> Insert:
    table = cast(Table, model.__table__)
    columns = [column for column in table.c if not column.primary_key]
    values = [bindparam(column.name, type_=column.type) for column in columns]
    rows = select(*values).select_from(other).where(condition)
    insert: Insert = _insert(table, dialect).on_conflict_do_nothing().from_select(columns, rows)
    return insert.execution_options(preserve_rowcount=True)


def insert_missing(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows, except those that exist by a unique constraint."""
    if rows:
        connection = connection_now()
        connection.execute(_insert_unless_there(model, connection.dialect.name), rows)


def insert_chosen(table: Table, rows: Select[Any], dialect: str) -> Insert:
    """Insert the rows of a query, which has all columns of the table, except those that exist by a
    unique constraint.
    """
    insert = _insert(table, dialect).on_conflict_do_nothing()
    chosen: Insert = insert.from_select(list(table.columns.keys()), rows)
    return chosen


@cache
def _insert_unless_there(model: type[Base], dialect: str) -> Executable:
    """The statement, cached: at a door, building it costs as much as running it. It does not return
    the new row's key, which costs a quarter more, but keeps the row count, as psycopg's cursor may
    be closed before it is asked.
    """
    insert = _insert(cast(Table, model.__table__), dialect).on_conflict_do_nothing().inline()
    return insert.execution_options(preserve_rowcount=True)


def _insert(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
