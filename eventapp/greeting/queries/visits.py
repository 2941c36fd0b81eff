"""How often somebody has been at events of a community before this one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from eventapp.core.db import db
from eventapp.door.guests import is_new, people_who_came_before
from eventapp.model import Event, Rsvp


def is_new_here(rsvp: Rsvp) -> bool:
    """Whether it is the first time that this guest comes, as far as anybody can tell."""
    event = rsvp.event
    new = select(is_new(event.community_id, event.starts_at)).where(Rsvp.id == rsvp.id)
    return bool(db.session.scalar(new))


def visits_of(event: Event, person_ids: Collection[int] | None = None) -> Mapping[int, int]:
    """By person: at how many earlier events they were checked in; of these people, or of all."""
    came = people_who_came_before(event).add_columns(func.count()).group_by(Rsvp.person_id)
    if person_ids is not None:
        came = came.where(Rsvp.person_id.in_(person_ids))
    rows: Any = db.session.execute(came)
    return dict(rows.all())
