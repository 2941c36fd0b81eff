"""What the pages of introductions cost in a community that has met for years.

python -m bench.community                         # both databases, a minute
python -m bench.community --databases sqlite      # a look

5,000 people, 200 events, 60,000 encounters. Who looks went to all of them, knows hundreds of people
and has introduced some. Each page is asked several times in one process: the CPU time of that
process, without the database's where that is another.
"""

from __future__ import annotations

import argparse
import logging
import random
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from itertools import combinations
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import insert, text

from bench.databases import application, postgresql, sqlite
from bench.pages import cpu_ms
from eventapp.account import gate
from eventapp.account.actions import start_session
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.links import new_secret
from eventapp.model import (
    Community,
    Encounter,
    Event,
    Introduction,
    IntroductionSide,
    Person,
    Rsvp,
)
from tests.postgres import why_unavailable

DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
PEOPLE, EVENTS, GUESTS, PAIRS = 5_000, 200, 100, 150  # guests and pairs who met at each event
TOPICS = [f"topic{number}" for number in range(400)]
ROUNDS = 9
MOST = {"/introductions": 50}  # ms


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.community", description=__doc__)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    asked = parser.parse_args()
    logging.disable(logging.INFO)  # a line for each request
    for name in asked.databases:
        if name == "postgresql" and (missing := why_unavailable()):
            print(f"Left out PostgreSQL: {missing}")
            continue
        with ExitStack() as stack:
            app = stack.enter_context(application(stack.enter_context(DATABASES[name]())))
            with app.app_context(), transaction():
                secret = grow()
            with app.app_context(), transaction():
                db.session.execute(text("ANALYZE"))
            print(f"\n{name:32}{'CPU ms':>8}{'at most':>9}{'KB':>7}")
            print_pages(app, secret)


def print_pages(app: Flask, secret: str) -> None:
    client = app.test_client()
    with app.test_request_context():
        client.set_cookie(gate.cookie_name("sid"), secret)
    for path, most in MOST.items():
        answer = client.get(path)  # compiles the template and the statements
        assert answer.status_code == 200, path
        assert "data-worth" in answer.text, "nobody is suggested"
        took = median(cpu_ms(partial(client.get, path)) for _ in range(ROUNDS))
        print(f"  {path:30}{took:8.1f}{most:9}{len(answer.data) / 1000:7.0f}", flush=True)


def grow() -> str:
    """The rows, the same in each run. Returns the secret of the session of who looks."""
    chance, now = random.Random(7), clock.now()
    about = {"data_controller": "Bench", "contact_email": "bench@example.org"}
    db.session.add(Community(id=1, slug="bench", name="Bench", created_at=now, **about))
    db.session.flush()
    db.session.execute(insert(Person), [_person(number) for number in range(1, PEOPLE + 1)])
    row = 0
    for number in range(EVENTS):
        starts_at = now - timedelta(days=number + 1)
        db.session.execute(insert(Event), [_event(number + 1, starts_at)])
        guests = [1, *chance.sample(range(2, PEOPLE + 1), GUESTS - 1)]
        rsvps = [_rsvp(row + at, number + 1, one, chance) for at, one in enumerate(guests, 1)]
        db.session.execute(insert(Rsvp), rsvps)
        pairs = chance.sample(list(combinations(range(1, GUESTS), 2)), PAIRS - 2)
        met = [(0, 1), (0, 2), *pairs]
        said = [(a, b) for pair in met for a, b in (pair, pair[::-1])]
        db.session.execute(
            insert(Encounter),
            [
                {
                    **{"event_id": number + 1, "noted_at": starts_at},
                    **{"noter_id": row + a + 1, "met_id": row + b + 1},
                }
                for a, b in said
            ],
        )
        if number < EVENTS // 4:
            _introduce(guests[1], guests[2], number + 1)
        row += GUESTS
    return start_session(db.session.get_one(Person, 1), user_agent="", at=now)


def _person(number: int) -> dict[str, Any]:
    email, now = f"person{number}@example.org", clock.now()
    known = {"language": "en", "created_at": now, "verified_at": now, "introducible_since": now}
    return {"id": number, "email": email, "email_key": email, "name": f"Ana {number}", **known}


def _event(number: int, starts_at: Any) -> dict[str, Any]:
    when = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    made = {"created_at": starts_at, "published_at": starts_at, "tz": "Europe/Madrid"}
    named = {"slug": f"event-{number}", "title": f"Evening {number}", "place": "Bar"}
    return {"id": number, "community_id": 1, **named, **when, **made}


def _rsvp(id_: int, event_id: int, person_id: int, chance: random.Random) -> dict[str, Any]:
    secrets = {name: new_secret() for name in ("key", "ticket", "badge")}
    lines = {
        "ask_me_about": ", ".join(chance.sample(TOPICS, 2)),
        "want_to_learn": ", ".join(chance.sample(TOPICS, 2)),
    }
    return {
        **{"id": id_, "event_id": event_id, "person_id": person_id, "status": "going"},
        **{"name": f"Ana {person_id}", "name_key": f"ana {person_id}", "language": "en"},
        **{"short_code": f"{id_:06d}", "created_at": clock.now(), "confirmed_at": clock.now()},
        **secrets,
        **lines,
    }


def _introduce(one: int, other: int, event_id: int) -> None:
    now = clock.now()
    row = Introduction(introducer_id=1, reason="Both teach.", created_at=now, mailed_at=now)
    row.sides = [
        IntroductionSide(person_id=side, event_id=event_id, key=new_secret(), asked_at=now)
        for side in (one, other)
    ]
    db.session.add(row)


if __name__ == "__main__":
    main()
