"""Guests of every kind on one list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, Community, Event, OutboxMail, Rsvp
from tests.make import Make


def come(make: Make, rsvp: Rsvp, at: datetime | None = None) -> None:
    """Let a guest in."""
    row = {"event_id": rsvp.event_id, "rsvp_id": rsvp.id, "people": 1, "door": "Main", "by": "x"}
    with make.act():
        db.session.add(CheckIn(**row, at=at or clock.now()))


def lose_mail(make: Make, rsvp: Rsvp | None) -> None:
    """Have a mail about a guest refused, or one that is about no row, such as a sign-in code."""
    now, email = clock.now(), "gone@example.org"
    more: dict[str, Any] = {"values": {}, "failed_at": now, "failure": "refused"}
    with make.act():
        db.session.add(
            OutboxMail(
                template="rsvp/mail/answered",
                to_email=email,
                to_key=email,
                language="en",
                about_id=rsvp.id if rsvp else None,
                created_at=now,
                send_after=now,
                **more,
            )
        )


def list_of_every_kind(make: Make, community: Community) -> Event:
    """Ana came before, and now; Beto comes for the first time; Cleo has no address; Dora waits for
    a yes; Ema waits for a place; Fay cancelled; a mail to Gil failed.
    """
    event, now = make.event(community, needs_approval=False), clock.now()
    before = make.event(community, starts_at=now - timedelta(days=30))
    ana, elsewhere = make.person(name="Ana"), make.event(starts_at=now - timedelta(days=3))
    beto = make.person(name="Beto")
    come(make, make.rsvp(before, "Ana", person=ana))
    make.rsvp(before, "Beto", person=beto)  # who did not come
    come(make, make.rsvp(elsewhere, "Beto", person=beto))  # to another community's
    answered = iter(now - timedelta(minutes=number) for number in range(20))
    come(make, make.rsvp(event, "Ana", person=ana, created_at=next(answered)), next(answered))
    make.rsvp(event, "Beto", person=beto, created_at=next(answered))
    come(make, make.rsvp(event, "Cleo", person=None, created_at=next(answered)), now)
    for name, status in (("Dora", "pending"), ("Ema", "waitlisted"), ("Fay", "cancelled")):
        make.rsvp(event, name, status=status, created_at=next(answered))
    lose_mail(make, make.rsvp(event, "Gil", created_at=next(answered)))
    return event
