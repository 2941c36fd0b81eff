"""The database's statistics of its rows, by which it chooses indexes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import literal, select

from eventapp.core.db import connection_now, db
from eventapp.core.due import Due

ROWS_LOOKED_AT = 400  # of each index: some milliseconds for all, however many rows there are
# No statistics for small tables: if SQLite knows of five rows, it scans the table, and still does
# when an import has made them 20,000.
SMALL = 1000


def _only_on_sqlite(at: datetime) -> Sequence[int]:
    """PostgreSQL's autovacuum keeps its own statistics."""
    return [0] if db.engine.dialect.name == "sqlite" else []


def _analyze(_: Sequence[int], at: datetime) -> int:
    """Not by `PRAGMA optimize`, which looks only at what this connection has read."""
    connection = connection_now()
    connection.exec_driver_sql(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
    for table in db.metadata.sorted_tables:
        if connection.execute(select(literal(1)).select_from(table).offset(SMALL).limit(1)).first():
            connection.exec_driver_sql(f"ANALYZE {table.name}")
    return 0  # never more to do


fresh_statistics = Due("statistics of the database", _only_on_sqlite, _analyze)
