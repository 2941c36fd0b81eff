"""What the report of a community's events counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.model import Community, Event, KeptFigures
from eventapp.report.attendance import FIRST_TO_LAST, attendances, had_guests
from eventapp.report.figures import Figures


def events_that_were(community: Community, at: datetime) -> Sequence[Event]:
    """Those to which somebody came, the first one first."""
    return db.session.scalars(
        select(Event).where(*had_guests(community.id, at)).order_by(*FIRST_TO_LAST)
    ).all()


def told_of_each(events: Sequence[Event]) -> dict[int, Figures]:
    """What is told of answers, by the ids of the events that the worker has looked at."""
    kept = select(KeptFigures).where(KeptFigures.event_id.in_([event.id for event in events]))
    return {each.event_id: each.told for each in db.session.scalars(kept)}


def figures_of_each(
    events: Sequence[Event],
    visitors: Mapping[int, Mapping[str, int]],
    told: Mapping[int, Figures],
    now: datetime,
) -> list[Figures]:
    """What the report of each event shows, as far as the worker has looked at it."""
    attendance = attendances(events, visitors, now)
    return [{**told.get(event.id, {}), **attendance[event.id]} for event in events]
