"""The database is away, locked, full or read-only: 503, and word that it comes back."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from eventapp.core.db import db
from eventapp.model import Rsvp
from tests.application import new_app
from tests.browser import Browser
from tests.make import Make
from tests.readiness import ready_later

pytestmark = pytest.mark.both_databases

AWAY = ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:1/nothing"]
FIELDS = {"name": "Ana Ruiz", "email": "ana@example.org"}
READ_ONLY = {
    "sqlite": "PRAGMA query_only=1",
    "postgresql": "SET default_transaction_read_only = on",
}
WRITABLE = {
    "sqlite": "PRAGMA query_only=0",
    "postgresql": "SET default_transaction_read_only = off",
}


@pytest.fixture(params=AWAY, ids=["sqlite", "postgresql"])
def away(request: pytest.FixtureRequest) -> FlaskClient:
    """A browser, signed in at some time, of a server whose database is not there."""
    app = new_app(SQLALCHEMY_DATABASE_URI=request.param)
    client = app.test_client()
    client.set_cookie("sid", "some secret")
    return client


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Somebody else holds all that an RSVP writes."""
    with app.app_context():
        url = db.engine.url
    if url.get_backend_name() == "sqlite":
        other: Any = sqlite3.connect(str(url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(str(url.set(drivername="postgresql")))
        other.execute("LOCK TABLE event, rsvp IN SHARE MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def lines(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.levelno >= logging.WARNING]


def test_a_page_says_in_ones_own_language_that_it_comes_back(away: FlaskClient) -> None:
    page = Browser(away, language="es").open("/")
    assert page.status == 503
    assert page.response.headers["Retry-After"] == page.response.headers["Refresh"] == "5"
    assert page.codes() == ["unavailable"]
    assert page.one("html")["lang"] == "es"
    assert page.sees("Volvemos enseguida")


@pytest.mark.parametrize("path", ["/e/beers", "/r/some-key", "/o/", "/door/link", "/not/there"])
def test_whatever_page_is_asked_for(away: FlaskClient, path: str) -> None:
    assert away.get(path).status_code == 503


def test_htmx_is_given_a_notice_for_the_page_that_stays(away: FlaskClient) -> None:
    answer = away.get("/e/beers/people?q=a", headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert answer.headers["HX-Retarget"] == "#notice"
    assert "<html" not in answer.text


def test_a_machine_is_told_in_json(away: FlaskClient) -> None:
    answer = away.get("/e/beers/door/roster", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (503, {"error": "unavailable"})
    assert answer.headers["Retry-After"] == "5"


def test_the_process_lives_and_is_not_ready(away: FlaskClient) -> None:
    assert away.get("/healthz").status_code == 200
    assert away.get("/readyz").status_code == 503


def test_the_log_has_one_line_of_it_without_a_traceback(
    away: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    away.get("/e/beers")
    (line,) = lines(caplog)
    assert line.startswith("trouble with the database: ")
    assert "\n" not in line
    assert not any(record.exc_info for record in caplog.records)


def test_a_database_without_its_tables_says_what_to_run(
    tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    client = new_app(SQLALCHEMY_DATABASE_URI=url).test_client()
    assert client.get("/").status_code == 503
    assert "db upgrade" in lines(caplog)[0]


def test_a_lock_that_is_held_for_too_long_keeps_what_was_typed(
    app: Flask, make: Make, browser: Any, impatient: Any
) -> None:
    there = make.event()
    page = browser().open(f"/e/{there.slug}")
    page.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    impatient()
    with locked(app):
        page.press("I'm coming", **FIELDS)
        assert page.status == 503
        assert "Refresh" not in page.response.headers  # it would forget what was typed
    assert make.rows(Rsvp) == []
    page.press("Send it again")
    assert page.status == 200
    assert make.row(Rsvp).name == "Ana Ruiz"


def test_nobody_is_kept_waiting_by_a_lock_where_nothing_is_written(
    app: Flask, make: Make, browser: Any, impatient: Any
) -> None:
    there = make.event()
    impatient()
    with locked(app):
        assert browser().open(f"/e/{there.slug}").status == 200


def test_what_cannot_be_written_can_still_be_read(
    app: Flask, make: Make, browser: Any, connected: Any
) -> None:
    there = make.event()
    assert ready_later(app).status_code == 200
    connected(READ_ONLY)
    page = browser().open(f"/e/{there.slug}").press("I'm coming", **FIELDS)
    assert page.status == 503
    assert ready_later(app).status_code == 503
    connected(WRITABLE)
    assert ready_later(app).status_code == 200


def test_ready_waits_for_a_writer_but_not_for_long(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL locks rows")
    with locked(app):
        assert ready_later(app).status_code == 503
    assert ready_later(app).status_code == 200


# What PostgreSQL says of a full disk, of too many connections, of an operator and so on.
@pytest.mark.parametrize(
    ("state", "status"),
    [(state, 503) for state in ("53100", "53300", "57014", "58030", "40001")] + [("XX000", 500)],
)
def test_the_errors_of_postgresql(
    app: Flask, make: Make, browser: Any, monkeypatch: Any, state: str, status: int
) -> None:
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("about PostgreSQL")
    there = make.event()
    page = browser().open(f"/e/{there.slug}")
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with failing_with(app, state):
        assert page.press("I'm coming", **FIELDS).status == status
    assert page.open(f"/e/{there.slug}").press("I'm coming", **FIELDS).status == 200


@contextmanager
def failing_with(app: Flask, state: str) -> Iterator[None]:
    """The server says this of every new RSVP."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"
            )
        )
        connection.execute(
            text("CREATE TRIGGER fail BEFORE INSERT ON rsvp EXECUTE FUNCTION fail()")
        )
    try:
        yield
    finally:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("DROP FUNCTION fail CASCADE"))


def test_a_file_that_can_grow_no_more(app: Flask, make: Make, browser: Any, connected: Any) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("for PostgreSQL's full disk see above")
        path = str(db.engine.url.database)
    there = make.event()
    with closing(sqlite3.connect(path)) as file:
        file.execute("VACUUM")  # rows of other tests left pages free
    page = browser().open(f"/e/{there.slug}")
    connected({"sqlite": "PRAGMA max_page_count=1"})  # no page more than there are
    statuses = [page.press("I'm coming", **FIELDS).status]
    for number in range(60):
        if statuses[-1] == 503:
            break
        fields = {"name": "x" * 90, "email": f"guest{number}@example.org"}
        page = browser().open(f"/e/{there.slug}")
        statuses.append(page.press("I'm coming", **fields).status)
    assert set(statuses) == {200, 503}
    assert page.open(f"/e/{there.slug}").status == 200
