"""A long list comes in by short transactions: doors and guests go on meanwhile, nothing is lost."""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import text

from eventapp import create_app
from eventapp.account.actions import Visitor
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.door import scan as door
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction
from eventapp.events.queries import event_at
from eventapp.guests.importer import dry_run_import
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions import Answer, answer, enter_all, take_seats
from tests.application import SETTINGS
from tests.guests.bringing import a_list, bring, guests, seats
from tests.make import Make
from tests.processes import context

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())

# A dry run


def changed(data: bytes) -> bytes:
    """The list as its tool exports it a week later: some cancelled, some came."""
    later = data.replace(b"approved", b"declined", 9).replace(b"Attending", b"Not Attending", 9)
    return later.replace(b"Yes", b"No", 9)


@pytest.mark.parametrize("capacity", [None, 50])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_dry_run_reports_what_the_import_does(
    app: Flask, make: Make, sample: Path, capacity: int | None
) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=1), capacity=capacity)
    make.rsvp(event, "Waits", companions=1, status="waitlisted")
    for data in (sample.read_bytes(), changed(sample.read_bytes())):
        before = guests(make, event)
        rehearsed = bring(app, event, data, dry_run_import)
        assert guests(make, event) == before
        assert bring(app, event, data) == rehearsed
        assert rehearsed["added"] + rehearsed["updated"] > 0


def test_a_dry_run_keeps_nobody_waiting(app: Flask, make: Make) -> None:
    event, asked = make.event(capacity=10), []
    make.rsvp(event)

    def others_write(_: int) -> None:
        asked.append(is_free(app, event))

    assert bring(app, event, a_list(20), dry_run_import, progress=others_write)["added"] == 20
    assert asked == [True]


def is_free(app: Flask, event: Event) -> bool:
    """Whether another connection gets the lock that whoever takes a place needs, at once."""
    path = db.engine.url.database or ""
    if db.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            return True
    with db.engine.connect() as other:
        lock = text("SELECT id FROM event WHERE id = :id FOR UPDATE NOWAIT")
        return other.execute(lock, {"id": event.id}).first() is not None


# Others, between two portions


def test_who_answers_between_two_portions_has_a_place_of_those_left(app: Flask, make: Make) -> None:
    event = make.event(capacity=60)

    def somebody_answers(_: int) -> None:
        with transaction():
            typed = Answer("Eva", f"eva{time.monotonic_ns()}@example.org", companions=1)
            answer(event_at(event.slug), typed, at=clock.now(), by=Visitor("en", "x"))

    report = bring(app, event, a_list(80), progress=somebody_answers)
    assert report["added"] == 80
    taken, held = seats(make, event)
    assert taken == held
    assert 58 <= taken <= 60
    names = {one.name for one in make.rows(Rsvp, event_id=event.id, status="going")}
    assert "Eva" in names


def test_who_answers_meanwhile_and_is_on_the_list_is_one_guest(app: Flask, make: Make) -> None:
    event = make.event()
    once: list[Any] = []

    def the_last_one_answers(_: int) -> None:
        if not once:
            once.append(True)
            typed = Answer("Guest 59", "g59@example.org")
            with transaction():
                answer(event_at(event.slug), typed, at=clock.now(), by=Visitor("en", "x"))

    report = bring(app, event, a_list(60), progress=the_last_one_answers)
    assert (report["added"], report["unchanged"]) == (59, 1)
    assert make.row(Rsvp, name="Guest 59").source == "form"


