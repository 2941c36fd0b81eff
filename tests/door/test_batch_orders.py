"""Whatever order three phones are heard in, and however often: nothing is lost or doubled."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, DoorLog, Event, Rsvp
from tests.door.batches import entry, send_entries
from tests.door.helpers import at_door

PHONES, GUESTS = 3, 4
ACTS = st.tuples(
    st.sampled_from(["scan", "scan", "check_in", "walk_in"]), st.integers(0, GUESTS - 1)
)
QUEUES = st.lists(st.lists(ACTS, max_size=6), min_size=PHONES, max_size=PHONES)
# Which phone sends, and how much of its queue from the start: an answer that was lost on the way
# is the same acts once more.
DELIVERIES = st.lists(st.tuples(st.integers(0, PHONES - 1), st.integers(1, 6)), max_size=8)


def written(acts: list[tuple[str, int]], guests: list[Rsvp], minute: int) -> list[dict[str, Any]]:
    """A phone's queue: one act a minute, the last of them a while ago."""
    began = clock.now() - timedelta(hours=1, minutes=minute)
    entries = []
    for number, (verb, guest) in enumerate(acts):
        meant = {
            "scan": {"code": guests[guest].ticket},
            "check_in": {"rsvp_id": guests[guest].id},
            "walk_in": {"name": f"Walker {minute} {number}"},
        }[verb]
        happened = began + timedelta(minutes=3 * number)
        entries.append(entry(verb, happened_at=happened.isoformat(), **meant))
    return entries


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(queues=QUEUES, deliveries=DELIVERIES)
def test_every_act_is_in_the_log_once_and_every_guest_in_once(
    app, make, browser, queues, deliveries
):
    event = make.event()
    guests = [make.rsvp(event, f"Guest {n}", person=None, companions=n) for n in range(GUESTS)]
    doors = [at_door(make, browser(), event, f"Door {n}") for n in range(PHONES)]
    entries = [written(acts, guests, minute) for minute, acts in enumerate(queues)]
    answers: dict[str, Any] = {}
    for phone, most in [*deliveries, *((phone, 50) for phone in range(PHONES))]:
        for answer in send_entries(doors[phone], event, *entries[phone][:most]):
            assert answers.setdefault(answer["scan_id"], answer) == answer
    sent = [one for queue in entries for one in queue]
    with app.app_context():
        logged = db.session.scalars(select(DoorLog).where(DoorLog.event_id == event.id)).all()
        there = db.session.scalars(select(CheckIn).where(CheckIn.event_id == event.id)).all()
        seats = select(func.sum(1 + Rsvp.companions)).where(Rsvp.event_id == event.id)
        counted = db.session.get_one(Event, event.id)
        assert counted.seats_taken == db.session.scalar(seats)
    assert Counter(row.scan_id for row in logged) == Counter(one["scan_id"] for one in sent)
    assert len({row.rsvp_id for row in there}) == len(there)
    assert counted.admitted == sum(row.people for row in there)
    shown = {one["code"] for one in sent if one["verb"] == "scan"}
    held = {one.id for one in guests if one.ticket in shown}
    held |= {one["rsvp_id"] for one in sent if one["verb"] == "check_in"}
    walked_in = [one for one in sent if one["verb"] == "walk_in"]
    assert len(there) == len(held) + len(walked_in)
    for row in there:  # at the earliest of all its admissions, whichever was heard first
        assert row.at == min(one.happened_at for one in logged if one.rsvp_id == row.rsvp_id)
