"""Whether a column has one of many values: `any_of(Rsvp.id, "ids")`.

With `IN (…)` every number of values is a statement of its own, which SQLAlchemy compiles, psycopg
parses and PostgreSQL plans anew. So PostgreSQL is given one array. SQLite plans fast, and keeps its
`IN (…)`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import FunctionElement


class _AnyOf(FunctionElement[bool]):
    name = "any_of"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> _AnyOf:
        """Unchanged: SQLAlchemy would write `… = 1` for SQLite, which then uses no index."""
        return self


def any_of(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Whether a column of texts or integers has one of the values that `execute` is given by this
    name.
    """
    return _AnyOf(column.in_(bindparam(name, expanding=True)))


@compiles(_AnyOf)
def _one_by_one(element: _AnyOf, compiler: Any, **more: Any) -> str:
    (is_in,) = element.clauses
    sql: str = compiler.process(is_in, **more)
    return sql


@compiles(_AnyOf, "postgresql")
def _as_an_array(element: _AnyOf, compiler: Any, **more: Any) -> str:
    (is_in,) = element.clauses
    column, kind = is_in.left, is_in.left.type
    # Texts without the column's collation: PostgreSQL takes it from the column.
    array = ARRAY(String() if isinstance(kind, String) else kind)
    values = bindparam(is_in.right.key, type_=array)
    sql: str = compiler.process(column == any_(values), **more)
    return sql
