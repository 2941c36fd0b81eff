"""A closed loop: so many people, each of whom waits for an answer before asking again."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Lock

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Call:
    """A request, and the words without which its answer is wrong."""

    path: str
    says: str
    body: str | None = None  # of a form; without it, a GET
    status: int = 200


@dataclass(frozen=True)
class Times:
    """What a loop saw: its length, and how long each answer took, sorted. In seconds."""

    wall: float
    answers: Sequence[float]

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.wall

    @property
    def median_ms(self) -> float:
        return statistics.median(self.answers) * 1000

    @property
    def p95_ms(self) -> float:
        return self.answers[int(len(self.answers) * 0.95)] * 1000


class WrongAnswer(Exception):
    """A figure for answers that were wrong would mean nothing."""


def run(port: int, calls: Sequence[Call], headers: Mapping[str, str], *, people: int) -> Times:
    """Make all calls, `people` at a time, over kept connections. Raises WrongAnswer."""
    waiting, lock = iter(calls), Lock()

    def next_calls() -> Iterator[Call]:
        while True:
            with lock:
                call = next(waiting, None)
            if call is None:
                return
            yield call

    def person() -> list[float]:
        connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        try:
            return [_time(connection, call, headers) for call in next_calls()]
        finally:
            connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        times = [future.result() for future in [pool.submit(person) for _ in range(people)]]
    return Times(time.perf_counter() - started, sorted(t for some in times for t in some))


def _time(connection: HTTPConnection, call: Call, headers: Mapping[str, str]) -> float:
    form = {"Content-Type": "application/x-www-form-urlencoded"} if call.body is not None else {}
    asked = time.perf_counter()
    connection.request(
        "GET" if call.body is None else "POST", call.path, call.body, {**headers, **form}
    )
    answer = connection.getresponse()
    words = answer.read().decode()
    taken = time.perf_counter() - asked
    if answer.status != call.status or call.says not in words:
        raise WrongAnswer(f"{call.path}: {answer.status} without {call.says!r}: {words[:2000]}")
    return taken
