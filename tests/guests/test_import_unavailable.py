"""The database goes away under an import in a browser: 503, after which row, when to come back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import URL

from eventapp.core.db import db
from eventapp.model import AuditEntry, Event, Rsvp
from tests.guests.bringing import a_list, bring_by_page
from tests.make import Make

pytestmark = pytest.mark.both_databases


@contextmanager
def out_of_reach(url: URL) -> Iterator[None]:
    """Nobody writes: PostgreSQL ends all connections and takes no new ones, and somebody else
    holds SQLite's one write lock.
    """
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as other:
            take_write_lock(other)
            yield
        return
    server = url.set(drivername="postgresql", database="postgres").render_as_string(False)
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(server, autocommit=True) as other:
        other.execute(allow.format(sql.Identifier(str(url.database)), sql.SQL("false")))
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [url.database],
        )
        yield
        other.execute(allow.format(sql.Identifier(str(url.database)), sql.SQL("true")))


def take_write_lock(other: sqlite3.Connection) -> None:
    """Found in a pause between two portions, however short."""
    other.execute("PRAGMA busy_timeout=20")
    while not other.in_transaction:
        with suppress(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")


@pytest.fixture
def form(make: Make, browser: Any, htmx: bool) -> tuple[Any, Event]:
    """An organiser's browser at the form for a list, and the event."""
    event = make.event(community := make.community())
    organiser = make.signed_in(browser(htmx=htmx), make.organiser(community))
    organiser.open(f"/o/e/{event.slug}/guests/import")
    return organiser, event


def test_where_the_database_goes_away_it_says_after_which_row(
    app: Flask,
    make: Make,
    form: tuple[Any, Event],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eventapp.core.connections.LOCK_WAIT_SECONDS", 0.2)
    page, event = form
    (guest_list := tmp_path / "guests.csv").write_bytes(a_list(800))
    with app.app_context():
        url = db.engine.url
    with ThreadPoolExecutor(1) as thread:
        page.press("Preview", file=guest_list)
        importing = thread.submit(page.press, "Import")
        while not make.rows(AuditEntry):
            time.sleep(0.01)
        with out_of_reach(url):
            importing.result()
    assert page.status == 503
    assert page.response.headers["Retry-After"] == "5"
    assert page.codes() == ["import_stopped"]
    there = len(make.rows(Rsvp))
    assert page.sees(f"stopped after row {1 + there},")
    bring_by_page(page, event, guest_list)
    assert page.status == 200
    assert len(make.rows(Rsvp)) == 800
    assert sum(entry.count for entry in make.rows(AuditEntry)) == 800
