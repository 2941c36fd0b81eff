"""What the report counts: who met whom, and who came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from eventapp.attendees.queries import came
from eventapp.core.db import db
from eventapp.door.guests import people_who_came_before
from eventapp.model import CheckIn, Encounter, Event, KeptFigures, Rsvp, Status
from eventapp.overview.queries import arrivals_by_time
from eventapp.report.figures import FEWEST, Answers, Figures, Guests, counts, to_fives
from eventapp.ui.arrivals_chart import EPOCH, Arrivals, arrivals_in

STEP = timedelta(minutes=15)  # in which enough come to be shown


def answers_at(event: Event) -> Answers:
    """What guests said that stands. What only hosts said, in a merge, is nobody's answer."""
    encounters = db.session.execute(
        select(
            Encounter.noter_id, Encounter.met_id, Encounter.taken_back_at, Encounter.declined_at
        ).where(Encounter.event_id == event.id, Encounter.unsure_since.is_(None))
    ).all()
    return Answers(
        said=frozenset((row.noter_id, row.met_id) for row in encounters if not row.taken_back_at),
        declined=frozenset((row.noter_id, row.met_id) for row in encounters if row.declined_at),
    )


def guests_of(event: Event) -> Guests:
    asked = _ids(event, Rsvp.morning_after_at.is_not(None))
    return Guests(newcomers=_newcomers(event), asked=asked)


def _newcomers(event: Event) -> frozenset[int]:
    before = people_who_came_before(event)
    return _ids(event, came(), Rsvp.person_id.is_not(None), Rsvp.person_id.not_in(before))


def _ids(event: Event, *conditions: ColumnElement[bool]) -> frozenset[int]:
    of_event = select(Rsvp.id).where(Rsvp.event_id == event.id, *conditions)
    return frozenset(db.session.scalars(of_event))


def kept_figures(event: Event) -> KeptFigures | None:
    return db.session.get(KeptFigures, event.id, populate_existing=True)


def attendance(event: Event, now: datetime) -> Figures:
    """How many came, had a place and stayed away, and were left on the waitlist."""
    is_over = event.admitted > 0 and event.ends_at <= now
    return counts(
        came=event.admitted,
        newcomers=len(_newcomers(event)) if event.starts_at <= now else 0,
        no_shows=_no_shows(event) if is_over else 0,
        waitlisted=_waitlisted(event),
    )


def _waitlisted(event: Event) -> int:
    people = select(func.coalesce(func.sum(1 + Rsvp.companions), 0))
    waiting = Rsvp.event_id == event.id, Rsvp.status == Status.WAITLISTED
    return db.session.scalars(people.where(*waiting)).one()


def _no_shows(event: Event) -> int:
    """People who had a place, companions included, and were not checked in."""
    missing = 1 + Rsvp.companions - func.coalesce(CheckIn.people, 0)
    counted = (
        select(func.coalesce(func.sum(missing), 0))
        .outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .where(Rsvp.event_id == event.id, Rsvp.status == Status.GOING, missing > 0)
    )
    return db.session.scalars(counted).one()


def arrivals_at(event: Event, now: datetime) -> Arrivals | None:
    """When people came, in quarters of an hour, of which those with too few are not there."""
    people = in_steps(arrivals_by_time(event))
    return arrivals_in(people, event=event, now=now, finest=STEP) if people else None


def in_steps(people: Mapping[datetime, int]) -> dict[datetime, int]:
    counted: Counter[datetime] = Counter()
    for at, count in people.items():
        counted[at - (at - EPOCH) % STEP] += count
    return {at: to_fives(count) for at, count in counted.items() if count >= FEWEST}
