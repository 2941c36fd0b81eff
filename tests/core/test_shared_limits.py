"""Limits hold for all processes of a server together, and cost next to nothing."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import time_machine
from limits.storage import storage_from_string

from eventapp.core.shared_limits import PRUNE_EVERY_SECONDS, FileStorage
from tests.application import new_app
from tests.html import parse
from tests.processes import processes
from tests.serving import serving


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    found = storage_from_string(f"file://{tmp_path}/limits")
    assert isinstance(found, FileStorage)
    return found


def hits(address: str) -> list[int]:
    counts: Any = storage_from_string(address)
    return [counts.incr("a", 60) for _ in range(50)]


def test_no_hit_is_lost_or_counted_twice(tmp_path):
    with processes(4) as pool:
        counted = pool.map(hits, [f"file://{tmp_path}/limits"] * 8)
    assert sorted(number for some in counted for number in some) == list(range(1, 401))


def test_a_count_begins_anew_when_its_time_is_over(storage):
    with time_machine.travel(time.time(), tick=False) as traveller:
        assert [storage.incr("a", 60) for _ in range(3)] == [1, 2, 3]
        assert storage.get_expiry("a") == time.time() + 60
        assert storage.get("b") == 0
        traveller.shift(61)
        assert storage.get("a") == 0
        assert storage.incr("a", 60) == 1


def test_counts_that_are_over_are_pruned(storage):
    with time_machine.travel(time.time(), tick=False) as traveller:
        for number in range(100):
            storage.incr(f"visitor {number}", 60)
        traveller.shift(PRUNE_EVERY_SECONDS + 61)
        storage.incr("another", 60)
        assert storage.reset() == 1


def test_the_file_is_private(storage, tmp_path):
    storage.incr("a", 60)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_a_hit_costs_next_to_nothing(storage, takes_less_than):
    storage.incr("a", 60)
    takes_less_than(0.15, lambda: [storage.incr("a", 60) for _ in range(1000)])  # ms a hit


def flooded(database: str, counts: str) -> list[int]:
    """What four requests to a server that allows three are answered, in a process of its own."""
    given = {"SQLALCHEMY_DATABASE_URI": database, "RATELIMIT_STORAGE_URI": counts}
    limits = {"RATELIMIT_ENABLED": True, "RATELIMIT_DEFAULT": "3 per minute"}
    client = new_app(**given, **limits).test_client()
    return [client.get("/").status_code for _ in range(4)]


def test_where_no_file_can_be_written_each_process_still_limits(app, database_url, tmp_path):
    (tmp_path / "file").touch()
    with processes(1) as pool:
        answers = pool.submit(flooded, database_url, f"file://{tmp_path}/file/limits").result()
    assert answers == [200, 200, 200, 429]


def count_on_both_sides_of_a_fork(address: str) -> tuple[int, int]:
    counts: Any = storage_from_string(address)
    counts.incr("a", 60)
    child = os.fork()
    if not child:
        os._exit(counts.incr("a", 60))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), counts.incr("a", 60)


def test_a_child_does_not_use_its_parents_connection(tmp_path):
    with processes(1) as pool:
        counted = pool.submit(count_on_both_sides_of_a_fork, f"file://{tmp_path}/limits")
        assert counted.result() == (2, 3)


def statuses(port: int, count: int) -> list[int]:
    """What somebody is answered who tries digits so often, over one connection."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/sign-in")
    page = line.getresponse()
    token = parse(page.read().decode()).select_one("[name=csrf_token]")["value"]
    cookie = str(page.headers["Set-Cookie"]).partition(";")[0]
    headers = {"Cookie": cookie, "Accept": "application/json", "X-CSRFToken": str(token)}
    found = []
    for _ in range(count):
        line.request("POST", "/e/none/rsvp/none", headers=headers)
        answer = line.getresponse()
        answer.read()
        found.append(answer.status)
    line.close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_four_processes_let_no_more_through_than_one(database_url, served_app, tmp_path):
    """120 an hour, for whoever types digits."""
    with (
        serving(database_url, tmp_path / "log", WEB_CONCURRENCY="4") as port,
        ThreadPoolExecutor(8) as visitors,
    ):
        answers = [one for some in visitors.map(statuses, [port] * 8, [20] * 8) for one in some]
    assert (answers.count(404), answers.count(429)) == (120, 40)
