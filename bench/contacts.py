"""What the contacts of somebody who met a thousand people cost.

python -m bench.contacts                    # both databases
python -m bench.contacts --met 200          # a look
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
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
from eventapp.model import (
    CARD_FIELDS,
    Card,
    CardShare,
    Community,
    Encounter,
    Event,
    Person,
    Rsvp,
)
from tests.postgres import why_unavailable

ROUNDS = 9
EVENTS = 20
LIMITS = {  # ms of the server's CPU time
    "/contacts": 100,
    "/contacts?page=3": 100,
    "/contacts?q=acme": 100,
    "/contacts?due=1": 100,
    "/contacts.vcf": 300,
    "/contacts.csv": 300,
    "/contacts.csv?for=google": 300,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.contacts", description=__doc__)
    parser.add_argument("--met", type=int, default=1_000, help="people, most of whom say so too")
    met = parser.parse_args().met
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        if name == "PostgreSQL" and (missing := why_unavailable()):
            print(f"Left out PostgreSQL: {missing}")
            continue
        with ExitStack() as stack:
            app = stack.enter_context(_application(stack.enter_context(database())))
            with app.app_context():
                secret = _seed(met)
            print(f"\n{name}, {met:,} people met", flush=True)
            for address, took, size in _measured(app, secret):
                most = LIMITS[address]
                print(f"  {address}: {took:.0f} ms (at most {most}), {size / 1000:.0f} KB")


def _measured(app: Flask, secret: str) -> Iterator[tuple[str, float, int]]:
    client = app.test_client()
    with app.test_request_context():
        client.set_cookie(gate.cookie_name("sid"), secret)
    for address in LIMITS:
        yield address, *_median_ms(client, address)


def _median_ms(client: Any, address: str) -> tuple[float, int]:
    times = []
    for _ in range(ROUNDS + 2):
        start = time.process_time()
        answer = client.get(address)
        times.append((time.process_time() - start) * 1000)
        assert answer.status_code == 200
    return median(times[2:]), len(answer.data)  # the first ones compile templates and statements


def _seed(met: int) -> str:
    """Returns the secret of the session of somebody who met so many people."""
    now = clock.now()
    with transaction():
        community = _add(
            Community(slug="b", name="B", data_controller="B", contact_email="b@b.org"), now
        )
        events = [_event(community.id, number) for number in range(EVENTS)]
        db.session.add_all(events)
        people = [_person(number) for number in range(met + 1)]
        db.session.add_all(people)
        db.session.flush()
        own = [_rsvp(event, people[0]) for event in events]
        others = [_rsvp(events[number % EVENTS], people[number]) for number in range(1, met + 1)]
        db.session.add_all([*own, *others])
        db.session.flush()
        for number, other in enumerate(others, 1):
            _meet(own[number % EVENTS], other, number)
        secret = start_session(people[0], user_agent="", at=now)
    with transaction():
        db.session.execute(text("ANALYZE"))
    return secret


def _add(row: Any, now: Any) -> Any:
    row.created_at = now
    db.session.add(row)
    db.session.flush()
    return row


def _event(community_id: int, number: int) -> Event:
    starts_at = clock.now() - timedelta(days=1 + number)
    return Event(
        community_id=community_id,
        slug=f"event-{number}",
        title=f"An evening with data {number}",
        place="Bar Central",
        tz="Europe/Madrid",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        created_at=clock.now(),
        published_at=starts_at,
    )


def _person(number: int) -> Person:
    address, now = f"ana{number}@example.org", clock.now()
    who = {"email": address, "email_key": address, "name": f"Ana Núñez {number}"}
    return Person(**who, language="en", created_at=now, verified_at=now)


def _rsvp(event: Event, person: Person) -> Rsvp:
    return Rsvp(
        event_id=event.id,
        person_id=person.id,
        name=person.name,
        name_key=f"ana nunez {person.id}",
        short_code=f"{person.id:06d}",
        **{"key": new_secret(), "ticket": new_secret(), "badge": new_secret()},
        **{"source": "form", "language": "en", "answers": {}, "companions": 0},
        **{"status": "going", "created_at": clock.now(), "confirmed_at": clock.now()},
    )


def _meet(own: Rsvp, other: Rsvp, number: int) -> None:
    """Both say so, but for one in eight; the other shares a whole card."""
    note = {"note": f"Knows Rust, likes stout {number}", "tags": ["rust", f"tag {number % 30}"]}
    both = {"event_id": own.event_id, "noted_at": clock.now()}
    due = date(2026, 1, 1) if number % 9 == 0 else None
    noted = {"noter_id": own.id, "met_id": other.id, "follow_up_on": due, **note, **both}
    db.session.execute(insert(Encounter), noted)
    if number % 8:
        db.session.execute(
            insert(Encounter), {"noter_id": other.id, "met_id": own.id, "tags": [], **both}
        )
    card = {"phone": f"+346{number:08d}", "company": "Acme", "role": "Analyst", "web": ""}
    card |= {"linkedin": f"https://www.linkedin.com/in/ana{number}", "about": "Bees, compilers"}
    owner = {"person_id": other.person_id}
    db.session.execute(insert(Card), {**owner, **card, "changed_at": clock.now()})
    shares = [{**owner, "field": field, "since": clock.now()} for field in CARD_FIELDS]
    db.session.execute(insert(CardShare), shares)


if __name__ == "__main__":
    main()
