"""Tell SQLite which index to use."""

from __future__ import annotations

from typing import Any, TypeVarTuple

from sqlalchemy import Select
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect

Columns = TypeVarTuple("Columns")


class _Compiler(SQLiteCompiler):
    """Writes a hint behind the name of its table, which SQLAlchemy does not do for SQLite."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


SQLiteDialect.statement_compiler = _Compiler


def by_index(statement: Select[*Columns], model: type[Any], name: str) -> Select[*Columns]:
    """Make SQLite read a table by this index, or fail. Otherwise it prefers an index of more
    columns to a partial one, however few rows that has. PostgreSQL needs no hint.
    """
    return statement.with_hint(model, f"INDEXED BY {name}", "sqlite")
