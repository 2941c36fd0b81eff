"""Mail imported guests their ticket, and ask them what an import could not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests import queries
from eventapp.guests.queries import GETS_TICKET
from eventapp.model import Event, NoticeKind, OutboxMail, Rsvp
from eventapp.rsvp.actions import tell_once
from eventapp.rsvp.actions.notify import ticket_values
from eventapp.rsvp.queries import rsvp_mailed

TICKET = "guests/mail/ticket"


class NoTicketNeeded(Refusal):
    code = "event_over"
    message = _l("This event is over or called off: nobody needs a ticket for it.")


def send_tickets(event: Event, *, at: datetime) -> int:
    """Mail each imported guest who comes or waits their ticket or their place in the queue,
    once, and ask who may see them. Returns how many mails go out. Raises NoTicketNeeded.
    """
    if _needs_none(event, at):
        raise NoTicketNeeded
    guests = queries.without_ticket(event)
    for rsvp in guests:
        mail_ticket(rsvp, at=at)
    return len(guests)


def mail_ticket(rsvp: Rsvp, *, at: datetime) -> None:
    """Mail an imported guest who has an address their ticket, once."""
    tell_once(NoticeKind.TICKET, rsvp, TICKET, at=at, values=_values(rsvp))


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """What a ticket mail says if it is sent now; None where nobody needs it any more."""
    rsvp = rsvp_mailed(mail)
    if rsvp is None or rsvp.status not in GETS_TICKET or _needs_none(rsvp.event, at):
        return None
    return _values(rsvp)


def _needs_none(event: Event, at: datetime) -> bool:
    return bool(event.called_off_at) or event.ends_at <= at


def _values(rsvp: Rsvp) -> dict[str, Any]:
    return {**ticket_values(rsvp), "community": rsvp.event.community.name}
