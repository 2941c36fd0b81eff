"""Whether a column has one of many values: `any_of(Rsvp.id, "ids")`, `among(Rsvp.id, ids)`.

With `IN (…)` every number of values is a statement of its own, which SQLAlchemy compiles, psycopg
parses and PostgreSQL plans anew. So PostgreSQL is given one array. SQLite plans fast, and keeps its
`IN (…)`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    String,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    func,
    select,
)
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


class _Numbers(TypeDecorator[Sequence[int]]):
    """Many numbers as one parameter: an array, or where there are none, JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        is_array = dialect.name == "postgresql"
        return dialect.type_descriptor(ARRAY(Integer) if is_array else Text())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class _Among(FunctionElement[bool]):
    name = "among"
    type = Boolean()
    inherit_cache = True
    self_group = _AnyOf.self_group  # likewise


def among(column: InstrumentedAttribute[Any], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a column has one of these numbers, of which there may be more than a statement of
    either database takes as parameters.
    """
    return _Among(column, bindparam(None, numbers, type_=_Numbers()))


@compiles(_Among)
def _among_json(element: _Among, compiler: Any, **more: Any) -> str:
    column, numbers = element.clauses
    listed = select(func.json_each(numbers).table_valued("value").c.value)
    sql: str = compiler.process(column.in_(listed), **more)
    return sql


@compiles(_Among, "postgresql")
def _among_array(element: _Among, compiler: Any, **more: Any) -> str:
    column, numbers = (compiler.process(one, **more) for one in element.clauses)
    return f"{column} = ANY ({numbers})"
