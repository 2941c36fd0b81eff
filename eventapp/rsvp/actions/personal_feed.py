"""A person's feed of their own events: its secret address is made, renewed and ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from eventapp.core.db import db
from eventapp.core.insert import insert_once
from eventapp.core.links import new_secret
from eventapp.model import Person, PersonalFeed


def make_personal_feed(person: Person, *, at: datetime) -> None:
    """Give the person's feed a new secret address. The one before leads nowhere any more."""
    end_personal_feed(person)
    insert_once(PersonalFeed, {"person_id": person.id, "key": new_secret(), "since": at})


def end_personal_feed(person: Person) -> None:
    """End the person's feed. Idempotent."""
    db.session.execute(delete(PersonalFeed).where(PersonalFeed.person_id == person.id))
