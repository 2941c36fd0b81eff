"""Who met whom, for tests: Ana is the one who looks, the others are whom she met."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from eventapp.contacts import actions
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Encounter, Event, Person, Rsvp
from tests.make import Make

CARD = {
    "phone": "+34600000001",
    "company": "Acme",
    "role": "Analyst",
    "linkedin": "https://www.linkedin.com/in/bea",
    "web": "https://bea.example.org",
    "about": "Bees and compilers",
}
EVERYTHING = ("email", *CARD)


def noted(make: Make, noter: Rsvp, met: Rsvp, **more: Any) -> Encounter:
    """One says that they met the other."""
    row = Encounter(
        event_id=noter.event_id,
        noter_id=noter.id,
        met_id=met.id,
        **{"noted_at": clock.now(), **more},
    )
    with make.act():
        db.session.add(row)
    return row


def met(make: Make, one: Rsvp, other: Rsvp, **more: Any) -> None:
    """Both say that they met; `more` is the note of the first."""
    noted(make, one, other, **more)
    noted(make, other, one)


def card(
    make: Make,
    person: Person,
    *,
    shared: Collection[str] = EVERYTHING,
    at: datetime | None = None,
    **more: str,
) -> None:
    """A filled in card, with these fields ticked."""
    with make.act():
        there = db.session.get_one(Person, person.id)
        actions.keep_card(there, {**CARD, **more}, shared=shared, at=at or clock.now())


def guests(make: Make, event: Event, *names: str) -> list[Rsvp]:
    return [make.rsvp(event, name) for name in names]
