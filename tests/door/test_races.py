"""Several doors at the same moment: one wins, the others are told who and when."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.door.codes import holder
from eventapp.door.event import event_at_door
from eventapp.door.heard import result_of_scan
from eventapp.door.log import DoorAction, RepeatedScan
from eventapp.door.scan import scan
from eventapp.door.undo import undo
from eventapp.door.walk_in import walk_in
from eventapp.model import CheckIn, DoorLog, Event, Rsvp
from eventapp.rsvp.actions import enter_all
from tests.processes import app_on, processes


def fire(
    url: str, slug: str, door: str, scans: list[tuple[str, str]]
) -> list[tuple[str, str, datetime | None]]:
    """What one door does: scans tickets, one after the other. Returns each with its outcome, and
    the first time it was told.
    """
    app = app_on(url)
    answers = []
    with app.app_context():
        for ticket, scan_id in scans:
            now = clock.now()
            action = DoorAction(scan_id, door=door, by=door, happened_at=now, heard_at=now)
            try:
                with transaction():
                    result = scan(event_at_door(slug), ticket, action)
            except RepeatedScan:
                result = result_of_scan(event_at_door(slug), scan_id)
            db.session.remove()
            answers.append((ticket, result.outcome, result.first_at))
        db.engine.dispose()
    return answers


def four_times(tickets: list[str], *, meeting: int) -> list[list[tuple[str, str]]]:
    """The work of sixteen doors. Each ticket comes to so many of them at about the same time, and
    to each four times: twice by a scan id that all of these use, twice by one of its own.
    """
    work: list[list[tuple[str, str]]] = [[] for _ in range(16)]
    for ticket in tickets:
        shared = str(uuid4())
        for door in random.sample(work, meeting):
            scan_ids = [shared, shared, str(uuid4()), str(uuid4())]
            random.shuffle(scan_ids)
            door += [(ticket, scan_id) for scan_id in scan_ids]
    return work


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "meeting"), [(150, 2), pytest.param(500, 16, marks=pytest.mark.long)]
)
def test_sixteen_doors_admit_each_ticket_once(app, make, count, meeting):
    event, url = make.event(), app.config["SQLALCHEMY_DATABASE_URI"]
    with make.act():
        row = db.session.get_one(Event, event.id)
        guests = [{"name": f"Guest {number}", "status": "going"} for number in range(count)]
        tickets = [rsvp.ticket for rsvp in enter_all(row, guests, at=clock.now())]
    doors = [f"door {number}" for number in range(16)]
    work = four_times(tickets, meeting=meeting)
    with processes(16) as pool:
        answers = list(pool.map(fire, [url] * 16, [event.slug] * 16, doors, work))
    with app.app_context():
        arrivals = db.session.execute(select(Rsvp.ticket, CheckIn.at).join(CheckIn.rsvp))
        first = dict(arrivals.all())
        admits = select(func.count()).select_from(DoorLog).where(DoorLog.outcome == "admitted")
        assert db.session.scalar(admits) == count
        logged = db.session.scalar(select(func.count()).select_from(DoorLog))
        assert logged == count * (1 + 2 * meeting)
        assert db.session.scalars(select(Event)).one().admitted == len(first) == count
    told: list[Any] = [(ticket, *answer) for each in answers for ticket, *answer in each]
    assert {outcome for _, outcome, _ in told} == {"admitted", "already"}
    assert all(first_at == first[ticket] for ticket, _, first_at in told)


def admit_and_undo(url: str, slug: str, door: str, tickets: list[str]) -> list[str]:
    """What one door does in a muddle: lets in, takes back, lets in as walk-ins by address."""
    app = app_on(url)
    outcomes = []
    with app.app_context():
        for number, ticket in enumerate(tickets):
            for verb in ("scan", "walk_in", "undo", "scan"):
                outcomes.append(_do(verb, slug, door, ticket, number))
                db.session.remove()
        db.engine.dispose()
    return outcomes


def _do(verb: str, slug: str, door: str, ticket: str, number: int) -> str:
    now = clock.now()
    people = random.choice([1, 2, None])
    action = DoorAction(
        str(uuid4()), door=door, by=door, happened_at=now, heard_at=now, people=people
    )
    with transaction():
        event = event_at_door(slug)
        if verb == "scan":
            return scan(event, ticket, action).outcome
        if verb == "walk_in":
            email = f"guest{number}@example.org"
            return walk_in(event, "Somebody", action, email=email, language="en").outcome
        guest = holder(event, ticket)
        assert guest is not None
        return undo(event, guest.id, action).outcome


@pytest.mark.slow
def test_doors_that_contradict_each_other_neither_fail_nor_miscount(app, make):
    event = make.event()
    people = [make.person(f"guest{number}@example.org") for number in range(12)]
    tickets = [
        make.rsvp(event, f"Guest {n}", person=person, companions=2).ticket
        for n, person in enumerate(people)
    ]
    url, doors = app.config["SQLALCHEMY_DATABASE_URI"], [f"Door {number}" for number in range(8)]
    with processes(8) as pool:
        answers = list(pool.map(admit_and_undo, [url] * 8, [event.slug] * 8, doors, [tickets] * 8))
    assert {outcome for each in answers for outcome in each} <= {"admitted", "already", "undone"}
    told_to_be_in = {"admitted", "already"}
    with app.app_context():
        first_told = select(DoorLog.first_at).where(DoorLog.outcome.in_(told_to_be_in))
        assert None not in db.session.scalars(first_told).all()
        there = db.session.scalar(select(func.sum(CheckIn.people)))
        assert db.session.scalars(select(Event)).one().admitted == (there or 0)
        logged = db.session.scalar(select(func.count()).select_from(DoorLog))
    assert logged == 8 * 12 * 4


def walk_in_again(url: str, slug: str, scan_ids: list[str]) -> list[str]:
    """One of several phones, all of which send the same walk-ins."""
    app = app_on(url)
    heard = []
    with app.app_context():
        for scan_id in scan_ids:
            now = clock.now()
            action = DoorAction(scan_id, door="Main", by="x", happened_at=now, heard_at=now)
            try:
                with transaction():
                    walk_in(event_at_door(slug), f"Zoë {scan_id}", action, language="en")
                heard.append("first")
            except RepeatedScan:
                heard.append("again")
            db.session.remove()
        db.engine.dispose()
    return heard


@pytest.mark.slow
def test_a_walk_in_sent_at_the_same_moment_is_one_guest(app, make):
    event = make.event()
    url, scan_ids = app.config["SQLALCHEMY_DATABASE_URI"], [str(uuid4()) for _ in range(25)]
    with processes(4) as pool:
        heard = list(pool.map(walk_in_again, [url] * 4, [event.slug] * 4, [scan_ids] * 4))
    assert Counter(one for each in heard for one in each) == {"first": 25, "again": 75}
    assert len(make.rows(CheckIn)) == 25
