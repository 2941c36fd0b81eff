"""Two workers at the same work do each of it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, OutboxMail
from eventapp.rsvp.actions import enter_all
from eventapp.worker import EACH_MINUTE, EACH_ROUND, do_what_is_due
from tests.make import Make
from tests.met.evening import last_night
from tests.processes import app_on, context, processes

MAILS = (*EACH_ROUND, *EACH_MINUTE)


def work(url: str) -> int:
    """What one worker does in one round, begun together with another's."""
    app = app_on(url)
    with app.app_context():
        _together.wait(60)
        done = do_what_is_due(MAILS)
        db.engine.dispose()
    return done


_together: Barrier


def _meet(barrier: Barrier) -> None:
    global _together
    _together = barrier


def called_off(make: Make) -> Event:
    return make.event(called_off_at=clock.now() - timedelta(hours=1))


def soon(make: Make) -> Event:
    long_ago = clock.now() - timedelta(days=30)
    return make.event(starts_at=clock.now() + timedelta(hours=1.5), published_at=long_ago)


@pytest.mark.parametrize(
    "evening", [last_night, called_off, soon], ids=["asked", "told", "reminded"]
)
def test_two_workers_mail_everybody_once(
    app: Flask, make: Make, evening: Callable[[Make], Event]
) -> None:
    there, two_days_ago = evening(make), clock.now() - timedelta(days=2)
    people = [make.person() for _ in range(30)]
    with make.act():
        ana = {"name": "Ana", "status": "going", "confirmed_at": two_days_ago}
        guests = [{**ana, "person": db.session.merge(person)} for person in people]
        enter_all(db.session.get_one(Event, there.id), guests, at=two_days_ago)
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with processes(2, begin=_meet, with_args=(context.Barrier(2),)) as pool:
        assert sum(pool.map(work, [url] * 2)) == 30
    mailed = [mail.to_email for mail in make.rows(OutboxMail)]
    assert sorted(mailed) == sorted(person.email for person in people)
