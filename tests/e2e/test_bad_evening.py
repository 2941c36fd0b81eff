"""Three phones without network, 200 scans, tabs that close and a server that is killed. Then the
network is back: every scan is in the log once with its real time, and every guest in once.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.model import CheckIn, DoorConflict, DoorLog, Event, Rsvp
from tests.chromium import Engine
from tests.e2e.phones import Phone
from tests.e2e.server import Server
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TICKETS, SHOWN_TWICE, WALK_INS, PHONES = 158, 30, 12, 3
PORTION = 7  # actions of one phone between two misfortunes
SECONDS_OFF = 2.0


@pytest.fixture
def server(app: Flask, tmp_path: Path) -> Iterator[Server]:
    running = Server(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path / "log")
    running.start()
    yield running
    running.kill()


def queues_of(tickets: list[str], chance: random.Random) -> list[list[tuple[str, str]]]:
    """What each phone will do. A ticket that is shown twice is shown to two of them."""
    queues: list[list[tuple[str, str]]] = [[] for _ in range(PHONES)]
    for number, ticket in enumerate(tickets):
        queues[number % PHONES].append(("scan", ticket))
        if number < SHOWN_TWICE:
            queues[(number + 1) % PHONES].append(("scan", ticket))
    for number in range(WALK_INS):
        queues[number % PHONES].append(("walk-in", f"Walker {number}"))
    for queue in queues:
        chance.shuffle(queue)
    return queues


def befall(phone: Phone, server: Server, chance: random.Random, kills: list[int]) -> None:
    """What goes wrong next. The server dies with whatever it is just hearing."""
    misfortune = chance.choice(["none", "none", "tab", "tab", "network", "killed"])
    if misfortune == "tab":
        phone.reopen()
    elif misfortune == "network":
        phone.plug_in()
        phone.tab.wait_for_timeout(chance.randrange(400))
        phone.unplug()
    elif misfortune == "killed" and len(kills) < 2:
        phone.plug_in()
        phone.tab.wait_for_timeout(chance.randrange(150))
        server.kill()
        phone.reopen()
        server.start()
        phone.unplug()
        kills.append(1)


def test_nothing_is_lost_and_nothing_doubled(
    app: Flask, make: Make, server: Server, chromium_engine: Engine
) -> None:
    chance, event = random.Random(20261125), make.event()
    tickets = [make.rsvp(event, f"Guest {n}", person=None).ticket for n in range(TICKETS)]
    queues = queues_of(tickets, chance)
    phones = [Phone(chromium_engine, server, event.slug) for _ in range(PHONES)]
    for number, phone in enumerate(phones):
        phone.open_link(make.door_link(event, f"Door {number}")).ready().unplug()
    happened: dict[tuple[str, str], float] = {}
    kills: list[int] = []
    known = 0  # to the second phone, from its list: it turned them away
    while any(queues):
        number = chance.choice([n for n in range(PHONES) if queues[n]])
        actions, queues[number] = queues[number][:PORTION], queues[number][PORTION:]
        shown = phones[number].do_all(actions)
        assert {outcome for outcome, _ in shown} <= {"admitted", "already"}
        known += sum(outcome == "already" for outcome, _ in shown)
        for (_, typed), (_, at) in zip(actions, shown, strict=True):
            happened[f"Door {number}", typed] = at
        befall(phones[number], server, chance, kills)
    assert kills
    for phone in phones:
        phone.plug_in()
    for phone in phones:
        phone.expect_all_sent()
        phone.close()
    assert len(happened) == TICKETS + SHOWN_TWICE + WALK_INS == 200
    check(app, event, happened)
    conflicts = make.rows(DoorConflict, event_id=event.id)
    assert [one.kind for one in conflicts] == ["twice"] * (SHOWN_TWICE - known)


def check(app: Flask, event: Event, happened: dict[tuple[str, str], float]) -> None:
    with app.app_context():
        rows: Any = db.session.execute(
            select(DoorLog, Rsvp.ticket, Rsvp.name)
            .join(Rsvp, Rsvp.id == DoorLog.rsvp_id)
            .where(DoorLog.event_id == event.id)
        ).all()
        there = {
            one.rsvp_id: one
            for one in db.session.scalars(select(CheckIn).where(CheckIn.event_id == event.id))
        }
        counted = db.session.get_one(Event, event.id)
    logged = {
        (log.door, name if log.verb == "walk_in" else ticket): log for log, ticket, name in rows
    }
    assert len(rows) == len(logged) == 200
    assert logged.keys() == happened.keys()
    for action, log in logged.items():
        assert abs(log.happened_at.timestamp() - happened[action]) < SECONDS_OFF, action
    outcomes = Counter(log.outcome for log in logged.values())
    assert outcomes == {"admitted": TICKETS + WALK_INS, "already": SHOWN_TWICE}
    assert len(there) == counted.admitted == TICKETS + WALK_INS
    for rsvp_id, one in there.items():
        assert one.at == min(log.happened_at for log, _, _ in rows if log.rsvp_id == rsvp_id)
