"""An evening of any size in a fresh database, and a phone that stands at its door."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from itertools import cycle, islice
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy import text as sql

from bench import mistakes
from bench.load import Call
from bench.mistakes import Query
from bench.names import names
from config import from_environment
from eventapp import create_app
from eventapp.core import clock, text
from eventapp.core.db import db, transaction
from eventapp.door.links import add_link
from eventapp.model import Community, Event, Person
from eventapp.rsvp.actions import enter_all, lock_seats, take_seats
from tests.migrated import migrate

EVENT = "the-big-night"
IN_ONE_GO = 1000


@dataclass(frozen=True)
class Guest:
    rsvp_id: int
    name: str
    ticket: str


@dataclass(frozen=True)
class Venue:
    guests: Sequence[Guest]  # in no order
    door_link: str  # its secret


def seed(database_url: str, size: int) -> Venue:
    """Bring an empty database up to date, and fill one event with so many guests."""
    app = create_app(from_environment({"DATABASE_URL": database_url, "SECRET_KEY": "bench"}))
    migrate(app)
    with app.app_context():
        with transaction():
            event = _event()
            door_link = add_link(event, "Main door", at=clock.now()).secret
            event_id = event.id
        guests = list(_guests(event_id, names(size)))
        with transaction():
            _analyze()
        db.session.remove()
        db.engine.dispose()
    random.Random(7).shuffle(guests)
    return Venue(guests, door_link)


def _analyze() -> None:
    """Have the database count its rows, as PostgreSQL does by itself within a minute of many
    changes. Not where there are none: it would plan for tables that stay empty.
    """
    for table in db.metadata.sorted_tables:
        if db.session.execute(select(table).limit(1)).first():
            db.session.execute(sql(f"ANALYZE {table.name}"))


def _event() -> Event:
    now = clock.now()
    community = Community(
        slug="bench",
        name="Bench",
        data_controller="Bench",
        contact_email="bench@example.org",
        language="en",
        created_at=now,
    )
    event = Event(
        community=community,
        slug=EVENT,
        title="The big night",
        place="The big hall",
        starts_at=now,
        ends_at=now + timedelta(hours=6),
        tz="Europe/Madrid",
        capacity=1_000_000,
        created_at=now,
        published_at=now,
    )
    db.session.add(event)
    db.session.flush()
    return event


def _guests(event_id: int, everybody: Sequence[str]) -> Iterator[Guest]:
    for start in range(0, len(everybody), IN_ONE_GO):
        some = everybody[start : start + IN_ONE_GO]
        with transaction():
            event = db.session.get_one(Event, event_id)
            lock_seats(event)
            take_seats(event, len(some))
            people = _people(start, some)
            rows = [
                {"name": person.name, "status": "going", "person": person, "listing": "attendees"}
                for person in people
            ]
            rsvps = enter_all(event, rows, at=clock.now())
        yield from (Guest(rsvp.id, rsvp.name, rsvp.ticket) for rsvp in rsvps)
        db.session.expunge_all()


def _people(start: int, some: Sequence[str]) -> list[Person]:
    emails = [f"guest{start + number}@example.org" for number in range(len(some))]
    return [
        Person(name=name, email=email, email_key=text.email_key(email), created_at=clock.now())
        for name, email in zip(some, emails, strict=True)
    ]


@dataclass(frozen=True)
class Phone:
    """What a phone at the door sends with each request."""

    cookie: str
    csrf_token: str

    @property
    def headers(self) -> Mapping[str, str]:
        """As htmx sends them, for the part of a page that changes."""
        return {"Cookie": self.cookie, "HX-Request": "true", "HX-Request-Type": "partial"}


def open_door(port: int, door_link: str) -> Phone:
    """Open the door link as a helper does, and come back with the phone's cookies."""
    cookies: dict[str, str] = {}
    page = _ask(port, cookies, "GET", f"/door/{door_link}")
    _ask(port, cookies, "POST", f"/door/{door_link}", csrf_token=_csrf_token(page))
    page = _ask(port, cookies, "GET", f"/e/{EVENT}/door")
    return Phone(_cookie(cookies), _csrf_token(page))


def _ask(port: int, cookies: dict[str, str], method: str, path: str, **form: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    sent = {"Cookie": _cookie(cookies), "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, urlencode(form), sent)
    answer = connection.getresponse()
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        name, _, value = cookie.partition(";")[0].partition("=")
        cookies[name] = value
    page = answer.read().decode()
    connection.close()
    return page


def _cookie(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _csrf_token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if found is None:
        raise RuntimeError(f"no form on the page: {page[:500]}")
    return found.group(1)


def scans(guests: Sequence[Guest], phone: Phone) -> list[Call]:
    return [
        _post("door/scan", phone, 'data-outcome="admitted"', code=guest.ticket, came_from="scan")
        for guest in guests
    ]


def check_ins(guests: Sequence[Guest], phone: Phone) -> list[Call]:
    admitted = 'data-outcome="admitted"'
    return [
        _post(f"door/{guest.rsvp_id}/check-in", phone, admitted, came_from="row")
        for guest in guests
    ]


def rsvps(count: int, phone: Phone) -> list[Call]:
    """New guests answer the event's form; each is sent on to the page with the digits."""
    return [
        Call(
            f"/e/{EVENT}/rsvp",
            says="",
            body=urlencode(
                {
                    "csrf_token": phone.csrf_token,
                    "name": name,
                    "email": f"{uuid4().hex}@example.org",
                    "companions": "0",
                    "listing": "attendees",
                    "ask_me_about": "fermentation",
                }
            ),
        )
        for name in names(count, seed=99)
    ]


def searches(guests: Sequence[Guest]) -> list[Call]:
    """Three letters of somebody's surname, as it is typed at a door."""
    typed = [text.words(guest.name)[-1][:3] for guest in guests]
    return [Call(search_path(letters), says="data-rsvp") for letters in typed]


def search_path(typed: str) -> str:
    return f"/e/{EVENT}/door?{urlencode({'q': typed})}"


def mistyped(guests: Sequence[Guest]) -> list[Query]:
    """Somebody's name with a mistake in it, for a third of the guests."""
    return mistakes.queries([guest.name for guest in guests], len(guests) // 3)


def mistyped_searches(queries: Iterable[Query], count: int) -> list[Call]:
    """Whether the one who was meant is found is for `searching` to say."""
    paths = [search_path(query.typed) for query in queries]
    return [Call(path, says='id="found"') for path in islice(cycle(paths), count)]


def door_pages(count: int) -> list[Call]:
    return [Call(f"/e/{EVENT}/door", says="data-admitted")] * count


def headcounts(count: int) -> list[Call]:
    """A screen's poll, at its dearest: the numbers have changed every time."""
    return [Call(f"/e/{EVENT}/door/headcount?rev=0-0", says="data-admitted")] * count


def _post(path: str, phone: Phone, says: str, **fields: str) -> Call:
    body = {"csrf_token": phone.csrf_token, "scan_id": str(uuid4()), **fields}
    return Call(f"/e/{EVENT}/{path}", says=says, body=urlencode(body))
