"""A database made by the first migration, and what is in it afterwards. All by reflection: today's
models do not know that schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, inspect, select

from tests.first_schema_rows import ROWS, Row


def insert_rows(connection: Connection) -> None:
    insert_more(connection, ROWS)


def insert_more(connection: Connection, tables: Mapping[str, Sequence[Row]]) -> None:
    metadata = MetaData()
    metadata.reflect(connection)
    for table, rows in tables.items():
        for row in rows:
            connection.execute(metadata.tables[table].insert().values(row))


def read_rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row, by its table, in the order of its key."""
    metadata = MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        return {
            name: [
                dict(row)
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for name, table in metadata.tables.items()
        }


def kinds_missing(engine: Engine) -> list[str]:
    """The columns that no row leaves empty, or none fills in, or that lack an allowed value."""
    missing: list[str] = []
    for table, rows in read_rows(engine).items():
        for column in inspect(engine).get_columns(table):
            values = [row[column["name"]] for row in rows]
            if not any(value is not None for value in values) or (
                column["nullable"] and None not in values
            ):
                missing.append(f"{table}.{column['name']}")
        for check in inspect(engine).get_check_constraints(table):
            if allowed := re.match(r"^(\w+) IN \((.+)\)$", check["sqltext"]):
                there = {row[allowed[1]] for row in rows}
                missing += [
                    word for word in re.findall(r"'(\w+)'", allowed[2]) if word not in there
                ]
    return missing
