"""Mail imported guests their ticket, and ask them what an import could not."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.outbox import queue
from eventapp.guests import queries
from eventapp.model import Event
from eventapp.rsvp.actions.notify import ticket_values


class NoTicketNeeded(Refusal):
    code = "event_over"
    message = _l("This event is over or called off: nobody needs a ticket for it.")


def send_tickets(event: Event, *, at: datetime) -> int:
    """Mail each imported guest who comes or waits their ticket or their place in the queue,
    once, and ask who may see them. Returns how many mails go out. Raises NoTicketNeeded.
    """
    if event.called_off_at or event.ends_at <= at:
        raise NoTicketNeeded
    guests = queries.without_ticket(event)
    for rsvp in guests:
        assert rsvp.person is not None  # noqa: S101  the query says so
        queue(
            "guests/mail/ticket",
            to=rsvp.person.email,
            language=rsvp.language,
            at=at,
            values={**ticket_values(rsvp), "community": event.community.name},
            once=queries.ticket_fact(rsvp),
        )
    return len(guests)
