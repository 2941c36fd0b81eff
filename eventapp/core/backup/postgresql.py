"""Copies of a PostgreSQL database, with its own programs: pg_dump, pg_restore and psql."""

from __future__ import annotations

import re
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL

from eventapp.core.backup.contents import REVISIONS, Contents, contents
from eventapp.core.backup.errors import BackupError
from eventapp.core.backup.files import written_beside
from eventapp.core.backup.postgresql_programs import (
    connected,
    database_option,
    program,
    run,
    running,
)

KEPT_SCHEMAS = "replaced_*"  # what earlier restores have set aside
COPY = re.compile(rb'COPY (?:public|"public")\."?(\w+)"? ')
IN_USE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
AND coalesce(backend_type, 'client backend') = 'client backend'
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def copy(url: URL, target: Path, *, overwrite: bool) -> Contents:
    """Dump a snapshot of the database while others use it. Rows are counted in the same
    snapshot.
    """
    program(url, "pg_dump")
    with written_beside(target, overwrite=overwrite) as temporary, connected(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        rows = _count_rows(connection)
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        which = (f"--exclude-schema={KEPT_SCHEMAS}", f"--file={temporary}", database_option(url))
        run(url, "pg_dump", *options, *which)
        found = read(url, temporary)
        found.require(rows)
    return found


def replace(url: URL, copied: Path, *, at: datetime) -> tuple[Contents, str | None]:
    """Replace the database's tables by a copy, all or nothing. Returns what it holds, and the
    schema that keeps the replaced tables. Raises BackupError while anybody is connected.
    """
    found = read(url, copied)
    with connected(url) as connection:
        _require_to_be_alone(connection)
        tables = [row[0] for row in connection.execute(TABLES)]
        kept = f"replaced_{at:%Y%m%dt%H%M%Sz}"
        prelude = _set_aside(connection, tables, kept) if tables else "SELECT"
    _load(url, copied, prelude)
    with connected(url) as connection:
        found.require(_count_rows(connection))
        connection.execute("ANALYZE")
    return found, f"schema {kept}" if tables else None


def read(url: URL, path: Path) -> Contents:
    """What a copy holds, after reading all of it. Raises BackupError."""
    rows: dict[str, int] = {}
    revisions: list[str] = []
    table = ""
    with running(url, "pg_restore", "--data-only", "--file=-", str(path)) as lines:
        for line in lines:
            if not table:
                if begins := COPY.match(line):
                    table = begins[1].decode()
                    rows[table] = 0
            elif line == b"\\.\n":
                table = ""
            else:
                rows[table] += 1
                if table == REVISIONS:
                    revisions.append(line.decode().strip())
    return contents(path, revisions, rows)


def _require_to_be_alone(connection: psycopg.Connection) -> None:
    """Raises BackupError if others are connected, after giving them a moment to disconnect."""
    for _ in range(6):
        others = _one(connection, IN_USE)
        connection.rollback()
        if not others:
            return
        time.sleep(0.5)
    raise BackupError(
        f"connections to this database: {others}; stop the web server and the worker first"
    )


def _count_rows(connection: psycopg.Connection) -> dict[str, int]:
    tables = [row[0] for row in connection.execute(TABLES)]
    count = sql.SQL("SELECT count(*) FROM public.{}")
    return {one: int(_one(connection, count.format(sql.Identifier(one)))) for one in tables}


def _set_aside(connection: psycopg.Connection, tables: list[str], schema: str) -> str:
    """The statements that move tables, with all that belongs to them, into a schema of
    their own.
    """
    to = sql.Identifier(schema)
    move = sql.SQL("ALTER TABLE public.{} SET SCHEMA {};")
    parts = [
        sql.SQL("SET lock_timeout = '10s';"),
        sql.SQL("CREATE SCHEMA {};").format(to),
        *(move.format(sql.Identifier(table), to) for table in tables),
    ]
    return sql.SQL("\n").join(parts).as_string(connection)


def _load(url: URL, copied: Path, prelude: str) -> None:
    """Load the prelude and the copy in one transaction, from a complete script: psql would commit
    what it got of a program that was killed.
    """
    with tempfile.TemporaryDirectory() as folder:
        script = f"{folder}/script.sql"
        plain = ("--no-owner", "--no-privileges", f"--file={script}")
        run(url, "pg_restore", *plain, str(copied))
        alone = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        what = (f"--command={prelude}", f"--file={script}", "--output=/dev/null")
        run(url, "psql", *alone, *what, database_option(url))


def _one(connection: psycopg.Connection, query: Any) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
