"""What pages cost that grow: home with many events, an attendee list of a big event.

python -m bench.pages                         # both databases, some minutes
python -m bench.pages --attendees 20000       # a look
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import insert, text

from bench.idle import _application, _postgresql, _sqlite
from eventapp.account import gate
from eventapp.account.actions import start_session
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.links import new_secret
from eventapp.model import Community, Event, Person, Rsvp
from tests.postgres import why_unavailable

ROUNDS = 9
LIMITS = {"home": 15, "people, a stranger": 40, "people, a guest": 40}  # ms of server time
BIG = "big"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--attendees", type=int, default=200_000)
    parser.add_argument("--events", type=int, default=2_000)
    asked = parser.parse_args()
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        if name == "PostgreSQL" and (missing := why_unavailable()):
            print(f"Left out PostgreSQL: {missing}")
            continue
        with ExitStack() as stack:
            url = stack.enter_context(database())
            app = stack.enter_context(_application(url))
            with app.app_context():
                secret = _seed(asked.attendees, asked.events)
            print(f"\n{name}, {asked.attendees:,} attendees, {asked.events:,} events", flush=True)
            for page, took in _measured(app, secret):
                print(f"  {page}: {took:.1f} ms (at most {LIMITS[page]})", flush=True)


def _measured(app: Flask, secret: str) -> Iterator[tuple[str, float]]:
    stranger, guest = app.test_client(), app.test_client()
    with app.test_request_context():
        guest.set_cookie(gate.cookie_name("sid"), secret)
    yield "home", _median_ms(stranger, "/")
    yield "people, a stranger", _median_ms(stranger, f"/e/{BIG}/people")
    yield "people, a guest", _median_ms(guest, f"/e/{BIG}/people")


def _median_ms(client: Any, address: str) -> float:
    times = []
    for _ in range(ROUNDS + 2):
        start = time.perf_counter()
        assert client.get(address).status_code == 200
        times.append((time.perf_counter() - start) * 1000)
    return median(times[2:])  # the first ones compile templates and statements


def _seed(attendees: int, events: int) -> str:
    """Returns the secret of the session of a guest of the big event."""
    now = clock.now()
    with transaction():
        community = Community(
            slug="bench", name="Bench", data_controller="B", contact_email="b@b.org", created_at=now
        )
        db.session.add(community)
        db.session.flush()
        rows = [_event(community.id, number) for number in range(events)]
        db.session.execute(insert(Event), rows)
        big = db.session.query(Event).filter_by(slug=BIG).one()
        person = Person(
            email="a@b.org", email_key="a@b.org", name="Ana", created_at=now, verified_at=now
        )
        db.session.add(person)
        db.session.flush()
        for first in range(0, attendees, 5_000):
            numbers = range(first, min(first + 5_000, attendees))
            db.session.execute(insert(Rsvp), [_rsvp(big.id, n, person.id) for n in numbers])
        secret = start_session(person, user_agent="", at=now)
    with transaction():
        db.session.execute(text("ANALYZE"))
    return secret


def _event(community_id: int, number: int) -> dict[str, Any]:
    starts_at = clock.now() + timedelta(hours=5 + number)
    return {
        **{"community_id": community_id, "slug": f"e{number}" if number else BIG},
        **{"title": f"Event {number}", "place": "Bar Central", "tz": "Europe/Madrid"},
        **{"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)},
        **{"created_at": clock.now(), "published_at": clock.now()},
    }


def _rsvp(event_id: int, number: int, own: int) -> dict[str, Any]:
    listing = ("everyone", "attendees", "nobody")[number % 3]
    last = number == 1234
    return {
        **{"event_id": event_id, "person_id": own if last else None, "name": f"Guest {number}"},
        **{"name_key": f"guest {number}", "status": "going", "listing": listing},
        **{"key": new_secret(), "ticket": new_secret(), "badge": new_secret()},
        **{"short_code": f"{number:06d}", "source": "form", "source_ref": None},
        **{"source_digest": None, "answers": {}, "language": "en", "created_at": clock.now()},
        **{"confirmed_at": clock.now(), "companions": 0},
    }


if __name__ == "__main__":
    main()
