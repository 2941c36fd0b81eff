"""What leading 2,000 guests to each other costs the worker, and what their page costs.

python -m bench.suggestions                         # both databases, a minute
python -m bench.suggestions --databases sqlite      # a look

The community of `bench.community`; all of the guests ticked that they may be suggested, one in ten
greets, and who is new wants to be greeted. The time for which a transaction is open is the time on
the wall, as others wait for it.
"""

from __future__ import annotations

import argparse
import logging
import random
import time
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from bench import community
from bench.databases import application, postgresql, sqlite
from bench.pages import cpu_ms
from eventapp.core import clock
from eventapp.core.db import db, end_session, reading, transaction
from eventapp.greeting.actions import plan_due_suggestions
from eventapp.model import CheckIn, Event, Rsvp, Suggestion
from tests.postgres import why_unavailable

DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
GUESTS, FIRST = 2_000, 1_000_000  # the first id of their RSVPs
ROUNDS = 9
PLAN_MOST, LOCK_MOST, PAGE_MOST = 10_000, 50, 50  # ms


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.suggestions", description=__doc__)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    asked = parser.parse_args()
    logging.disable(logging.INFO)  # a line for each request
    for name in asked.databases:
        if name == "postgresql" and (missing := why_unavailable()):
            print(f"Left out PostgreSQL: {missing}")
            continue
        with ExitStack() as stack:
            app = stack.enter_context(application(stack.enter_context(DATABASES[name]())))
            with app.app_context():
                with transaction():
                    community.grow()
                    grow_evening()
                with transaction():
                    db.session.execute(text("ANALYZE"))
                print(f"\n{name:32}{'ms':>8}{'at most':>9}")
                plan_all()
            print_page(app)


def grow_evening() -> None:
    """An evening that begins in an hour."""
    chance, now = random.Random(8), clock.now()
    came = {"people": 1, "door": "d", "by": "b", "at": now}
    past = db.session.execute(select(Rsvp.id, Rsvp.event_id)).all()
    rows = [{**came, "rsvp_id": one.id, "event_id": one.event_id} for one in past]
    db.session.execute(insert(CheckIn), rows)
    event = community._event(community.EVENTS + 1, now + timedelta(hours=1))
    db.session.execute(insert(Event), [event])
    guests = [_guest(number, event["id"], chance) for number in range(GUESTS)]
    db.session.execute(insert(Rsvp), guests)


def _guest(number: int, event_id: int, chance: random.Random) -> dict[str, Any]:
    row = community._rsvp(FIRST + number, event_id, number + 1, chance)
    hosts_since = clock.now() if number % 10 == 0 else None
    ticks = {"may_be_suggested": True, "wants_a_host": True, "hosts_since": hosts_since}
    return {**row, **ticks, "listing": "attendees", "short_code": f"{number:06d}"}


def plan_all() -> None:
    """As the worker does it, in portions of the size that it is given."""
    cpu, locked, busy, done = 0.0, [0.0], [0.0], 1
    while done:
        with reading():
            began = time.process_time()
            places = plan_due_suggestions.find(clock.now())
            cpu += time.process_time() - began
        began, spent = time.monotonic(), time.process_time()
        with transaction():
            done = plan_due_suggestions.do(places, clock.now()) if places else 0
        locked.append(time.monotonic() - began)
        busy.append(time.process_time() - spent)
    print(f"  {'the plan, CPU':30}{cpu * 1000:8.1f}{PLAN_MOST:9}")
    print(f"  {'the longest transaction':30}{max(locked) * 1000:8.1f}{LOCK_MOST:9}")
    print(f"  {'the most CPU within one':30}{max(busy) * 1000:8.1f}")
    print(f"  {'half of them take less than':30}{median(locked) * 1000:8.1f}")
    end_session()


def print_page(app: Flask) -> None:
    with app.app_context():
        led = select(Rsvp.key).join(Suggestion, Suggestion.rsvp_id == Rsvp.id).limit(1)
        key = db.session.scalar(led)
    client, path = app.test_client(), f"/r/{key}/people-to-meet"
    answer = client.get(path)  # compiles the template and the statements
    assert answer.status_code == 200
    assert "data-guest" in answer.text, "nobody is suggested"
    took = median(cpu_ms(partial(client.get, path)) for _ in range(ROUNDS))
    print(f"  {'people to meet, CPU':30}{took:8.1f}{PAGE_MOST:9}", flush=True)


if __name__ == "__main__":
    main()
