"""Mails about guests, and mails that did not arrive."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from eventapp.core import clock, delivery
from eventapp.core.db import db
from eventapp.model import Event, OutboxMail, Rsvp
from eventapp.rsvp.actions import notify
from tests.make import Make


def mailed(make: Make, event: Event, name: str, **more: Any) -> Rsvp:
    """A guest who was told that a place came free, at `<name>@example.org`."""
    person = make.person(f"{name.lower()}@example.org", name=name, **more.pop("known", {}))
    guest = make.rsvp(event, name, person=person, **more)
    with make.act():
        notify.promoted(db.session.merge(guest), at=clock.now())
    return guest


def fail(make: Make, name: str, reason: str = "550 No such user") -> OutboxMail:
    """Have a mail server refuse what waits for this guest."""
    return _end(make, name, lambda mail: delivery.mark_refused(mail, clock.now(), reason=reason))


def give_up(make: Make, name: str) -> OutboxMail:
    def not_taken(mail: OutboxMail) -> None:
        mail.attempts = delivery.ATTEMPTS_MAX - 1
        delivery.mark_not_taken(mail, clock.now(), reason="452 Mailbox full")

    return _end(make, name, not_taken)


def _end(make: Make, name: str, end: Any) -> OutboxMail:
    with make.act():
        to_email = f"{name.lower()}@example.org"
        mail = db.session.scalars(select(OutboxMail).filter_by(to_email=to_email)).one()
        mail.leased_until = clock.now()
        db.session.flush()
        end(mail)
    row: OutboxMail = make.row(OutboxMail, id=mail.id)
    return row
