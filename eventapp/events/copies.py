"""A copy of an event: the next evening of the same kind."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from itertools import count

from eventapp.core import zones
from eventapp.events.actions import Plan, schedule_event
from eventapp.events.cover import copy_cover
from eventapp.events.programme import programme_of
from eventapp.events.questions import copy_questions
from eventapp.model import Event


def date_of_copy(event: Event, at: datetime) -> datetime:
    """The first day after `at` and the event's own on which a copy may start: on the same day of
    the week, by the same clock.
    """
    local = zones.wall_clock(event.starts_at, event.tz)
    weeks_past = max(0, (at - event.starts_at) // timedelta(weeks=1))
    for weeks in count(weeks_past + 1):
        try:
            starts_at = zones.instant(local + timedelta(weeks=weeks), event.tz)
        except zones.TimeDoesNotExist:  # the clocks go forward that night
            continue
        if starts_at > at:
            return starts_at
    raise AssertionError


def copy_event(event: Event, *, starts_at: datetime, at: datetime) -> Event:
    """Add a copy of this event that starts at another time, with its cover and its questions, as a
    draft. The private link was for the guests of this one alone.
    """
    plan = {field.name: getattr(event, field.name) for field in fields(Plan)}
    plan |= {
        "starts_at": starts_at,
        "ends_at": starts_at + (event.ends_at - event.starts_at),
        "rsvp_closes_at": None,
        "private_link": "",
        "talks": programme_of(event),
    }
    copy = schedule_event(
        event.community,
        Plan(**plan),
        at=at,
        capacity=event.capacity,
        needs_approval=event.needs_approval,
    )
    copy.tells_of_requests = event.tells_of_requests
    copy_cover(event, copy)
    copy_questions(event, copy)
    return copy
