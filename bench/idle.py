"""What the worker costs while nothing is due, and how long it holds a lock while something is.

python -m bench.idle                          # both databases, about a minute and a half
python -m bench.idle --attendees 20000        # a look
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import insert, text

from bench.databases import application, postgresql, sqlite
from eventapp.core import clock
from eventapp.core.db import db, reading, transaction
from eventapp.core.due import Due
from eventapp.core.links import new_secret
from eventapp.core.portions import short_portions
from eventapp.model import Community, Event, Person, Rsvp
from eventapp.worker import EACH_HOUR, EACH_MINUTE, EACH_ROUND, do_what_is_due
from tests.postgres import why_unavailable

ROUNDS = 20
EVENTS_PER_DAY = 4  # from a year and some ago until some months ahead


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.idle", description=__doc__)
    parser.add_argument("--attendees", type=int, default=200_000)
    parser.add_argument("--events", type=int, default=2_000)
    asked = parser.parse_args()
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        if name == "PostgreSQL" and (missing := why_unavailable()):
            print(f"Left out PostgreSQL: {missing}")
            continue
        with database() as url, application(url) as app, app.app_context():
            _seed(asked.attendees, asked.events)
            print(f"\n{name}, {asked.attendees:,} attendees of {asked.events:,} events", flush=True)
            for due in (*EACH_ROUND, *EACH_MINUTE):
                _print_transactions(due)
            _print_round("without statistics")
            with transaction():
                db.session.execute(text("ANALYZE"))
            _print_round("with statistics")


def _print_transactions(due: Due) -> None:
    """Do what is due now, as the worker does, and say how long each transaction was."""
    done, milliseconds = 0, []
    while ids := _found(due):
        for some in short_portions(ids):
            began = time.perf_counter()
            with transaction():
                done += due.do(some, clock.now())
            milliseconds.append((time.perf_counter() - began) * 1000)
    if not milliseconds:
        return
    print(
        f"  {done:,} {due.name}, in {len(milliseconds)} transactions: "
        f"median {median(milliseconds):.0f} ms, longest {max(milliseconds):.0f} ms",
        flush=True,
    )


def _found(due: Due) -> Sequence[int]:
    with reading():
        return due.find(clock.now())


def _print_round(title: str) -> None:
    print(f"  {title}, nothing due:", flush=True)
    for how_often, work in (("round", EACH_ROUND), ("minute", EACH_MINUTE), ("hour", EACH_HOUR)):
        each = {due.name: _milliseconds(due) for due in work}
        print(f"    {sum(each.values()):.1f} ms each {how_often}, of which", flush=True)
        for name, milliseconds in each.items():
            print(f"      {name:43}{milliseconds:8.1f}", flush=True)


def _milliseconds(due: Due) -> float:
    while do_what_is_due([due]):
        pass
    return median(_seconds(due) for _ in range(ROUNDS)) * 1000


def _seconds(due: Due) -> float:
    began = time.perf_counter()
    do_what_is_due([due])
    return time.perf_counter() - began


def _seed(attendees: int, events: int) -> None:
    """Four events a day; half of the attendees came, where the event is over; every tenth event
    is called off.
    """
    now = clock.now()
    first_day = now - timedelta(days=events / EVENTS_PER_DAY * 0.7)
    with transaction():
        db.session.execute(insert(Community), [_community(now)])
        db.session.execute(insert(Event), [_event(n, first_day) for n in range(1, events + 1)])
    for start in range(1, attendees + 1, 10_000):
        numbers = range(start, min(start + 10_000, attendees + 1))
        with transaction():
            db.session.execute(insert(Person), [_person(n, now) for n in numbers])
            db.session.execute(insert(Rsvp), [_rsvp(n, 1 + n % events, now) for n in numbers])
    came = text(
        """INSERT INTO check_in (event_id, rsvp_id, people, at, door, by)
        SELECT event_id, rsvp.id, 1, event.starts_at, 'Main door', 'link:1'
        FROM rsvp JOIN event ON event.id = event_id
        WHERE event.ends_at < :now AND (rsvp.id / 2000) % 2 = 0"""
    )
    with transaction():
        db.session.execute(came, {"now": now})


def _community(now: Any) -> dict[str, Any]:
    contact = {"data_controller": "Bench", "contact_email": "bench@example.org"}
    return {"id": 1, "slug": "bench", "name": "Bench", "created_at": now, **contact}


def _event(number: int, first_day: Any) -> dict[str, Any]:
    starts_at = first_day + timedelta(days=number / EVENTS_PER_DAY)
    return {
        "id": number,
        "community_id": 1,
        "slug": f"event-{number}",
        "title": f"Event {number}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "tz": "Europe/Madrid",
        "created_at": first_day,
        "published_at": first_day,
        "called_off_at": first_day if number % 10 == 0 else None,
    }


def _person(number: int, now: Any) -> dict[str, Any]:
    email = f"guest{number}@example.org"
    return {"id": number, "email": email, "email_key": email, "name": "Ana", "created_at": now}


def _rsvp(number: int, event_id: int, now: Any) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "person_id": number,
        "name": "Ana Ruiz",
        "name_key": "ana ruiz",
        "status": "going",
        "short_code": f"{number:06d}",
        "key": new_secret(),
        "ticket": new_secret(),
        "badge": new_secret(),
        "created_at": now,
    }


if __name__ == "__main__":
    main()
