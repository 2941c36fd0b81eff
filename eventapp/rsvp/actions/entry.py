"""Putting a guest on an event's list, whichever way they came: form, import, door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.links import new_short_code
from eventapp.model import Event, NameWord, Person, Rsvp
from eventapp.rsvp import queries


def enter(
    event: Event, name: str, *, status: str, at: datetime, person: Person | None = None, **more: Any
) -> Rsvp:
    """Add an RSVP, with its ticket, its short code and the words its name is found by.

    The caller has taken the seats that a `going` needs. `more` are columns of Rsvp.
    """
    rsvp = Rsvp(
        event=event,
        person=person,
        name=name,
        status=status,
        short_code=_free_short_code(event),
        created_at=at,
        waitlisted_at=at if status == "waitlisted" else None,
        **more,
    )
    db.session.add(rsvp)
    db.session.flush()
    _index_name(rsvp)
    return rsvp


def rename(rsvp: Rsvp, name: str) -> None:
    """Give the guest another name, and have them found by it."""
    if name == rsvp.name:
        return
    rsvp.name = name
    db.session.execute(delete(NameWord).where(NameWord.rsvp_id == rsvp.id))
    _index_name(rsvp)


def _index_name(rsvp: Rsvp) -> None:
    words = sorted(set(text.words(rsvp.name)))
    if words:
        db.session.execute(
            insert(NameWord),
            [{"event_id": rsvp.event_id, "rsvp_id": rsvp.id, "word": word} for word in words],
        )


def _free_short_code(event: Event) -> str:
    while queries.short_code_taken(event, code := new_short_code()):
        pass
    return code
