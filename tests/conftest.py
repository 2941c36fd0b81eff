"""What tests stand on: both databases, browsers, and rows to begin with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import event

from eventapp.core.db import db
from tests.application import new_app
from tests.browser import Browser
from tests.first_schema import insert_rows
from tests.make import Make
from tests.migrated import migrate
from tests.postgres import Postgres, why_unavailable

if TYPE_CHECKING:
    from tests.chromium import Engine
    from tests.mailbox import Mailbox

TRIES = 3  # of a measurement: what else a machine does makes it slower, and nothing quicker
pytest_plugins = ["tests.collection", "tests.keywords"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which measurements did not hold at the first try."""
    for report in terminalreporter.getreports("passed"):
        if number := dict(report.user_properties).get("passed_at_try"):
            terminalreporter.write_line(f"PASSED at try {number} of {TRIES}: {report.nodeid}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    if missing := why_unavailable():
        pytest.skip(f"without PostgreSQL: {missing}")
    with Postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def database_urls() -> dict[str, str]:
    """Of the databases that were made so far."""
    return {}


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(
    request: pytest.FixtureRequest,
    database_urls: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """A database on SQLite and one on PostgreSQL. A process turns to each of them twice where the
    slow tests come first.
    """
    if request.param not in database_urls:
        url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.db'}"
        if request.param == "postgresql":
            cluster: Postgres = request.getfixturevalue("postgres")
            cluster.create_database("eventapp_test")
            url = cluster.url("eventapp_test")
        database_urls[request.param] = url
    return database_urls[request.param]


@cache
def migrated_app(database_url: str) -> Flask:
    app = new_app(SQLALCHEMY_DATABASE_URI=database_url)
    migrate(app)
    return app


@pytest.fixture(scope="session")
def served_app(database_url: str) -> Iterator[Flask]:
    """The application on a migrated database, made once a database."""
    app = migrated_app(database_url)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def started_chromium() -> Iterator[Engine]:
    """Chromium, started once a process: Playwright cannot be started twice in one."""
    from tests.chromium import engine, shell  # half a second, for those who ask

    if shell() is None:
        pytest.skip("without Chromium (Debian: apt-get install chromium)")
    with engine() as started:
        yield started


@pytest.fixture
def chromium_engine(started_chromium: Engine) -> Iterator[Engine]:
    """Chromium, whose windows are closed after the test, passed or not: a door's page left open
    would go on asking for its count.
    """
    yield started_chromium
    for window in started_chromium.contexts:
        window.close()


@pytest.fixture
def app(served_app: Flask) -> Iterator[Flask]:
    """The application, its database empty. No context is pushed: each request has its own."""
    yield served_app
    empty(served_app)


def empty(app: Flask) -> None:
    """Delete every row. Asks first which tables have any: most have none."""
    tables = db.metadata.sorted_tables
    has_rows = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {0})"
    asked = " UNION ALL ".join(has_rows.format(table.name) for table in tables)
    with app.app_context():
        with db.engine.begin() as connection:
            filled = set(connection.exec_driver_sql(asked).scalars())
            for table in reversed(tables):
                if table.name in filled:
                    connection.execute(table.delete())
        db.session.remove()


@pytest.fixture
def make(app: Flask) -> Make:
    return Make(app)


@contextmanager
def bare(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a database of its own, without tables."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'bare.db'}"
    else:
        cluster: Postgres = request.getfixturevalue("postgres")
        cluster.create_database("eventapp_bare")
        url = cluster.url("eventapp_bare")
    app = new_app(SQLALCHEMY_DATABASE_URI=url)
    yield app
    with app.app_context():
        db.engine.dispose()
    if kind == "postgresql":
        cluster.drop_database("eventapp_bare")


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with bare(request.param, tmp_path, request) as app:
        yield app


@pytest.fixture
def first_app(bare_app: Flask) -> Flask:
    """The application on a database made by the first migration, with rows of every kind."""
    with bare_app.app_context():
        flask_migrate.upgrade(revision="0001")
        with db.engine.begin() as connection:
            insert_rows(connection)
    return bare_app


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A mail server that the application sends to, and what it was given."""
    from tests.mailbox import mail_server  # a tenth of a second, for those who ask

    with mail_server() as (handler, url):
        app.config["MAIL_URL"] = url
        yield handler
        app.config["MAIL_URL"] = None


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """A new browser, with cookies of its own: `browser()`, `browser(htmx=True)`."""

    def new(*, htmx: bool = False, language: str = "en") -> Browser:
        return Browser(app.test_client(), htmx=htmx, language=language)

    return new


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def htmx(request: pytest.FixtureRequest) -> bool:
    """For journeys that run twice."""
    chosen: bool = request.param
    return chosen


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], Any]:
    """`with count_queries() as queries:` collects the statements that ran meanwhile."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        yield statements
        event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def at_a_try(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """`at_a_try(holds)` for what depends on how busy the machine is: `holds` is asked up to TRIES
    times. A test that passes at a later try is named at the end of the run.
    """

    def holds(measured: Callable[[], bool]) -> None:
        number = next((number for number in range(1, TRIES + 1) if measured()), None)
        assert number, f"at none of {TRIES} tries"
        if number > 1:
            record_property("passed_at_try", number)

    return holds


@pytest.fixture
def takes_less_than(at_a_try: Callable[..., None]) -> Callable[..., None]:
    """`takes_less_than(2, work)`: so many seconds of the processor, at a try. Not for work whose
    result is kept, which takes no time at the second one.
    """

    def is_quick(seconds: float, work: Callable[[], object]) -> bool:
        begun = time.process_time()
        work()
        return time.process_time() - begun < seconds

    return lambda seconds, work: at_a_try(lambda: is_quick(seconds, work))
