"""Reads: what somebody wrote themselves. What they read of others, `attendees.queries` says."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, found
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.met.queries import Attendee
from eventapp.model import Audience, Impression, Person

# Who may read an impression, in words, the usual one first.
AUDIENCES = {
    Audience.ATTENDEES: _l("Everybody who was there"),
    Audience.EVERYONE: _l("Everyone, also those who weren't there"),
    Audience.HOSTS: _l("Only the hosts"),
}


def own_impressions(guest: Attendee) -> Sequence[Impression]:
    """What this guest wrote of the event, the newest first."""
    return db.session.scalars(_own(guest).order_by(Impression.id.desc())).all()


def own_impression(guest: Attendee, impression_id: int) -> Impression:
    """One of these. Raises NotFound."""
    return found(_own(guest).where(Impression.id == impression_id))


def impressions_of(person: Person) -> Sequence[Impression]:
    """What this person wrote, of all events, the newest first."""
    return db.session.scalars(
        select(Impression)
        .where(Impression.person_id == person.id)
        .options(joinedload(Impression.event))
        .order_by(Impression.id.desc())
    ).all()


def _own(guest: Attendee) -> Select[Impression]:
    of_event = Impression.event_id == guest.event.id
    return select(Impression).where(Impression.person_id == guest.person.id, of_event)
