"""Who may be meant by a name, which letters prove it, and what was answered a moment ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import find_by_name
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.door.event import EventAtDoor
from eventapp.door.heard import result_of_scan
from eventapp.door.log import ScanResult
from eventapp.model import DoorLink, DoorLog, Event, Person, Rsvp

NAMESAKES_MOST = 10  # more are meant by no name: one try must not be a try for everybody
LETTERS_LEAST = 4
ANSWER_STAYS = timedelta(minutes=1)


class Named(NamedTuple):
    rsvp_id: int
    email_key: str


def guests_named(event: EventAtDoor, typed: str) -> Sequence[Named]:
    """Guests with an address in whose name some word begins with each word typed; nobody where
    that could be half of the list.
    """
    found = db.session.execute(
        find_by_name(event.id, typed, limit=NAMESAKES_MOST + 1)
        .join(Person, Person.id == Rsvp.person_id)
        .with_only_columns(Rsvp.id, Person.email_key, Rsvp.name)
    ).all()
    # A door's search may forgive a slip of the finger; a proof does not.
    named = [Named(row.id, row.email_key) for row in found if _is_called(row.name, typed)]
    return named if len(named) <= NAMESAKES_MOST else []


def _is_called(name: str, typed: str) -> bool:
    own = text.words(name)
    return all(any(word.startswith(one) for word in own) for one in text.words(typed))


def is_end_of(email_key: str, typed: str) -> bool:
    """Whether these are the last letters before the @ of this address, or all of it.

    What comes after the @ proves nothing: half of a list shares it. It may be typed along.
    """
    end, _, domain = normal_letters(typed).partition("@")
    own, _, own_domain = email_key.rpartition("@")
    if domain not in ("", own_domain):
        return False
    return own.endswith(end) if len(end) >= LETTERS_LEAST else bool(domain) and end == own


def normal_letters(typed: str) -> str:
    return "".join(typed.split()).casefold()


def proves_something(typed: str) -> bool:
    """Whether these letters may be anybody's proof: enough of them, or a whole address."""
    end, _, domain = normal_letters(typed).partition("@")
    return len(end) >= LETTERS_LEAST or bool(end and domain)


def recent_result(event: EventAtDoor, scan_id: str, at: datetime) -> ScanResult | None:
    """What this scan was answered, for a double tap; None after a minute: whoever goes back to
    that page then is another guest.
    """
    heard_at = db.session.scalar(
        select(DoorLog.heard_at).where(DoorLog.event_id == event.id, DoorLog.scan_id == scan_id)
    )
    is_recent = heard_at is not None and at < heard_at + ANSWER_STAYS
    return result_of_scan(event, scan_id) if is_recent else None


def link_with_id(link_id: int) -> DoorLink:
    """The link by which a kiosk stands there."""
    return db.session.get_one(DoorLink, link_id)


def event_of_poster(secret: str) -> Event:
    """The event on whose poster this code is. Raises NotFound."""
    event = db.session.scalar(
        select(Event).where(Event.poster_secret == secret).options(joinedload(Event.community))
    )
    if event is None:
        raise NotFound
    return event
