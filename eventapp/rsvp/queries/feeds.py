"""The calendar of a person's own events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, found
from eventapp.events.queries import FEED_PAST
from eventapp.model import Person, PersonalFeed, Rsvp, Status
from eventapp.rsvp.queries.rsvps import rsvps_of


def rsvps_of_feed(person: Person, at: datetime) -> list[Rsvp]:
    """Those that the person's calendar shows: the places they have, may want or had."""
    shown, since = (Status.GOING, Status.MAYBE, Status.CANCELLED), at - FEED_PAST
    rsvps = [one for one in rsvps_of(person) if one.status in shown and one.event.published_at]
    return [one for one in reversed(rsvps) if one.event.ends_at > since]


def personal_feed_of(person: Person) -> PersonalFeed | None:
    """Their feed of their own events, as it is now."""
    own = select(PersonalFeed).where(PersonalFeed.person_id == person.id)
    return db.session.scalar(own.execution_options(populate_existing=True))


def personal_feed_by_key(key: str) -> PersonalFeed:
    """The feed with this secret. Raises NotFound."""
    by_key = select(PersonalFeed).where(PersonalFeed.key == key)
    return found(by_key.options(joinedload(PersonalFeed.person)))
