"""Requests that meet: each process is one person's browser, and all of them send their next one at
the same moment. Or one request that is overtaken between finding its rows and locking them.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from threading import Barrier, Event
from typing import Any, NamedTuple

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from eventapp.account.actions import start_session
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Person
from tests.confirming import post_confirmed
from tests.make import Make
from tests.processes import app_on, context, processes

_starting_line: Barrier
WAIT_SECONDS = 60  # for the slowest process, on a busy machine


class Tap(NamedTuple):
    """One POST. `session` is the secret of whoever is signed in; bytes are a file's."""

    path: str
    session: str | None = None
    fields: Mapping[str, Any] = {}


class Look(NamedTuple):
    """One GET, of whoever is signed in."""

    path: str
    session: str | None = None


def session_of(make: Make, person: Person) -> str:
    with make.act():
        row = db.session.get_one(Person, person.id)
        return start_session(row, user_agent="a race", at=clock.now())


def race(app: Flask, *sides: Sequence[Tap | Look]) -> list[list[int]]:
    """The statuses that each side's taps were answered with; the first of all meet, and so on."""
    assert len({len(side) for side in sides}) == 1, "each waits for the others"
    url, line = app.config["SQLALCHEMY_DATABASE_URI"], context.Barrier(len(sides))
    with processes(len(sides), begin=_begin, with_args=(line,)) as pool:
        return list(pool.map(_send, [url] * len(sides), sides))


def _begin(starting_line: Barrier) -> None:
    global _starting_line
    _starting_line = starting_line


def _send(url: str, taps: Sequence[Tap | Look]) -> list[int]:
    app = app_on(url)
    app.config.update(WTF_CSRF_ENABLED=False, TESTING=False)
    answers = []
    for tap in taps:
        client = app.test_client()
        if tap.session:
            client.set_cookie("sid", tap.session)
        _starting_line.wait(WAIT_SECONDS)
        answers.append(_status(client, tap))
    with app.app_context():
        db.engine.dispose()
    return answers


def _status(client: FlaskClient, tap: Tap | Look) -> int:
    try:
        if isinstance(tap, Look):
            return client.get(tap.path).status_code
        files = {k: (BytesIO(v), "list.csv") for k, v in tap.fields.items() if isinstance(v, bytes)}
        if files:
            return client.post(tap.path, data={**tap.fields, **files}).status_code
        return post_confirmed(client, tap.path, tap.fields).status_code
    except Exception:  # as gunicorn has it
        traceback.print_exc()
        return 500


@contextmanager
def overtaking(
    make: Make, send: Callable[[], TestResponse], *, once_read: str
) -> Iterator[Callable[[], TestResponse]]:
    """What happens inside is committed when a request has found its rows, before it locks them.
    `once_read` is a pattern of the statement that finds them. The value returns the answer.
    """
    found = Event()
    answers: list[Future[TestResponse]] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if re.search(once_read, statement):
            found.set()

    with ThreadPoolExecutor(1) as thread, make.act():
        yield lambda: answers[0].result()
        db.session.flush()
        event.listen(db.engine, "after_cursor_execute", note)
        answers.append(thread.submit(send))
        seen = found.wait(WAIT_SECONDS)
        event.remove(db.engine, "after_cursor_execute", note)
        assert seen, f"nothing read {once_read}"


def deadlocks(app: Flask) -> int:
    """How many PostgreSQL has undone in this database so far. SQLite has one writer, and none."""
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return 0
        counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(connection.scalar(counted) or 0)
