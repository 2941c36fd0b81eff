"""Hosts take questions from the floor at an event, and stop taking them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.floor.queries import floor_at, votes_there
from eventapp.model import Event, Floor, FloorQuestion


class EventOver(Refusal):
    code = "event_over"
    message = _l("This event is over or called off, so nobody can ask anything there.")


def open_floor(event: Event, *, hosts_first: bool, at: datetime) -> bool:
    """Take questions, or change how. Once hosts don't look at them first any more, those that wait
    are shown. Returns whether that changed anything. Raises EventOver.
    """
    lock(event)
    floor = floor_at(event)
    if floor is None:
        floor = Floor(event_id=event.id, event=event, hosts_first=hosts_first, opened_at=at)
        _refuse_late(floor, at)
        db.session.add(floor)
        return True
    _refuse_late(floor, at)
    lock(floor)
    if floor.hosts_first == hosts_first and floor.closed_at is None:
        return False
    if floor.closed_at:
        floor.closed_at, floor.wall = None, new_secret()  # an address of before shows nothing new
        _set_counted(event.id, None)
    floor.hosts_first = hosts_first
    if not hosts_first:
        _show_those_that_wait(event, at)
    return True


def _refuse_late(floor: Floor, at: datetime) -> None:
    if floor.event.called_off_at or at >= floor.asked_until:
        raise EventOver


def _show_those_that_wait(event: Event, at: datetime) -> None:
    waits = FloorQuestion.shown_at.is_(None), FloorQuestion.hidden_at.is_(None)
    of_event = update(FloorQuestion).where(FloorQuestion.event_id == event.id, *waits)
    db.session.execute(of_event.values(shown_at=at))


def close_floor(floor: Floor, *, at: datetime) -> bool:
    """Take no more questions and votes. What is shown stays, and how many voted for it: whoever
    takes their vote back from then on, or goes, stays counted, and isn't known. Returns whether
    they were taken.
    """
    lock(floor)
    if floor.closed_at:
        return False
    floor.closed_at = at
    _set_counted(floor.event_id, votes_there)
    return True


def _set_counted(event_id: int, counted: Any) -> None:
    of_event = update(FloorQuestion).where(FloorQuestion.event_id == event_id)
    db.session.execute(of_event.values(counted=counted))


def put_on_wall(floor: Floor, talk_id: int | None) -> bool:
    """Have the wall show what is asked about this talk of the event; None: about the one that is on
    by the programme. Returns whether that is new.
    """
    lock(floor)
    is_new = floor.talk_id != talk_id
    floor.talk_id = talk_id
    return is_new
