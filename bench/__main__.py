"""Measure, and print each figure beside its limit. README.md says how to read them."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from bench.load import Times
from bench.rounds import BARE_CORE, BARE_ORM, Measured, Plan, Work, measure
from bench.serving import WORKERS
from tests.postgres import Postgres, why_unavailable

SIZES = (5_000, 50_000)
SCREENS, POLL_SECONDS = 20, 4  # as door/templates/_headcount.html has them ask


def main() -> None:
    asked = _arguments()
    plan = Plan(asked.rounds, asked.calls, asked.people, asked.searches, asked.warm_up)
    if (needed := 2 * plan.calls_in_all) > min(asked.sizes):
        sys.exit(f"{needed} guests come in, more than the {min(asked.sizes)} on the list")
    print(
        f"{os.cpu_count()} cores; gunicorn, workers: {WORKERS}; {plan.people} at a time, "
        f"{plan.calls} calls a round, medians of {plan.rounds} rounds.\n"
        "CPU: of server and database together, for one call."
    )
    for database in asked.databases:
        if database == "postgresql" and (missing := why_unavailable()):
            print(f"\nLeft out PostgreSQL: {missing}")
            continue
        _measure_database(database, plan, asked.sizes)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="for a look, not for a claim")
    parser.add_argument("--sizes", type=int, nargs="+", help="attendees at the event")
    parser.add_argument("--rounds", type=int, help="of everything, in turn")
    parser.add_argument("--calls", type=int, help="of each kind, a round")
    parser.add_argument("--people", type=int, default=8, help="how many ask at the same time")
    parser.add_argument("--searches", type=int, default=500, help="of each kind, by one person")
    parser.add_argument("--warm-up", type=int, default=60, help="before, and one by one after")
    parser.add_argument(
        "--databases", nargs="+", choices=_DATABASES, default=list(_DATABASES), metavar="DATABASE"
    )
    asked = parser.parse_args()
    asked.sizes = asked.sizes or ([1_000, 5_000] if asked.quick else list(SIZES))
    asked.rounds = asked.rounds or (3 if asked.quick else 5)
    asked.calls = asked.calls or (120 if asked.quick else 400)
    return asked


@contextmanager
def _sqlite() -> Iterator[tuple[str, str, None]]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/bare.db", None


@contextmanager
def _postgresql() -> Iterator[tuple[str, str, int]]:
    with (
        Postgres(durable=True) as server,
        server.database() as ours,
        server.database() as bare,
    ):
        yield ours, bare, server.pid


_DATABASES = {"sqlite": _sqlite, "postgresql": _postgresql}


def _measure_database(database: str, plan: Plan, sizes: Sequence[int]) -> None:
    by_size: dict[int, Measured] = {}
    for size in sizes:
        with _DATABASES[database]() as (ours, bare, pid):
            by_size[size] = measure(plan, size, ours, bare, database_pid=pid)
        _print_table(f"{database}, {size:,} attendees", by_size[size].works)
        _print_alone(by_size[size].alone)
        print(by_size[size].searching, flush=True)
        _print_screens(by_size[size].works)
    small, large = min(sizes), max(sizes)
    if small < large:
        _print_growth(small, by_size[small].works, large, by_size[large].works)


def _print_table(title: str, works: Sequence[Work]) -> None:
    limits = {work.name: work for work in works if work.name in (BARE_ORM, BARE_CORE)}
    print(f"\n{title:30}{'calls/s':>9}{'median ms':>11}{'p95 ms':>9}{'CPU ms':>9}", end="")
    print(f"{'CPU x ORM':>12}{'CPU x Core':>12}")
    for work in works:
        print(
            f"  {work.name:28}"
            f"{work.median(lambda one: one.times.per_second):9.0f}"
            f"{work.median(lambda one: one.times.median_ms):11.1f}"
            f"{work.median(lambda one: one.times.p95_ms):9.1f}"
            f"{work.median(lambda one: one.cpu_ms):9.2f}"
            f"{work.times_cpu_of(limits[BARE_ORM]):12.2f}"
            f"{work.times_cpu_of(limits[BARE_CORE]):12.2f}",
            flush=True,
        )


def _print_alone(alone: Mapping[str, Times]) -> None:
    medians = (f"{name} {times.median_ms:.1f} ms" for name, times in alone.items())
    print(f"  one at a time, median: {'; '.join(medians)}", flush=True)


def _print_screens(works: Sequence[Work]) -> None:
    """What a row of doors costs that only stand there, if the numbers changed each time."""
    poll = next(work for work in works if work.name == "headcount")
    share = SCREENS / POLL_SECONDS * poll.median(lambda one: one.cpu_ms) / 1000
    print(
        f"  {SCREENS} screens that ask every {POLL_SECONDS} s: {share:.1%} of one core", flush=True
    )


def _print_growth(small: int, before: Sequence[Work], large: int, after: Sequence[Work]) -> None:
    print(f"\n  {f'{large:,} beside {small:,}':28}{'CPU':>9}{'median ms':>11}")
    for one, other in zip(before, after, strict=True):
        cpu = other.median(lambda it: it.cpu_ms) / one.median(lambda it: it.cpu_ms)
        wait = other.median(lambda it: it.times.median_ms) / one.median(
            lambda it: it.times.median_ms
        )
        print(f"  {one.name:28}{cpu:9.2f}{wait:11.2f}", flush=True)


if __name__ == "__main__":
    main()
