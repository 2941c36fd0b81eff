"""A question is renamed, over and over, while guests answer it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db, lock_and_reread, transaction
from eventapp.events.queries import event_at
from eventapp.model import Person, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import Answer, questions_of, set_questions
from tests.processes import app_on, processes
from tests.rsvp.asking import ask, asked

ROUNDS = 15
LABELS = ("Diet", "Food", "Meals")


def run(url: str, slug: str, who: str) -> None:
    app = app_on(url)
    with app.app_context():
        for number in range(ROUNDS):
            with transaction():
                if who == "organiser":
                    rename(slug, LABELS[number % len(LABELS)])
                else:
                    say(slug, who, f"{who} {number}")
            db.session.remove()
        db.engine.dispose()


def rename(slug: str, label: str) -> None:
    event = event_at(slug)
    lock_and_reread(event)
    (question,) = questions_of(event)
    set_questions(event, [replace(question, label=label)])


def say(slug: str, email: str, words: str) -> None:
    """Change one's answer by a form that has read the question before the row is locked."""
    event = event_at(slug)
    (question,) = event.asked
    rsvp = db.session.scalars(select(Rsvp).join(Person).where(Person.email == email)).one()
    typed = Answer("Guest", email, answers={question.id: words})
    actions.change(rsvp, typed, at=clock.now())


@pytest.mark.slow
@pytest.mark.both_databases
def test_every_answer_is_under_the_label_that_the_question_has(app: Flask, make: Any) -> None:
    event = make.event()
    ask(make, event, asked(LABELS[-1]))
    emails = [f"guest{number}@example.org" for number in range(3)]
    for email in emails:
        make.rsvp(event, person=make.person(email))
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with processes(4) as pool:
        list(pool.map(run, [url] * 4, [event.slug] * 4, ["organiser", *emails]))
    last = LABELS[(ROUNDS - 1) % len(LABELS)]
    said = {row.person_id: row.answers for row in make.rows(Rsvp)}
    assert sorted(said.values(), key=str) == [{last: f"{who} {ROUNDS - 1}"} for who in emails]
