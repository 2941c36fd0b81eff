"""The worker mails the tickets that hosts asked for: those of a long list take minutes, in which
nobody is to wait for a lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from eventapp.core.db import db, execute, lock
from eventapp.core.due import AT_ONCE, Due
from eventapp.guests.tickets import NoTicketNeeded, next_without_ticket, send_tickets
from eventapp.model import Event

# Built once: the worker asks every two seconds.
_ASKED = (
    select(Event.id)
    .where(Event.tickets_asked_at.is_not(None))
    .where(Event.id.not_in(bindparam("failed", expanding=True)))
    .order_by(Event.tickets_asked_at)
    .limit(1)
)


class _Sender:
    """Mails those of one event in a round, at most AT_ONCE. One that fails comes after the others.
    If the worker is stopped halfway, who was mailed has a notice of it, and the others come next.
    """

    def __init__(self) -> None:
        self._event_id = 0
        self._failed: set[int] = set()

    def find(self, at: datetime) -> Sequence[int]:
        """The RSVPs that come next; one that is none where nothing is left but to say so."""
        event_id = execute(_ASKED, {"failed": sorted(self._failed)}).scalar()
        if event_id is None:
            self._failed.clear()
            return []
        self._event_id = event_id
        return next_without_ticket(db.session.get_one(Event, event_id), AT_ONCE) or [0]

    def do(self, rsvp_ids: Sequence[int], at: datetime) -> int:
        self._failed.add(self._event_id)
        event = db.session.get(Event, self._event_id)
        done = self._send(event, rsvp_ids, at) if event else 0
        self._failed.discard(self._event_id)
        return done

    def _send(self, event: Event, rsvp_ids: Sequence[int], at: datetime) -> int:
        lock(event)
        try:
            if rsvp_ids[0]:
                return send_tickets(event, at=at, to=rsvp_ids)
        except NoTicketNeeded:  # it was called off meanwhile, or is over
            pass
        event.tickets_asked_at = None
        return 1


_sender = _Sender()
send_asked_tickets = Due("tickets to be mailed", _sender.find, _sender.do)
