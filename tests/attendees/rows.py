"""Rows within one transaction, for properties that try many evenings and keep none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from eventapp.core.db import db
from eventapp.model import Community, Event, Person
from tests.properties import HealthCheck, settings

NOW = datetime(2026, 12, 1, 20, tzinfo=UTC)
on_a_database = settings(
    max_examples=40,  # on each of two
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def community() -> Community:
    row = Community(
        slug="c", name="C", data_controller="x", contact_email="x", language="en", created_at=NOW
    )
    db.session.add(row)
    return row


def event(of: Community, slug: str) -> Event:
    ends_at = NOW + timedelta(hours=3)
    row = Event(
        community=of,
        slug=slug,
        title=slug,
        starts_at=NOW,
        ends_at=ends_at,
        tz="UTC",
        created_at=NOW,
    )
    db.session.add(row)
    db.session.flush()
    return row


def person(number: int, *, verified: bool = True) -> Person:
    email = f"p{number}@example.org"
    row = Person(
        email=email,
        email_key=email,
        name=f"P{number}",
        language="en",
        created_at=NOW,
        verified_at=NOW if verified else None,
    )
    db.session.add(row)
    return row
