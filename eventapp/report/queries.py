"""What the report counts: who met whom, and when people came. Who came: `attendance.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import came
from eventapp.core.db import db
from eventapp.core.due import AT_ONCE
from eventapp.door.guests import people_who_came_before
from eventapp.model import (
    Encounter,
    Event,
    Introduction,
    IntroductionSide,
    KeptFigures,
    Rsvp,
)
from eventapp.overview.queries import arrivals_by_time
from eventapp.report.figures import (
    FEWEST,
    Answers,
    Guests,
    Introduced,
    to_fives,
)
from eventapp.report.network import Group, kept_groups
from eventapp.ui.arrivals_chart import EPOCH, Arrivals, arrivals_in

STEP = timedelta(minutes=15)  # in which enough come to be shown
HEARD_OF = timedelta(days=1)  # at the latest, even if the worker was down for some hours
INTRODUCED_WITHIN = timedelta(days=92)  # after the event, to be in its report
TOOK_PLACE = (
    Event.published_at.is_not(None),
    Event.called_off_at.is_(None),
    Event.rehearsal_of_id.is_(None),
)


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


def introduced_at(event: Event) -> list[Introduced]:
    """Guests known from this event whom an introduction joined to another, known from any."""
    sides = (
        select(IntroductionSide)
        .join(IntroductionSide.introduction)
        .where(IntroductionSide.event_id == event.id, Introduction.joined_at.is_not(None))
        .order_by(IntroductionSide.id)
    )
    return [
        Introduced(side.person_id, side.introduction_id, side.came_of_it)
        for side in db.session.scalars(sides)
    ]


def guests_of(event: Event) -> Guests:
    asked = _ids(event, Rsvp.morning_after_at.is_not(None))
    return Guests(newcomers=newcomers_at(event), asked=asked)


def newcomers_at(event: Event) -> frozenset[int]:
    before = people_who_came_before(event)
    return _ids(event, came(), Rsvp.person_id.is_not(None), Rsvp.person_id.not_in(before))


def _ids(event: Event, *conditions: ColumnElement[bool]) -> frozenset[int]:
    of_event = select(Rsvp.id).where(Rsvp.event_id == event.id, *conditions)
    return frozenset(db.session.scalars(of_event))


def kept_figures(event: Event) -> KeptFigures | None:
    return db.session.get(KeptFigures, event.id, populate_existing=True)


def groups_of(event: Event) -> list[Group]:
    """Of the network of its guests, as it is kept."""
    kept = kept_figures(event)
    return kept_groups(kept.network) if kept else []


def answers_kept_until(event: Event) -> datetime:
    """When its community begins to delete what its guests said."""
    return event.ends_at + relativedelta(months=event.community.keep_months)


def last_answer_at(event: Event) -> datetime:
    """When nothing is said any more of whom guests met, and the worker has heard of all of it."""
    return min(event.met_closes_at + HEARD_OF, answers_kept_until(event))


def last_introduction_at(event: Event) -> datetime:
    """When what becomes of introductions changes its report no more: before any are deleted."""
    kept = relativedelta(months=event.community.months_of_introductions)
    return min(event.ends_at + INTRODUCED_WITHIN, event.ends_at + kept, answers_kept_until(event))


def events_to_keep(at: datetime) -> Sequence[int]:
    """The ids of events whose figures may change, as guests say whom they met or are introduced to
    each other, or were never looked at.
    """
    never = select(KeptFigures.event_id).where(KeptFigures.event_id == Event.id)
    longest = db.session.scalars(select(func.max(Event.met_closes_days_after))).one() or 0
    may_change = Event.ends_at > at - max(timedelta(days=longest) + HEARD_OF, INTRODUCED_WITHIN)
    found = (
        select(Event, ~never.exists())
        .where(*TOOK_PLACE, Event.starts_at <= at, or_(may_change, ~never.exists()))
        .options(joinedload(Event.community))
    )
    rows = db.session.execute(found).all()
    to_keep = [event.id for event, is_new in rows if is_new or at < _last_change_at(event)]
    return to_keep[:AT_ONCE]


def _last_change_at(event: Event) -> datetime:
    return max(last_answer_at(event), last_introduction_at(event))


def arrivals_at(event: Event, now: datetime) -> Arrivals | None:
    """When people came, in quarters of an hour, of which those with too few are not there. It ends
    no earlier than the event: where it ended with the last of those, it would tell of the others.
    """
    people = by_quarter_hour(arrivals_by_time(event))
    if not people:
        return None
    until = event.ends_at - timedelta(seconds=1)
    return arrivals_in(people, event=event, now=now, finest=STEP, until=until)


def by_quarter_hour(people: Mapping[datetime, int]) -> dict[datetime, int]:
    counted: Counter[datetime] = Counter()
    for at, count in people.items():
        counted[at - (at - EPOCH) % STEP] += count
    return {at: to_fives(count) for at, count in counted.items() if count >= FEWEST}
