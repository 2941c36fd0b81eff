"""Rows for pages that grow: many events, a long list, an evening whose guests met, contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, text

from eventapp.account.actions import start_session
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.links import new_secret
from eventapp.model import (
    CARD_FIELDS,
    Card,
    CardShare,
    CheckIn,
    Community,
    Encounter,
    Event,
    Person,
    Rsvp,
)

BIG, LAST_NIGHT = "big", "last-night"
EVENINGS = 20  # at which somebody met all their contacts
PORTION = 5_000
LISTINGS = ("everyone", "attendees", "nobody")


@dataclass(frozen=True)
class Grown:
    """The secrets of the sessions of those who look."""

    guest: str  # on the long list
    noter: str  # of last night, who met a part of those who came
    collector: str  # of contacts


def grow(attendees: int, events: int, there: int, met: int) -> Grown:
    with transaction():
        db.session.add(
            Community(
                id=1,
                slug="bench",
                name="Bench",
                data_controller="Bench",
                contact_email="bench@example.org",
                created_at=clock.now(),
            )
        )
    with transaction():
        grown = Grown(_long_list(attendees, events), _last_night(there, met), _contacts(met))
    with transaction():
        db.session.execute(text("ANALYZE"))
    return grown


def _long_list(attendees: int, events: int) -> str:
    soon = clock.now() + timedelta(hours=5)
    slugs = [BIG, *(f"event-{number}" for number in range(1, events))]
    event_id = add_events({slug: soon + timedelta(hours=n) for n, slug in enumerate(slugs)})[0]
    person_id = add_people("guest", 1)[0]
    for first in range(0, attendees, PORTION):
        numbers = range(first, min(first + PORTION, attendees))
        owners = [person_id if number == attendees // 2 else None for number in numbers]
        add_rsvps(event_id, owners, first)
    return open_session(person_id)


def _last_night(there: int, met: int) -> str:
    """Everybody came and may be seen; of those met, one in three says so too, and a hundred more
    say so unanswered.
    """
    event_id = add_events({LAST_NIGHT: clock.now() - timedelta(hours=15)})[0]
    person_id = add_people("noter", 1)[0]
    own, *others = add_rsvps(event_id, [person_id, *[None] * there], listing="attendees")
    came = {"event_id": event_id, "people": 1, "at": clock.now(), "door": "d", "by": "b"}
    db.session.execute(insert(CheckIn), [{**came, "rsvp_id": id_} for id_ in [own, *others]])
    add_encounters(event_id, [(own, other) for other in others[:met]])
    add_encounters(
        event_id, [(other, own) for other in [*others[:met:3], *others[met : met + 100]]]
    )
    return open_session(person_id)


def _contacts(met: int) -> str:
    """Seven in eight say so too, and share a whole card."""
    before = {f"evening-{n}": clock.now() - timedelta(days=1 + n) for n in range(EVENINGS)}
    events, (collector, *people) = add_events(before), add_people("contact", met + 1)
    for number, event_id in enumerate(events):
        own, *others = add_rsvps(event_id, [collector, *people[number::EVENINGS]])
        add_encounters(event_id, [(own, other) for other in others], "Knows Rust, likes stout")
        add_encounters(event_id, [(other, own) for n, other in enumerate(others) if n % 8])
    _cards(people)
    return open_session(collector)


def add_events(starts: dict[str, datetime], *, community_id: int = 1) -> Sequence[int]:
    rows = [
        {
            "community_id": community_id,
            "slug": slug,
            "title": f"An evening with data: {slug}",
            "place": "Bar Central",
            "tz": "Europe/Madrid",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=3),
            "created_at": clock.now(),
            "published_at": clock.now(),
        }
        for slug, starts_at in starts.items()
    ]
    return _inserted(Event, rows)


def add_people(kind: str, number: int) -> Sequence[int]:
    now, addresses = clock.now(), [f"{kind}{one}@example.org" for one in range(number)]
    who = {"name": "Ana Núñez", "language": "en", "created_at": now, "verified_at": now}
    rows = [{**who, "email": address, "email_key": address} for address in addresses]
    return _inserted(Person, rows)


def add_rsvps(
    event_id: int, owners: Sequence[int | None], first: int = 0, *, listing: str | None = None
) -> Sequence[int]:
    now = clock.now()
    rows = [
        {
            "event_id": event_id,
            "person_id": owner,
            "name": f"Ana Núñez {number}",
            "name_key": f"ana nunez {number}",
            "status": "going",
            "listing": listing or LISTINGS[number % 3],
            "ask_me_about": "pricing and something else",
            "key": new_secret(),
            "ticket": new_secret(),
            "badge": new_secret(),
            "short_code": f"{number:06d}",
            "language": "en",
            "created_at": now,
            "confirmed_at": now,
        }
        for number, owner in enumerate(owners, first)
    ]
    return _inserted(Rsvp, rows)


def add_encounters(event_id: int, pairs: Sequence[tuple[int, int]], note: str = "") -> None:
    said = {"event_id": event_id, "noted_at": clock.now(), "note": note}
    rows: list[dict[str, Any]] = [
        {
            **said,
            "noter_id": noter,
            "met_id": met,
            "tags": ["rust", f"tag {number % 30}"] if note else [],
            "follow_up_on": date(2026, 1, 1) if note and number % 9 == 0 else None,
        }
        for number, (noter, met) in enumerate(pairs)
    ]
    db.session.execute(insert(Encounter), rows)


def _cards(people: Sequence[int]) -> None:
    now = clock.now()
    cards = [
        {
            "person_id": person_id,
            "phone": f"+346{person_id:08d}",
            "company": "Acme",
            "role": "Analyst",
            "linkedin": f"https://www.linkedin.com/in/ana{person_id}",
            "web": "",
            "about": "Bees, compilers",
            "changed_at": now,
        }
        for person_id in people
    ]
    db.session.execute(insert(Card), cards)
    shares = [
        {"person_id": person_id, "field": field, "since": now}
        for person_id in people
        for field in CARD_FIELDS
    ]
    db.session.execute(insert(CardShare), shares)


def _inserted(model: Any, rows: list[dict[str, Any]]) -> Sequence[int]:
    """Their ids, in the order of the rows."""
    adding = insert(model).returning(model.id, sort_by_parameter_order=True)
    return db.session.scalars(adding, rows).all()


def open_session(person_id: int) -> str:
    person = db.session.scalars(select(Person).where(Person.id == person_id)).one()
    return start_session(person, user_agent="", at=clock.now())
