"""What pages cost that grow: home, a long attendee list, "who did you meet?", contacts, reports.

python -m bench.pages                         # both databases, some minutes
python -m bench.pages --attendees 20000       # a look

Each is asked in turn with the bare ORM application of `bare.py`, in one process: the CPU time of
that process, without the database's where that is another.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import count
from statistics import median
from types import ModuleType

from flask import Flask

from bench.databases import application, postgresql, sqlite
from bench.grown import BIG, LAST_NIGHT, Grown, grow
from bench.grown_series import SERIES, grow_series
from eventapp.account import gate
from eventapp.report.actions import keep_figures
from eventapp.worker import do_what_is_due
from tests.postgres import why_unavailable

DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
ROUNDS = 9
EVENTS_OF_SERIES = 200
TICKETS = 1_000  # more than there are rounds of all pages
MOST = {  # ms
    "/": 15,
    f"/e/{BIG}/people": 40,
    f"/e/{LAST_NIGHT}/met": 150,
    "/contacts": 100,
    "/contacts?page=3": 100,
    "/contacts?q=acme": 100,
    "/contacts?due=1": 100,
    "/contacts.vcf": 300,
    "/contacts.csv": 300,
    "/contacts.csv?for=google": 300,
    f"/o/{SERIES}/report": 200,
    f"/o/{SERIES}/report.csv": 200,
    f"/o/e/{SERIES}-{EVENTS_OF_SERIES}/report": 200,
}
KEEPING_MOST = 1_000  # ms, for the figures and the network of one event, in the worker


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--attendees", type=int, default=200_000, help="of the biggest event")
    parser.add_argument("--events", type=int, default=2_000, help="to come")
    parser.add_argument("--there", type=int, default=2_000, help="last night")
    parser.add_argument("--met", type=int, default=1_000, help="of them; and contacts in all")
    parser.add_argument(
        "--series", type=int, default=5_000, help="who came to a community in years"
    )
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    asked = parser.parse_args()
    logging.disable(logging.INFO)  # a line for each request
    for name in asked.databases:
        if name == "postgresql" and (missing := why_unavailable()):
            print(f"Left out PostgreSQL: {missing}")
            continue
        with ExitStack() as stack:
            app = stack.enter_context(application(stack.enter_context(DATABASES[name]())))
            check_in = _bare_check_in(stack.enter_context(DATABASES[name]()))
            with app.app_context():
                grown = grow(asked.attendees, asked.events, asked.there, asked.met)
                host = grow_series(asked.series, EVENTS_OF_SERIES, asked.series * 12)
                kept = cpu_ms(partial(do_what_is_due, [keep_figures]))
            print(f"\n{name:32}{'CPU ms':>8}{'at most':>9}{'x ORM':>8}{'KB':>7}")
            _print_pages(app, grown, host, check_in)
            each = kept / EVENTS_OF_SERIES
            print(f"  {'figures of one event, kept':30}{each:8.1f}{KEEPING_MOST:9}")


def _bare_check_in(url: str) -> Callable[[], None]:
    """A check-in in the bare ORM application, of another attendee each time."""
    os.environ["DATABASE_URL"] = url
    bare: ModuleType = importlib.reload(importlib.import_module("bench.bare"))  # connects to it
    bare.seed([f"{number:022}" for number in range(TICKETS)])
    client, numbers = bare.orm.test_client(), count()

    def check_in() -> None:
        answer = client.post("/check-in", data={"ticket": f"{next(numbers):022}"})
        assert answer.status_code == 200

    return check_in


def _print_pages(app: Flask, grown: Grown, host: str, check_in: Callable[[], None]) -> None:
    for path, most in MOST.items():
        for who, secret in _readers(path, grown, host).items():
            client = app.test_client()
            with app.test_request_context():
                client.set_cookie(gate.cookie_name("sid"), secret)
            answer = client.get(path)  # compiles the template and the statements
            assert answer.status_code == 200, path
            took, bare = [], []
            for _ in range(ROUNDS):
                took.append(cpu_ms(partial(client.get, path)))
                bare.append(cpu_ms(check_in))
            name, size = f"{path} {who}", len(answer.data) / 1000
            cpu, ratio = median(took), median(took) / median(bare)
            print(f"  {name:30}{cpu:8.1f}{most:9}{ratio:8.1f}{size:7.0f}", flush=True)


def _readers(path: str, grown: Grown, host: str) -> dict[str, str]:
    """Who looks, by what the table says of them, with the secret of their session, if any."""
    if "report" in path:
        return {"": host}
    if "people" in path:
        return {"": "", "(guest)": grown.guest}
    if "met" in path:
        return {"": grown.noter}
    return {"": grown.collector if "contacts" in path else ""}


def cpu_ms(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
