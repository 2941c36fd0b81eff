"""A long import is cut short: what is in stays, and the rest comes in when it is run again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import psycopg
import pytest
from flask import Flask

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.queries import event_at
from eventapp.guests.importer import import_guests
from eventapp.guests.reading.guest_file import read
from eventapp.guests.refusals import ImportStopped
from eventapp.model import AuditEntry, Rsvp
from tests.application import SETTINGS
from tests.guests.bringing import a_list, bring, guests, noted, seats
from tests.make import Make
from tests.postgres import Postgres
from tests.processes import context


def import_and_die(settings: dict[str, Any], slug: str, data: bytes, after: int) -> None:
    """What a process does that is killed when so many portions are in."""
    done = []

    def progress(rows: int) -> None:
        done.append(rows)
        if len(done) == after:
            os.kill(os.getpid(), signal.SIGKILL)

    with create_app(settings).app_context():
        event, now = event_at(slug), clock.now()
        import_guests(event, read(data), at=now, record=noted(event), progress=progress)


def test_an_import_that_is_killed_is_run_again_to_the_same_end(app: Flask, make: Make) -> None:
    data = a_list(120)
    killed, whole = make.event(capacity=60), make.event(capacity=60)
    url = {"SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"]}
    args = ({**SETTINGS, **url}, killed.slug, data, 2)
    process = context.Process(target=import_and_die, args=args)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    there = len(make.rows(Rsvp, event_id=killed.id))
    assert 0 < there < 120
    assert make.row(AuditEntry, event_id=killed.id).count == there
    again = bring(app, killed, data)
    assert (again["added"], again["unchanged"]) == (120 - there, there)
    bring(app, whole, data)
    assert guests(make, killed) == guests(make, whole)
    assert seats(make, killed) == seats(make, whole)


@pytest.fixture
def admin(app: Flask, postgres: Postgres) -> Iterator[psycopg.Connection]:
    """A connection to another database of the same server."""
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite is never away")
    with psycopg.connect(postgres.url(), autocommit=True) as own:
        yield own
        own.execute("ALTER DATABASE eventapp_test ALLOW_CONNECTIONS true")


END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'eventapp_test'"


def test_where_the_database_goes_away_it_says_after_which_row(
    app: Flask, make: Make, admin: psycopg.Connection
) -> None:
    event = make.event()

    def server_goes_away(_: int) -> None:
        admin.execute("ALTER DATABASE eventapp_test ALLOW_CONNECTIONS false")
        admin.execute(END_ALL)

    with pytest.raises(ImportStopped, match="after row 26"):
        bring(app, event, a_list(60), progress=server_goes_away)
    admin.execute("ALTER DATABASE eventapp_test ALLOW_CONNECTIONS true")
    assert len(make.rows(Rsvp)) == 25
    assert bring(app, event, a_list(60))["added"] == 35


def test_where_only_its_connection_died_it_goes_on(
    app: Flask, make: Make, admin: psycopg.Connection
) -> None:
    event = make.event()
    ends = chain([END_ALL], repeat("SELECT 1"))
    report = bring(app, event, a_list(60), progress=lambda _: admin.execute(next(ends)))
    assert report["added"] == 60
