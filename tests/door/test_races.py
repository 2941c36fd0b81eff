"""Several doors at the same moment: one wins, the others are told who and when."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.door import actions, queries
from eventapp.events.queries import event_at
from eventapp.model import CheckIn, DoorLog, Event
from tests.conftest import SETTINGS


def fire(url: str, slug: str, door: str, scans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What one door does: scans tickets, one after the other. Returns outcomes and doors."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
    answers = []
    with app.app_context():
        for ticket, scan_id in scans:
            now = clock.now()
            act = actions.Act(scan_id, door=door, by=door, happened_at=now, heard_at=now)
            try:
                with transaction():
                    verdict = actions.scan(event_at(slug), ticket, act)
            except actions.RepeatedScan:
                verdict = queries.verdict_of_scan(event_at(slug), scan_id)
            db.session.remove()
            answers.append((verdict.outcome, verdict.first_door or ""))
        db.engine.dispose()
    return answers


@pytest.mark.slow
def test_sixteen_doors_admit_each_ticket_once(app, make):
    event = make.event()
    tickets = [make.rsvp(event, f"Guest {number}", person=None).ticket for number in range(40)]
    shared = [(ticket, str(uuid4())) for ticket in tickets]  # the same scan, sent by all
    own = [[(ticket, str(uuid4())) for ticket in tickets] for _ in range(16)]
    work = [[*shared, *mine] if n % 2 else [*mine, *shared] for n, mine in enumerate(own)]
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    doors = [f"door {number}" for number in range(16)]
    with ProcessPoolExecutor(16, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(fire, [url] * 16, [event.slug] * 16, doors, work))
    with app.app_context():
        first = dict(db.session.execute(select(CheckIn.rsvp_id, CheckIn.door)).all())
        admits = db.session.scalar(
            select(func.count()).select_from(DoorLog).where(DoorLog.outcome == "admitted")
        )
        logged = db.session.scalar(select(func.count()).select_from(DoorLog))
        assert db.session.scalars(select(Event)).one().admitted == 40
    assert len(first) == admits == 40
    assert logged == 40 * 17
    outcomes = Counter(outcome for each in answers for outcome, _ in each)
    assert set(outcomes) == {"admitted", "already"}
    assert {door for each in answers for _, door in each} == set(first.values())
