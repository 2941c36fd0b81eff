"""The mails about an event, and their state."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.core.outbox import FAILURES, MailState
from eventapp.guests.messages import messages_in
from eventapp.model import Event, OrganiserMessage, OutboxMail, Rsvp


@dataclass(frozen=True)
class GuestMail:
    """A mail, and the RSVP that it is about."""

    mail: OutboxMail
    rsvp: Rsvp
    message: OrganiserMessage | None = None  # of the hosts, that it brings

    @property
    def has_failed(self) -> bool:
        return self.mail.state in FAILURES

    @property
    def address_may_change(self) -> bool:
        """Whether the RSVP's address is not proven yet."""
        return self.has_failed and not self.rsvp.is_confirmed


def mails_of(
    event: Event,
    *,
    state: str | None = None,
    guest_id: int | None = None,
    limit: int,
    offset: int = 0,
) -> list[GuestMail]:
    """A page of an event's mails, newest first, optionally in one state or about one guest."""
    found = _about(event).order_by(OutboxMail.id.desc()).limit(limit).offset(offset)
    if state:
        found = found.where(OutboxMail.state == state)
    if guest_id is not None:
        found = found.where(Rsvp.id == guest_id)
    rows = db.session.execute(found).all()
    messages = messages_in([mail for mail, _ in rows])
    return [GuestMail(mail, rsvp, messages.get(mail.id)) for mail, rsvp in rows]


def mail_at(event: Event, mail_id: int) -> GuestMail:
    """A mail about this event. Raises NotFound."""
    found = db.session.execute(_about(event).where(OutboxMail.id == mail_id)).first()
    if found is None:
        raise NotFound
    return GuestMail(*found)


def counts_of(event: Event, *, guest_id: int | None = None) -> dict[str, int]:
    """The number of mails by state, zeros included, optionally of those about one guest."""
    state = OutboxMail.state.label("state")
    counted = (
        select(state, func.count())
        .join(Rsvp, Rsvp.id == OutboxMail.about_id)
        .where(Rsvp.event_id == event.id)
        .group_by(state)
    )
    if guest_id is not None:
        counted = counted.where(Rsvp.id == guest_id)
    return dict.fromkeys(MailState, 0) | dict(db.session.execute(counted).all())


def count_failed(event: Event) -> int:
    """How many of an event's mails did not arrive, and can be sent again."""
    counts = counts_of(event)
    return sum(counts[state] for state in FAILURES)


def _about(event: Event) -> Select[OutboxMail, Rsvp]:
    return (
        select(OutboxMail, Rsvp)
        .join(Rsvp, Rsvp.id == OutboxMail.about_id)
        .where(Rsvp.event_id == event.id)
        .options(joinedload(Rsvp.person))
    )
