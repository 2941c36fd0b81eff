"""What the report of a community's events counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.model import CheckIn, Community, Event, KeptFigures, Rsvp
from eventapp.report.figures import Figures
from eventapp.report.queries import TOOK_PLACE, attendances
from eventapp.report.series import Visits


def events_that_were(community: Community, at: datetime) -> Sequence[Event]:
    """Those to which somebody came, the first one first."""
    were = Event.community_id == community.id, Event.ends_at <= at, Event.admitted > 0
    in_order = select(Event).where(*were, *TOOK_PLACE).order_by(Event.starts_at, Event.id)
    return db.session.scalars(in_order).all()


def visits_to(events: Sequence[Event]) -> Visits:
    """To which of these events each guest with an address was let in, by the events' places."""
    places = {event.id: place for place, event in enumerate(events)}
    came = (
        select(Rsvp.person_id, CheckIn.event_id)
        .join(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .where(CheckIn.event_id.in_(places), Rsvp.person_id.is_not(None))
    )
    visits: defaultdict[int, list[int]] = defaultdict(list)
    for person_id, event_id in db.session.execute(came):
        visits[person_id or 0].append(places[event_id])
    return {person: sorted(to) for person, to in visits.items()}


def newcomers_of(events: Sequence[Event], visits: Visits) -> dict[int, int]:
    """How many came to each of these events first, by its id."""
    return Counter(events[to[0]].id for to in visits.values())


def figures_of_each(
    events: Sequence[Event], newcomers: Mapping[int, int], now: datetime
) -> list[Figures]:
    """What the report of each event shows, as far as the worker has looked at it."""
    attendance = attendances(events, newcomers, now)
    kept = select(KeptFigures).where(KeptFigures.event_id.in_([event.id for event in events]))
    told = {each.event_id: each.told for each in db.session.scalars(kept)}
    return [{**told.get(event.id, {}), **attendance[event.id]} for event in events]
