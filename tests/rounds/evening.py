"""An evening with rounds, for tests: its guests take part and are in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.model import Event, Round, Rounds, RoundSeat, Rsvp
from eventapp.rounds import actions, queries
from eventapp.rounds.actions import Settings
from tests.make import Make
from tests.met.evening import let_in

TEN_MINUTES = Settings(minutes=10, table_size=4, count=3, pause_minutes=2)


def going_on(make: Make, **more: Any) -> Event:
    """An event that began an hour ago."""
    return make.event(**{"starts_at": clock.now() - timedelta(hours=1), **more})


def announced(make: Make, event: Event, settings: Settings = TEN_MINUTES) -> Rounds:
    with make.act():
        actions.announce(db.session.get_one(Event, event.id), settings, at=clock.now())
    rounds: Rounds = make.row(Rounds, event_id=event.id)
    return rounds


def tick(make: Make, *rsvps: Rsvp) -> None:
    for rsvp in rsvps:
        with make.act():
            actions.take_part(db.session.get_one(Rsvp, rsvp.id), at=clock.now())


def untick(make: Make, *rsvps: Rsvp) -> None:
    for rsvp in rsvps:
        with make.act():
            actions.stop_taking_part(db.session.get_one(Rsvp, rsvp.id))


def there(make: Make, event: Event, *names: str, **more: Any) -> list[Rsvp]:
    """Guests who take part and are in."""
    rsvps = [make.rsvp(event, name, **more) for name in names]
    tick(make, *rsvps)
    let_in(make, *rsvps)
    return rsvps


def start(make: Make, event: Event, *, at: datetime | None = None) -> bool:
    """The next round, as hosts start it. Returns whether it has begun by that."""
    at = at or clock.now()
    with make.app.app_context():
        rounds = queries.rounds_at(db.session.get_one(Event, event.id))
        assert rounds is not None
        number = queries.standing_of(rounds, at).next_number
        plan = actions.plan_next(rounds, number)
        with transaction():
            return actions.start_round(rounds, plan, at=at)


def tables(make: Make, number: int = 1, *, rounds: Rounds | None = None) -> list[set[int]]:
    """The ids at each table of a round; of `rounds`, where there are others."""
    of_event = {"rounds_id": rounds.id} if rounds else {}
    begun = make.row(Round, number=number, **of_event)
    found: dict[int, set[int]] = {}
    for seat in make.rows(RoundSeat, round_id=begun.id):
        found.setdefault(seat.table_number, set()).add(seat.rsvp_id)
    return [found[table] for table in sorted(found)]
