"""The worker leads guests to each other from shortly before the reminder, two hours before an
event, until its end: who comes later, or withdraws meanwhile, changes the plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, or_, select, tuple_

from eventapp.attendees.queries import ticked
from eventapp.core.db import db, execute
from eventapp.core.due import Due
from eventapp.core.index_hints import by_index
from eventapp.core.insert import insert_missing
from eventapp.greeting import queries
from eventapp.greeting.plan import Led, plan_suggestions
from eventapp.model import Event, Rsvp, Status, Suggestion, SuggestionPlan

BEFORE = timedelta(hours=2, minutes=10)  # so that all is written when the reminders go out
LASTS_MOST = timedelta(days=3)  # an event that lasts longer is planned on its first days alone
IN_ONE_GO = 15  # guests: a few ms of CPU, so that a busy machine has them done in 50 ms too

# Built once: building it costs more than running it.
_EVENTS = by_index(select(Event.id), Event, "ix_event_starts_at").where(
    Event.starts_at > bindparam("from_"),
    Event.starts_at <= bindparam("by"),
    Event.ends_at > bindparam("at"),
    Event.published_at.is_not(None),
    Event.called_off_at.is_(None),
    Event.rehearsal_of_id.is_(None),
    or_(
        exists().where(Rsvp.event_id == Event.id, Rsvp.status == Status.GOING, ticked()),
        exists().where(SuggestionPlan.event_id == Event.id, SuggestionPlan.made_from != ""),
    ),
)


@dataclass(frozen=True)
class _Step:
    """What changes for one guest, or that an event is done."""

    event_id: int
    rsvp_id: int | None = None
    gone: Collection[Led] = ()
    new: Collection[Led] = ()
    made_from: str | None = None


class _Planner:
    """Plans in `find`, which holds no lock meanwhile, and writes the steps in `do`, a few guests at
    a time. The steps are in memory: whoever dies plans anew.
    """

    def __init__(self) -> None:
        self._steps: list[_Step] = []
        self._written = 0  # of the steps; dropped later, as a transaction may run again

    def find(self, at: datetime) -> Sequence[int]:
        """The places of the next steps."""
        self._steps, self._written = self._steps[self._written :], 0
        if not self._steps:
            for event in _events(at):
                self._steps = _steps(event)
                if self._steps:
                    break
        return range(min(IN_ONE_GO, len(self._steps)))

    def do(self, places: Sequence[int], at: datetime) -> int:
        _write([self._steps[place] for place in places], at)
        self._written = max(places) + 1
        return len(places)


def _events(at: datetime) -> Iterable[Event]:
    return (db.session.get_one(Event, id_) for id_ in events_near(at, before=BEFORE))


def events_near(at: datetime, *, before: timedelta) -> Sequence[int]:
    """The ids of events that begin within this time, or are on, and at which anybody is led to
    anybody.
    """
    soon = {"from_": at - LASTS_MOST, "by": at + before, "at": at}
    return execute(_EVENTS, soon).scalars().all()


def _steps(event: Event) -> list[_Step]:
    """What is to be written so that an event's suggestions are current; nothing if they are."""
    there, made_from = db.session.get(SuggestionPlan, event.id), queries.made_from(event)
    if made_from == (there.made_from if there else ""):
        return []
    stands = set(queries.stands(event))
    found = plan_suggestions(
        queries.planned(event),
        apart=queries.both_apart(event),
        met=queries.pairs_met(event),
        given=stands,
    )
    gone, new = _by_guest(stands - {*found}), _by_guest(led for led in found if led not in stands)
    steps = [_Step(event.id, id_, gone[id_], new[id_]) for id_ in sorted({*gone, *new})]
    return [*steps, _Step(event.id, made_from=made_from)]


def _by_guest(all_led: Iterable[Led]) -> defaultdict[int, list[Led]]:
    by_guest = defaultdict(list)
    for led in all_led:
        by_guest[led.to].append(led)
    return by_guest


def _write(steps: Sequence[_Step], at: datetime) -> None:
    gone = [led for step in steps for led in step.gone]
    if gone:
        pairs = tuple_(Suggestion.rsvp_id, Suggestion.whom_id)
        db.session.execute(delete(Suggestion).where(pairs.in_([led[:2] for led in gone])))
    new = [(step.event_id, led) for step in steps for led in step.new]
    known = _still_there({id_ for _, led in new for id_ in led[:2]})
    rows = [
        {
            "event_id": event_id,
            "rsvp_id": led.to,
            "whom_id": led.whom,
            "as_host": led.as_host,
            "made_at": at,
        }
        for event_id, led in new
        if known.issuperset(led[:2])
    ]
    insert_missing(Suggestion, rows)
    for step in steps:
        if step.made_from is not None:
            db.session.merge(
                SuggestionPlan(event_id=step.event_id, made_from=step.made_from, made_at=at)
            )


def _still_there(rsvp_ids: Collection[int]) -> set[int]:
    return set(db.session.scalars(select(Rsvp.id).where(Rsvp.id.in_(rsvp_ids))))


def plan_now(event: Event, *, at: datetime) -> None:
    """Bring an event's suggestions up to date in this transaction."""
    _write(_steps(event), at)


_planner = _Planner()
plan_due_suggestions = Due("suggestions of people to meet", _planner.find, _planner.do)
