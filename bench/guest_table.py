"""What a page of the organisers' guest list costs, and rows to see it with.

python -m bench.guest_table                        # 20,000 guests on both databases: two minutes
python -m bench.guest_table --guests 2000          # a look
"""

from __future__ import annotations

import argparse
import logging
import random
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from bench.databases import application, postgresql, sqlite
from bench.names import names
from eventapp.account import gate
from eventapp.account.actions import start_session
from eventapp.core import clock
from eventapp.core.db import db, in_portions, transaction
from eventapp.model import CheckIn, Community, Event, Organiser, OutboxMail, Person, Rsvp
from eventapp.rsvp.actions import enter_all, take_seats
from tests.postgres import why_unavailable

SLUG = "the-long-list"
EARLIER = 20  # events of the same community, at which some of the guests were
DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
ROUNDS = 7
MOST_MS = 60  # of the process that answers
PAGES = (  # {last}: the last page of the whole list, {late}: the last of those who are going
    "",
    "?page={last}",
    "?status=going",
    "?status=going&sort=name&page={late}",
    "?sort=name&page={last}",
    "?sort=status&page={last}",
    "?sort=arrived&page={last}",
    "?only=came",
    "?only=not_yet&status=going",
    "?only=first_time",
    "?only=no_address",
    "?only=mail_failed",
    "?q=ana",
    "?q=guest12",
    "?q=guest1@example",
)
STATUSES = ("going",) * 14 + ("waitlisted", "pending") * 2 + ("not_going", "cancelled")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.guest_table", description=__doc__)
    parser.add_argument("--guests", type=int, default=20_000)
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
                secret = grow_list(asked.guests)
            print(f"\n{name:40}{'CPU ms':>8}{'at most':>9}")
            for page, times in page_times(app, secret, asked.guests).items():
                print(f"  {page or 'the first page':38}{median(times):8.1f}{MOST_MS:9}", flush=True)


def page_times(app: Flask, secret: str, guests: int) -> dict[str, list[float]]:
    """The milliseconds of processor time that each page took, each time."""
    client = app.test_client()
    with app.test_request_context():
        client.set_cookie(gate.cookie_name("sid"), secret)
    pages = [page.format(last=guests // 50, late=guests * 7 // 500) for page in PAGES]
    times: dict[str, list[float]] = {page: [] for page in pages}
    for _ in range(ROUNDS + 1):
        for page, took in times.items():
            begun = time.process_time()
            answer = client.get(f"/o/e/{SLUG}/guests{page}")
            took.append((time.process_time() - begun) * 1000)
            assert answer.status_code == 200, page
    return {page: took[1:] for page, took in times.items()}  # the first compiled the templates


def grow_list(guests: int) -> str:
    """Fill an empty database with a list that has guests of every kind. Returns the secret of its
    organiser's session.
    """
    chance, now = random.Random(5), clock.now()
    with transaction():
        olga = _person("Olga", "olga@example.org", now)
        community = Community(
            slug="bench",
            name="Bench",
            data_controller="Bench",
            contact_email="bench@example.org",
            created_at=now,
        )
        db.session.add_all([olga, community])
        db.session.flush()
        db.session.add(Organiser(community_id=community.id, person_id=olga.id, since=now))
        secret = start_session(olga, user_agent="", at=now)
        event_id = _event(community, SLUG, now - timedelta(hours=1)).id
        earlier = [
            _event(community, f"earlier-{n}", now - timedelta(days=30 * (1 + n))).id
            for n in range(EARLIER)
        ]
    for some in in_portions(enumerate(names(guests))):
        with transaction():
            _bring(db.session.get_one(Event, event_id), some, chance, now)
        db.session.expunge_all()
    with transaction():
        _were_there(earlier, chance, now)
    with transaction():
        for table in ("person", "event", "rsvp", "check_in", "outbox_mail", "name_word"):
            db.session.execute(text(f"ANALYZE {table}"))
    return secret


def _event(community: Community, slug: str, starts_at: datetime) -> Event:
    event = Event(
        community=community,
        slug=slug,
        title=f"An evening: {slug}",
        place="Bar Central",
        tz="Europe/Madrid",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
        created_at=starts_at - timedelta(days=20),
        published_at=starts_at - timedelta(days=20),
    )
    db.session.add(event)
    db.session.flush()
    return event


def _person(name: str, email: str, at: datetime) -> Person:
    return Person(
        name=name, email=email, email_key=email, language="en", created_at=at, verified_at=at
    )


def _bring(
    event: Event, some: Sequence[tuple[int, str]], chance: random.Random, now: datetime
) -> None:
    """Guests of every status; one in six without an address, half of those going in the room."""
    rows = [
        {
            "name": name,
            "status": chance.choice(STATUSES),
            "person": _person(name, f"guest{number}@example.org", now) if number % 6 else None,
            "companions": number % 3 // 2,
            "created_at": now - timedelta(minutes=number),
            "waitlisted_at": None,
        }
        for number, name in some
    ]
    for row in rows:
        row["waitlisted_at"] = now if row["status"] == "waitlisted" else None
    rsvps = enter_all(event, rows, at=now)
    going = [rsvp for rsvp in rsvps if rsvp.status == "going"]
    take_seats(event, sum(rsvp.party for rsvp in going))
    came = [_came(rsvp, now - timedelta(seconds=chance.randrange(3000))) for rsvp in going[::2]]
    db.session.execute(insert(CheckIn), came)
    db.session.execute(insert(OutboxMail), [_mail(rsvp, now) for rsvp in rsvps if rsvp.person])


def _came(rsvp: Rsvp, at: datetime) -> dict[str, Any]:
    ids = {"event_id": rsvp.event_id, "rsvp_id": rsvp.id}
    return {**ids, "people": rsvp.party, "at": at, "door": "Main door", "by": "link:1"}


def _mail(rsvp: Rsvp, at: datetime) -> dict[str, Any]:
    """One in a hundred was refused."""
    failed = rsvp.id % 100 == 0
    email = rsvp.person.email if rsvp.person else ""
    return {
        "template": "rsvp/mail/answered",
        "to_email": email,
        "to_key": email,
        "language": "en",
        "about_id": rsvp.id,
        "created_at": at,
        "send_after": at,
        "sent_at": None if failed else at,
        "failed_at": at if failed else None,
        "failure": "refused" if failed else None,
    }


def _were_there(earlier: Sequence[int], chance: random.Random, now: datetime) -> None:
    """A quarter of the people were at earlier events, some at several."""
    people = db.session.scalars(select(Person).where(Person.email_key.like("guest%"))).all()
    for event_id in earlier:
        event = db.session.get_one(Event, event_id)
        some = chance.sample(people, len(people) // 60)
        rows = [{"name": one.name, "status": "going", "person": one} for one in some]
        rsvps = enter_all(event, rows, at=now)
        db.session.execute(insert(CheckIn), [_came(rsvp, event.starts_at) for rsvp in rsvps])


if __name__ == "__main__":
    main()
