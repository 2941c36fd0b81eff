"""How the database would run the statements of a piece of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from eventapp.core.db import db


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The statements in which rows are looked for meanwhile."""
    statements: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def plan_of(statement: str, values: Any) -> str:
    """As the database would run it, were there many events, too."""
    connection = db.session.connection()
    explain = "EXPLAIN QUERY PLAN "
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN "
    rows = connection.exec_driver_sql(explain + statement, values)
    return "\n".join(str(row[-1]) for row in rows)
