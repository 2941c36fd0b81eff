"""/readyz: anybody may ask whether the server can write, as often as they like."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import time_machine

from eventapp.core import clock
from eventapp.core.health import KEPT_FOR, Answer, Readiness
from tests.readiness import ready_later

READY: Answer = ("ready\n", 200, {})
NOT_READY: Answer = ("no\n", 503, {})


def ask(app):
    return app.test_client().get("/readyz").status_code


def writes(queries):
    return [query for query in queries if query.startswith("UPDATE")]


def test_a_hundred_who_ask_at_once_cost_one_write(app, count_queries):
    with (
        time_machine.travel(clock.now() + timedelta(days=1), tick=False),
        count_queries() as queries,
        ThreadPoolExecutor(8) as threads,
    ):
        assert list(threads.map(ask, [app] * 100)) == [200] * 100
    assert len(writes(queries)) == 1


def test_it_is_written_again_once_the_answer_is_kept_no_longer(app, count_queries):
    at = clock.now() + timedelta(days=2)
    with count_queries() as queries:
        for seconds in range(0, 60, 2):
            with time_machine.travel(at + timedelta(seconds=seconds), tick=False):
                assert ask(app) == 200
    assert len(writes(queries)) == 10  # every third of 30


def test_whoever_is_told_no_is_told_when_to_ask_again(bare_app):
    answer = ready_later(bare_app)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_ready_says_nothing_of_coming_back(app):
    assert "Retry-After" not in ready_later(app).headers


def test_after_a_quiet_time_whoever_asks_while_one_checks_waits_for_what_is_found():
    checking = Event()

    def check():
        checking.set()
        time.sleep(0.2)
        return READY

    at, readiness = clock.now(), Readiness(check)
    assert readiness.answer(at) == READY
    checking.clear()
    later = at + timedelta(hours=1)
    with ThreadPoolExecutor(1) as threads:
        checked = threads.submit(readiness.answer, later)
        checking.wait(10)
        assert readiness.answer(later - timedelta(seconds=1)) == READY
        assert checked.result() == READY


def test_while_one_checks_the_others_are_told_what_was_found_before():
    checking, go_on = Event(), Event()
    found = iter([READY, NOT_READY])

    def check():
        checking.set()
        go_on.wait(10)
        return next(found)

    at, readiness = clock.now(), Readiness(check)
    go_on.set()
    assert readiness.answer(at) == READY
    checking.clear()
    go_on.clear()
    with ThreadPoolExecutor(1) as threads:
        checked = threads.submit(readiness.answer, at + KEPT_FOR)
        checking.wait(10)
        assert readiness.answer(at + KEPT_FOR) == READY
        assert readiness.answer(at + 2 * KEPT_FOR)[1] == 503  # nobody relies on that for long
        go_on.set()
        assert checked.result() == NOT_READY
    assert readiness.answer(at + KEPT_FOR) == NOT_READY
