"""What bringing in a long guest list costs by the command line, while a door lets people in.

python -m bench.long_list                          # 50,000 rows on both databases: three minutes
python -m bench.long_list --rows 2000 --databases sqlite    # a look
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.databases import application, postgresql, sqlite
from bench.names import names
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.door import scan as door
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction
from eventapp.model import Community, Event
from eventapp.rsvp.actions import enter_all, take_seats
from tests.postgres import why_unavailable

ROOT = Path(__file__).parent.parent
SLUG = "the-long-list"
DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
MOST_SECONDS, MOST_MEGABYTES, MOST_SCAN_SECONDS = 60, 300, 1.0
SCANS_A_SECOND = 2  # of one door in a rush
TITLES = (
    "Order #",
    "Order Date",
    "First Name",
    "Last Name",
    "Email",
    "Quantity",
    "Ticket Type",
    "Attendee #",
    "Barcode #",
    "Attendee Status",
    "Job Title",
    "Company",
    "Cell Phone",
)


@dataclass(frozen=True)
class Cost:
    """Of one run of the command."""

    seconds: float
    processor: float  # seconds, without PostgreSQL's
    megabytes: float  # resident, at its peak
    scans: Sequence[float]  # how many seconds each took meanwhile


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.long_list", description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "guests.csv"
        write_list(file, asked.rows)
        megabytes = file.stat().st_size / 1e6
        print(f"{asked.rows:,} rows of {len(TITLES)} columns, {megabytes:.1f} MB of CSV")
        _print_row("", "s", "CPU s", "MB", "scans", "median s", "longest s")
        _print_row("at most", MOST_SECONDS, "", MOST_MEGABYTES, "", "", MOST_SCAN_SECONDS)
        for name in asked.databases:
            if name == "postgresql" and (missing := why_unavailable()):
                print(f"Left out PostgreSQL: {missing}")
                continue
            _measure(name, file, asked.rows)


def write_list(file: Path, rows: int) -> None:
    """A list of attendees as a ticket shop exports it: a party of two in each fifth row."""
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(TITLES)
        lines.writerows(_row(number, name) for number, name in enumerate(names(rows)))


def _row(number: int, name: str) -> Sequence[object]:
    first, _, last = name.partition(" ")
    return (
        *(100_000 + number, "11/01/26 08:15", first, last, f"guest{number}@example.org"),
        *(1 + (number % 5 == 0), ("General Admission", "Speaker", "Student")[number % 3]),
        *(500_000 + number, f"{10_000_000_000 + number}", "Attending"),
        *("Product manager", f"Company {number % 700}", f"+34 6{number % 10**8:08}"),
    )


def _measure(name: str, file: Path, rows: int) -> None:
    with ExitStack() as stack:
        url = stack.enter_context(DATABASES[name]())
        app = stack.enter_context(application(url))
        with app.app_context():
            tickets = make_event(guests=max(200, rows // 25))
            for title, more in (("a dry run", ["--dry-run"]), ("the import", []), ("again", [])):
                cost = run_beside_a_door(url, file, more, tickets)
                took = sorted(cost.scans) or [0.0]
                costs = f"{cost.seconds:.1f}", f"{cost.processor:.1f}", f"{cost.megabytes:.0f}"
                scans = len(took), f"{median(took):.3f}", f"{took[-1]:.3f}"
                _print_row(f"{name}, {title}", *costs, *scans)


def _print_row(title: str, *figures: object) -> None:
    print(f"{title:26}" + "".join(f"{figure:>10}" for figure in figures), flush=True)


def make_event(guests: int) -> Iterator[str]:
    """An event whose door is open, with some guests on its list. Returns their tickets."""
    now = clock.now()
    with transaction():
        about = {"data_controller": "Bench", "contact_email": "bench@example.org"}
        community = Community(slug="bench", name="Bench", created_at=now, **about)
        event = Event(
            community=community,
            slug=SLUG,
            title="The long list",
            place="Bar Central",
            tz="Europe/Madrid",
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=6),
            created_at=now,
            published_at=now,
        )
        db.session.add(event)
        db.session.flush()
        there = enter_all(event, [{"name": "Ana", "status": "going"}] * guests, at=now)
        take_seats(event, guests)
        return iter([rsvp.ticket for rsvp in there])


def run_beside_a_door(url: str, file: Path, more: Sequence[str], tickets: Iterator[str]) -> Cost:
    """Run the command in a process of its own; guests come in meanwhile."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "guests", "import", SLUG, str(file)]
    settings = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "bench"}
    began, scans = time.monotonic(), list[float]()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen([*command, *more], cwd=ROOT, env=settings, stdout=told)
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            if ticket := next(tickets, None):
                scans.append(_scan(ticket))
            time.sleep(1 / SCANS_A_SECOND)
        _, status, used = ended
        seconds = time.monotonic() - began
        told.seek(0)
        if status:
            sys.exit(told.read().decode())
    per_megabyte = 1e6 if sys.platform == "darwin" else 1024
    processor = used.ru_utime + used.ru_stime
    return Cost(seconds, processor, used.ru_maxrss / per_megabyte, scans)


def _scan(ticket: str) -> float:
    began, now = time.monotonic(), clock.now()
    act = DoorAction(ticket, door="Main", by="link:1", happened_at=now, heard_at=now)
    with transaction():
        outcome = door.scan(event_at_door(SLUG), ticket, act).outcome
    assert outcome == "admitted", outcome
    db.session.remove()
    return time.monotonic() - began


if __name__ == "__main__":
    main()
