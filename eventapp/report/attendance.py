"""Who came, stayed away or waited, and who of them keeps coming: no secret from organisers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from eventapp.core.db import db
from eventapp.model import CheckIn, Event, Rsvp, Status
from eventapp.report.figures import Figures, counts
from eventapp.report.queries import TOOK_PLACE, newcomers_at
from eventapp.report.series import Visits, visitors_of_each


def attendance(event: Event, now: datetime) -> Figures:
    """How many came, who of them were new or keep coming, had a place and stayed away, got theirs
    from the waitlist, and were left on it.
    """
    newcomers = len(newcomers_at(event)) if event.starts_at <= now else 0
    visitors = {**_visitors_of(event, now), "newcomers": newcomers}
    return attendances([event], {event.id: visitors}, now)[event.id]


def attendances(
    events: Sequence[Event], visitors: Mapping[int, Mapping[str, int]], now: datetime
) -> dict[int, Figures]:
    """The same of several events, by their ids, of which the visitors are counted."""
    people, missing = 1 + Rsvp.companions, 1 + Rsvp.companions - func.coalesce(CheckIn.people, 0)
    ids = [event.id for event in events]
    promoted = _sums(people, ids, Rsvp.status == Status.GOING, Rsvp.from_waitlist.is_(True))
    waiting = _sums(people, ids, Rsvp.status == Status.WAITLISTED)
    over = [event.id for event in events if event.admitted and event.ends_at <= now]
    no_shows = _sums(missing, over, Rsvp.status == Status.GOING, missing > 0)
    return {
        event.id: counts(
            came=event.admitted,
            **visitors.get(event.id, {}),
            no_shows=no_shows[event.id],
            promoted=promoted[event.id],
            waitlisted=waiting[event.id],
        )
        for event in events
    }


def visits_to(event_ids: Sequence[int], *, of: Event | None = None) -> Visits:
    """To which of these events each guest with an address was let in, by the events' places; or
    only each who was let in at one.
    """
    places = {event_id: place for place, event_id in enumerate(event_ids)}
    came = (
        select(Rsvp.person_id, CheckIn.event_id)
        .join(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .where(CheckIn.event_id.in_(places), Rsvp.person_id.is_not(None))
    )
    if of:
        there = select(Rsvp.person_id).join(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        came = came.where(Rsvp.person_id.in_(there.where(CheckIn.event_id == of.id)))
    visits: defaultdict[int, list[int]] = defaultdict(list)
    for person_id, event_id in db.session.execute(came):
        visits[person_id or 0].append(places[event_id])
    return {person: sorted(to) for person, to in visits.items()}


def had_guests(community_id: int, at: datetime) -> Sequence[ColumnElement[bool]]:
    """What holds of the events to which somebody came."""
    return Event.community_id == community_id, Event.ends_at <= at, Event.admitted > 0, *TOOK_PLACE


FIRST_TO_LAST = Event.starts_at, Event.id


def _visitors_of(event: Event, now: datetime) -> Mapping[str, int]:
    found = select(Event.id).where(*had_guests(event.community_id, now)).order_by(*FIRST_TO_LAST)
    event_ids = db.session.scalars(found).all()
    if event.id not in event_ids:
        return {}
    return visitors_of_each(visits_to(event_ids, of=event), len(event_ids))[
        event_ids.index(event.id)
    ]


def _sums(
    people: ColumnElement[int], event_ids: Sequence[int], *conditions: ColumnElement[bool]
) -> Counter[int]:
    """How many people of such parties each event has, companions included."""
    counted = (
        select(Rsvp.event_id, func.sum(people))
        .outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .where(Rsvp.event_id.in_(event_ids), *conditions)
        .group_by(Rsvp.event_id)
    )
    return Counter({row[0]: row[1] for row in db.session.execute(counted)})
