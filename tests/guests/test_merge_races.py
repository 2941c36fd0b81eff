"""Pairs become one while guests answer and cancel, doors let in and others look: all at once."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from uuid import uuid4

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.model import Rsvp
from tests.guests.test_races import answer, seats_add_up
from tests.make import Make
from tests.racing import Tap, deadlocks, race, session_of

PAIRS = 6
REMOVED = 3  # of these, the one who would go is taken off the list at the same moment


@pytest.mark.slow
def test_pairs_become_one_while_everything_goes_on(app: Flask, make: Make) -> None:
    community = make.community()
    event = make.event(community, starts_at=clock.now() - timedelta(minutes=5), capacity=20)
    kept = [make.rsvp(event, f"Guest {n}") for n in range(PAIRS)]
    gone = [make.rsvp(event, f"Guest {n}", person=None, companions=1) for n in range(PAIRS)]
    for n in range(3):
        make.rsvp(event, f"Waits {n}", status="waitlisted", companions=1)
    olga, olaf = (session_of(make, make.organiser(community)) for _ in range(2))
    organise, door = f"/o/e/{event.slug}/guests", f"/e/{event.slug}/door"
    before = deadlocks(app)
    scans = [{"code": each.ticket, "scan_id": str(uuid4())} for each in gone]
    merges = [
        Tap(f"{organise}/{one.id}/merge", None, {"other": str(other.id)})
        for one, other in zip(kept, gone, strict=True)
    ]
    waiting = make.rows(Rsvp, status="waitlisted")
    taken_off = [*gone[:REMOVED], *waiting]
    answers = race(
        app,
        [tap._replace(session=olga) for tap in merges],
        [tap._replace(session=olaf) for tap in merges],  # the same, at the same moment
        [Tap(f"/r/{each.key}/cancel") for each in kept],
        [Tap(f"/e/{event.slug}/rsvp", None, answer(make.person())) for _ in kept],
        [Tap(f"{door}/scan", olga, scan) for scan in scans],
        [Tap(f"{organise}/{each.id}", olaf, {"name": f"{each.name} too"}) for each in gone],
        [Tap(f"{organise}/{each.id}/remove", olga) for each in taken_off],
    )
    assert max(chain(*answers)) < 500, answers
    merged = [each.count(303) for each in zip(*answers[:2], strict=True)]
    assert merged[REMOVED:] == [1] * (PAIRS - REMOVED), answers
    assert deadlocks(app) == before
    seats_add_up(make)
    listed = [row.name for row in make.rows(Rsvp) if not row.removed_at]
    assert all(sum(name.startswith(f"Guest {n}") for name in listed) == 1 for n in range(PAIRS))