def test_it_does_not_matter_where_a_portion_ends(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Places that the list gives back go to the first who waits, not to who is new on it."""
    some_cancel = a_list(40).replace(b"going,1", b"cancelled,1", 4)
    ends = []
    for first in (1, 7, 100):
        monkeypatch.setattr("eventapp.core.portions.FIRST", first)
        event = make.event(capacity=20)
        bring(app, event, a_list(30))
        bring(app, event, some_cancel)
        assert seats(make, event) == (20, 20)
        ends.append(guests(make, event))
    assert ends[0] == ends[1] == ends[2]
    new = [status for name, status, _ in ends[0] if int(name.removeprefix("Guest ")) >= 30]
    assert set(new) == {"waitlisted"}


# A door beside it


def scan(settings: dict[str, Any], slug: str, tickets: list[str], over: Any, told: Any) -> None:
    """What a door does until the import is over: scans. Tells how long each took, in seconds."""
    with create_app(settings).app_context():
        for number, ticket in enumerate(tickets):
            began, now = time.monotonic(), clock.now()
            act = DoorAction(f"{number}", door="Main", by="x", happened_at=now, heard_at=now)
            with transaction():
                assert door.scan(event_at_door(slug), ticket, act).outcome == "admitted"
            db.session.remove()
            told.put(time.monotonic() - began)
            if over.is_set():
                break
            time.sleep(0.02)
    told.put(None)


@contextmanager
def transactions_timed(app: Flask) -> Iterator[list[tuple[float, float]]]:
    """How long each transaction of this process takes until its commit: seconds in all, and of
    this thread's processor.
    """
    times: list[tuple[float, float]] = []
    begun: list[tuple[float, float]] = []

    def begin(_: Any) -> None:
        begun[:] = [(time.monotonic(), time.thread_time())]

    def commit(_: Any) -> None:
        times.append((time.monotonic() - begun[0][0], time.thread_time() - begun[0][1]))

    with app.app_context():
        engine = db.engine
    gc.collect()
    gc.freeze()  # pytest's many objects are not the import's to look through
    sqlalchemy.event.listen(engine, "begin", begin)
    sqlalchemy.event.listen(engine, "commit", commit)
    yield times
    sqlalchemy.event.remove(engine, "begin", begin)
    sqlalchemy.event.remove(engine, "commit", commit)
    gc.unfreeze()


@pytest.mark.slow
@pytest.mark.parametrize("size", [1500, pytest.param(20_000, marks=pytest.mark.long)])
def test_a_door_goes_on_beside_an_import(app: Flask, make: Make, size: int, at_a_try: Any) -> None:
    """No scan is refused, none takes a second, and no transaction of the import a quarter of one
    (by the processor's time each, by the clock the median).
    """

    def is_quick() -> bool:
        took, times = import_beside_a_door(app, make, make.event(capacity=40_000), size)
        print(f"scans at most {max(took):.2f} s; transactions (clock, processor): {times}")
        by_clock, by_processor = zip(*times, strict=True)
        return max(took) < 1 and max(by_processor) < 0.25 and median(by_clock) < 0.25

    at_a_try(is_quick)


def import_beside_a_door(
    app: Flask, make: Make, event: Event, size: int
) -> tuple[list[float], list[tuple[float, float]]]:
    """How long each scan took, and each transaction of the import: see `transactions_timed`."""
    with make.act():
        row = db.session.get_one(Event, event.id)
        scans = max(1000, size // 5)  # more than a door manages until the import is over
        there = enter_all(row, [{"name": "A", "status": "going"}] * scans, at=clock.now())
        take_seats(row, scans)
        tickets = [rsvp.ticket for rsvp in there]
    url = {"SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"]}
    over, told = context.Event(), context.Queue()
    args = ({**SETTINGS, **url}, event.slug, tickets, over, told)
    beside = context.Process(target=scan, args=args)
    beside.start()
    told.get(timeout=60)
    portions: list[int] = []
    with transactions_timed(app) as times:
        assert bring(app, event, a_list(size), progress=portions.append)["added"] == size
    over.set()
    took = list(iter(lambda: told.get(timeout=60), None))
    beside.join(60)
    assert len(took) < scans - 1, "the door had guests left when the import was over"
    assert beside.exitcode == 0, "none is refused"
    assert len(took) > len(portions), "one gets in between two portions"
    taken, held = seats(make, event)
    assert taken == held
    return took, times
