"""A community's events, as its organisers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.model import Community, Event


@dataclass(frozen=True)
class Agenda:
    """A community's events, for its organisers."""

    upcoming: list[Event]  # the next one first
    drafts: list[Event]
    past: list[Event]  # the last one first
    called_off: list[Event]  # likewise, whenever they were to be

    @property
    def events(self) -> list[Event]:
        return [*self.upcoming, *self.drafts, *self.past, *self.called_off]


def agenda_of(community: Community, at: datetime) -> Agenda:
    events = db.session.scalars(
        select(Event)
        .where(Event.community_id == community.id, Event.rehearsal_of_id.is_(None))
        .order_by(Event.starts_at.desc(), Event.id)
    ).all()
    public = [event for event in events if event.published_at and not event.called_off_at]
    return Agenda(
        upcoming=[event for event in reversed(public) if event.ends_at > at],
        drafts=[event for event in events if not event.published_at],
        past=[event for event in public if event.ends_at <= at],
        called_off=[event for event in events if event.called_off_at],
    )
