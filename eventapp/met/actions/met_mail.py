"""End the mails about people somebody met, all of them, and begin them again."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.links import absolute
from eventapp.model import Person, Rsvp


def end_met_mail(person: Person, *, at: datetime) -> None:
    """Idempotent: it keeps the time since when."""
    person.met_mail_ended_at = person.met_mail_ended_at or at


def resume_met_mail(person: Person) -> None:
    """Idempotent. What was not mailed meanwhile stays so."""
    person.met_mail_ended_at = None


def end_of_mail(rsvp: Rsvp) -> dict[str, str]:
    """Values for a mail to a guest: the address that ends its like."""
    return {"unsubscribe_url": absolute("met.mail_page", key=rsvp.key)}
