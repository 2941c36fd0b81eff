"""The benchmarks run. What they find is for `make bench` to say, on a quiet machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench import rounds
from bench.load import Call, Times
from bench.rounds import Work

ROOT = Path(__file__).parent.parent


def bench(*arguments: str, module: str = "bench") -> subprocess.CompletedProcess[str]:
    """With one worker a server, which spares a second for each."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, "WEB_CONCURRENCY": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.slow
def test_a_small_benchmark_measures_every_kind_of_work():
    asked = "--databases sqlite --sizes 50 90 --rounds 1 --calls 8 --searches 8 --warm-up 8"
    done = bench(*asked.split())
    assert done.returncode == 0, done.stderr
    for work in ("bare, ORM", "scan", "check-in by name", "RSVP", "door search", "headcount"):
        rows = re.findall(rf"^  {work} +((?: *[\d.]+)+)$", done.stdout, re.MULTILINE)
        assert [len(row.split()) for row in rows] == [6, 6, 2], done.stdout
    alone = r"one at a time, median: bare, ORM [\d.]+ ms; scan [\d.]+ ms"
    assert len(re.findall(alone, done.stdout)) == 2


def test_work_too_short_to_be_counted_took_a_tick(monkeypatch):
    monkeypatch.setattr(rounds, "run", lambda *arguments, **more: Times(0.001, [0.001]))
    server: Any = SimpleNamespace(port=0, cpu_seconds=lambda: 7.0)
    work = Work("scan", server, iter([Call("/", says="")] * 2))
    work.rounds.append(work.run(calls=2, people=1))
    assert work.rounds[0].cpu_ms == rounds.TICK * 500
    assert work.times_cpu_of(work) == 1


def test_more_guests_than_there_are_cannot_come_in():
    asked = bench("--sizes", "100", "--rounds", "1", "--calls", "20")
    assert asked.returncode == 1
    assert "280 guests come in, more than the 100" in asked.stderr


@pytest.mark.slow
def test_pages_that_grow_are_set_beside_the_bare_application():
    asked = "--databases sqlite --attendees 40 --events 4 --there 150 --met 40 --series 400"
    done = bench(*asked.split(), module="bench.pages")
    assert done.returncode == 0, done.stderr
    for page in ("/", "/e/big/people", "/e/last-night/met", "/contacts", "/o/series/report"):
        row = rf"^  {re.escape(page)} +[\d.]+ +\d+ +[\d.]+ +\d+$"
        assert re.search(row, done.stdout, re.MULTILINE), done.stdout


@pytest.mark.slow
def test_a_long_list_comes_in_while_a_door_lets_people_in():
    done = bench("--rows", "300", "--databases", "sqlite", module="bench.long_list")
    assert done.returncode == 0, done.stderr
    for run in ("a dry run", "the import", "again"):
        figures = r" +[\d.]+" * 3 + r" +\d+" + r" +[\d.]+" * 2
        assert re.search(rf"^sqlite, {run}{figures}$", done.stdout, re.MULTILINE), done.stdout
