"""gunicorn as we recommend it, while its database goes away, is locked, and fills its disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from eventapp.core.connections import LOCK_WAIT_SECONDS
from eventapp.core.db import db
from tests.application import new_app
from tests.make import Make
from tests.migrated import migrate
from tests.postgres import Postgres, why_unavailable
from tests.serving import serving

SERVED = {"EVENTAPP_ENV": "development", "RATELIMIT_ENABLED": "0", "WEB_CONCURRENCY": "2"}


class Answer(NamedTuple):
    status: int
    text: str
    retry_after: str | None
    cookie: str


class Visitor:
    """Answers the form of an event, over and over."""

    def __init__(self, port: int, slug: str) -> None:
        self.port, self.slug = port, slug
        form = self.ask("GET", f"/e/{slug}")
        self.cookie = form.cookie
        self.token = form.text.partition('name="csrf_token" value="')[2].partition('"')[0]

    def send_form(self, email: str) -> int:
        fields = {"name": "Ana Ruiz", "email": email, "csrf_token": self.token}
        answer = self.ask("POST", f"/e/{self.slug}/rsvp", urlencode(fields), self.cookie)
        assert answer.status != 503 or answer.retry_after
        return answer.status

    def is_ready(self) -> bool:
        return self.ask("GET", "/readyz").status == 200

    def ask(self, method: str, path: str, body: str = "", cookie: str = "") -> Answer:
        http = HTTPConnection("127.0.0.1", self.port, timeout=40)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        http.request(method, path, body, headers)
        got = http.getresponse()
        cookie = got.headers.get("Set-Cookie", "").partition(";")[0]
        told = Answer(got.status, got.read().decode(), got.headers.get("Retry-After"), cookie)
        http.close()
        return told


@contextmanager
def served(url: str, log: Path) -> Iterator[Visitor]:
    """A server with one event. Nothing of its log may be a traceback, whatever happens."""
    app = new_app(SQLALCHEMY_DATABASE_URI=url)
    migrate(app)
    event = Make(app).event()
    with app.app_context():
        db.engine.dispose()
    with serving(url, log, **SERVED) as port:
        yield Visitor(port, event.slug)
    assert "Traceback" not in log.read_text()


def until(is_so: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.1)


@pytest.mark.slow
def test_postgresql_goes_away_and_comes_back(tmp_path: Path) -> None:
    if missing := why_unavailable():
        pytest.skip(f"without PostgreSQL: {missing}")
    with Postgres() as server, served(server.url(), tmp_path / "log") as visitor:
        assert [visitor.send_form(f"before{n}@example.org") for n in range(8)] == [303] * 8
        with ThreadPoolExecutor(4) as threads:
            restarting = threads.submit(server.shut_down)
            emails = [f"meanwhile{n}@example.org" for n in range(60)]
            statuses = set(threads.map(visitor.send_form, emails))
            restarting.result()
        assert statuses <= {303, 503}
        away = visitor.ask("GET", f"/e/{visitor.slug}")
        assert (away.status, away.retry_after) == (503, "5")
        assert visitor.ask("GET", "/healthz").status == 200
        assert not visitor.is_ready()
        server.start_again()
        until(visitor.is_ready)
        assert [visitor.send_form(f"after{n}@example.org") for n in range(8)] == [303] * 8
        server.shut_down()
        server.start_again()  # between two requests: whoever comes next notices nothing
        assert [visitor.send_form(f"again{n}@example.org") for n in range(8)] == [303] * 8


@pytest.mark.slow
def test_a_lock_that_is_never_let_go_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    with served(f"sqlite:///{path}", tmp_path / "log") as visitor:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with ThreadPoolExecutor(2) as threads:
            sent = threads.submit(visitor.send_form, "ana@example.org")
            assert not visitor.is_ready()
            assert time.monotonic() - began < LOCK_WAIT_SECONDS / 2
            assert visitor.ask("GET", f"/e/{visitor.slug}").status == 200
            assert sent.result() == 503
        assert time.monotonic() - began < LOCK_WAIT_SECONDS + 5
        with ThreadPoolExecutor(1) as threads:
            sent = threads.submit(visitor.send_form, "bea@example.org")
            time.sleep(1)
            other.execute("ROLLBACK")
            assert sent.result() == 303  # who waits for less is served
        assert visitor.is_ready()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("only root mounts a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_said_and_emptied(tmp_path: Path, small_disk: Path) -> None:
    with served(f"sqlite:///{small_disk / 'eventapp.db'}", tmp_path / "log") as visitor:
        assert visitor.is_ready()
        filling = small_disk / "something else"
        filling.write_bytes(b"x" * shutil.disk_usage(small_disk).free)
        statuses = [visitor.send_form(f"guest{n}@example.org") for n in range(30)]
        assert statuses[-1] == 503
        assert set(statuses) <= {303, 503}
        until(lambda: not visitor.is_ready())
        assert visitor.ask("GET", f"/e/{visitor.slug}").status == 200
        filling.unlink()
        assert visitor.send_form("ana@example.org") == 303
        until(visitor.is_ready)
