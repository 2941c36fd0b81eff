"""Run actions on temporary copies of the rows they change, so that nobody waits for a dry run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Dialect, MetaData, Table, select
from sqlalchemy.schema import CreateIndex, CreateTable

from eventapp.core.db import connection_now, reading
from eventapp.core.insert import insert_chosen


@contextmanager
def on_copies(rows: Mapping[type[Any], Iterable[ColumnElement[bool]]]) -> Iterator[None]:
    """Replace these tables inside by temporary ones, with copies of those rows for which one of the
    conditions holds. They belong to this connection only, so it takes no lock that anybody waits
    for. Everything is rolled back at the end, and objects that were read are expunged.

    On SQLite and PostgreSQL alike a temporary table hides one of the same name, so the actions need
    not know. Every table that they write to must be among these.
    """
    with reading():
        connection = connection_now()
        for model, conditions in rows.items():
            _copy(connection, cast(Table, model.__table__), conditions)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(_FORGET_PLANS)
        yield


# A prepared statement would go on using the real table. It is planned anew once the search path
# has changed.
_FORGET_PLANS = (
    "SELECT set_config('search_path', 'pg_temp, ' || current_setting('search_path'), true)"
)


def _copy(connection: Connection, table: Table, conditions: Iterable[ColumnElement[bool]]) -> None:
    copy = table.to_metadata(MetaData(), name=f"copy_of_{table.name}")
    connection.exec_driver_sql(_create_empty(connection.dialect, table, copy))
    for condition in conditions:
        chosen = select(table).where(condition)
        connection.execute(insert_chosen(copy, chosen, connection.dialect.name))
    connection.exec_driver_sql(f'ALTER TABLE {copy.name} RENAME TO "{table.name}"')
    if connection.dialect.name == "sqlite":
        for index in table.indexes:
            create = str(CreateIndex(index).compile(dialect=connection.dialect))
            connection.exec_driver_sql(create.replace(" INDEX ", " INDEX temp.", 1))


def _create_empty(dialect: Dialect, table: Table, copy: Table) -> str:
    if dialect.name == "postgresql":
        like = f'(LIKE "{table.name}" INCLUDING ALL)'
        return f"CREATE TEMPORARY TABLE {copy.name} {like} ON COMMIT DROP"
    create = str(CreateTable(copy, include_foreign_key_constraints=()).compile(dialect=dialect))
    return create.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)
