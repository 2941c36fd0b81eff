"""Answers, digits, corrections and cancellations of one guest at the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.account.actions import Visitor
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.outbox import newest
from eventapp.events.queries import event_at
from eventapp.model import Event, MailedCode, Person, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import Answer
from tests.processes import app_on, processes

ROUNDS = 8
VERBS = ("stranger", "guest", "correction", "key", "other guest")


def run(url: str, slug: str, verb: str) -> int:
    """What one process of a race does. Returns how often a rule refused it."""
    app = app_on(url)
    refused = 0
    with app.app_context():
        for number in range(ROUNDS):
            try:
                _act(slug, verb, number)
            except Refusal:
                refused += 1
            db.session.remove()
        db.engine.dispose()
    return refused


def _act(slug: str, verb: str, number: int) -> None:
    email = f"guest{number}@example.org"
    if verb == "key":
        with transaction():
            mine = select(Rsvp).join(Person).where(Person.email == email)
            if rsvp := db.session.scalar(mine):
                actions.cancel(rsvp, at=clock.now())
        return
    name, companions = ("Stranger", 3) if verb != "guest" else ("Guest", number % 3)
    address = f"other-{email}" if verb == "other guest" else email
    code, digits = _answer(slug, Answer(name, address, companions, "everyone"), browser=verb)
    with transaction():
        if verb in ("guest", "other guest"):
            there = db.session.get_one(MailedCode, code)
            actions.prove_by_digits(there, digits, by=Visitor("en", verb), at=clock.now())
        elif verb == "correction":
            there = db.session.get_one(MailedCode, code)
            meant = f"meant{number}@example.org"
            actions.mail_again(there, email=meant, by=Visitor("en", verb), at=clock.now())


def _answer(slug: str, typed: Answer, *, browser: str) -> tuple[int, str]:
    """The id of the code, and its digits."""
    with transaction():
        code = actions.answer(event_at(slug), typed, at=clock.now(), by=Visitor("en", browser))
        db.session.flush()
        return code.id, newest(1)[0].values["digits"]


@pytest.mark.slow
def test_seats_add_up_and_nobody_fails(app: Flask, make: Any) -> None:
    event = make.event(capacity=20)
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with processes(len(VERBS)) as pool:
        list(pool.map(run, [url] * len(VERBS), [event.slug] * len(VERBS), VERBS))
    rsvps = make.rows(Rsvp)
    taken = sum(row.party for row in rsvps if row.status == "going")
    assert make.row(Event).seats_taken == taken <= 20
    assert len({row.person_id for row in rsvps}) == len(rsvps)
