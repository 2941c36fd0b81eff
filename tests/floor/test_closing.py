"""Nothing counts that comes after hosts closed the questions, however close to that moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.floor import actions
from eventapp.floor.actions import Asked
from eventapp.model import Event, Floor, FloorQuestion, FloorVote, Rsvp
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, guest, vote
from tests.make import Make
from tests.processes import app_on, patiently, processes

Browsers = Callable[..., Browser]
VOTERS, TAPS = 3, 8
COMMIT_SECONDS = 0.02  # what a slow disk may take, so that one is always underway


@pytest.fixture
def asked(make: Make, event: Event) -> int:
    return ask(make, guest(make, event, "Ana"))


def closed(make: Make) -> None:
    with make.act():
        actions.close_floor(db.session.query(Floor).one(), at=clock.now())


def tap_on(url: str, rsvp_ids: list[int], question_id: int, act: str) -> int:
    """What some phones do: tap, one after the other, until it is closed. How many counted."""
    counted = 0
    with app_on(url).app_context(), suppress(actions.FloorClosed):
        for rsvp_id in rsvp_ids:
            patiently(partial(_tap, rsvp_id, question_id, act))
            counted += 1
    return counted


def _tap(rsvp_id: int, question_id: int, act: str) -> None:
    try:
        with transaction():
            rsvp = db.session.get_one(Rsvp, rsvp_id)
            do = actions.vote if act == "vote" else actions.take_vote_back
            do(rsvp, question_id, at=clock.now())
            sleep(COMMIT_SECONDS)
    finally:
        db.session.remove()


def close_amid(url: str, act: str) -> int:
    """Close it once some have tapped. How many votes there were when that was done."""
    with app_on(url).app_context():
        before = _votes()
        while _votes() == before:
            pass
        patiently(_close)
        return _votes()


def _close() -> None:
    with transaction():
        actions.close_floor(db.session.scalars(select(Floor)).one(), at=clock.now())


def _votes() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(FloorVote)) or 0


@pytest.mark.both_databases
@pytest.mark.parametrize("act", ["vote", "take back"])
def test_what_is_counted_once_it_is_closed_stays(
    app: Flask, make: Make, event: Event, asked: int, act: str
) -> None:
    url, phones = app.config["SQLALCHEMY_DATABASE_URI"], []
    for voter in range(VOTERS):
        rsvps = [guest(make, event, f"Voter {voter} {number}") for number in range(TAPS)]
        phones.append([rsvp.id for rsvp in rsvps])
        for rsvp in rsvps if act == "take back" else ():
            vote(make, rsvp, asked)
    with processes(VOTERS + 1) as pool:
        closing = pool.submit(close_amid, url, act)
        taps = [pool.submit(tap_on, url, rsvp_ids, asked, act) for rsvp_ids in phones]
        when_closed = closing.result(timeout=60)
        counted = sum(each.result(timeout=60) for each in taps)
    at_first = VOTERS * TAPS if act == "take back" else 0
    assert len(make.rows(FloorVote)) == when_closed
    assert abs(at_first - when_closed) == counted, "and who counted was told so"
    assert counted > 0


def test_a_vote_is_not_taken_back_once_it_is_closed(
    make: Make, browser: Browsers, event: Event, asked: int, htmx: bool
) -> None:
    bea = guest(make, event, "Bea")
    page = make.signed_in(browser(htmx=htmx), bea.person).open(f"/e/{event.slug}/questions")
    page.press(f"Me too: {WORDS} (0)")
    closed(make)
    assert page.press(f"Me too: {WORDS} (1)").codes() == ["floor_closed"]
    assert len(make.rows(FloorVote)) == 1


def test_a_question_read_before_and_sent_after_hosts_close_is_refused(
    make: Make, event: Event, ana: Rsvp
) -> None:
    with make.app.app_context():
        floor = db.session.query(Floor).one()
        db.session.commit()
        with make.act():
            actions.close_floor(db.session.query(Floor).one(), at=clock.now())
        assert floor.closed_at is None, "as it was read"
        there, asked = db.session.get_one(Rsvp, ana.id), Asked(WORDS, None, is_anonymous=False)
        with transaction(), pytest.raises(actions.FloorClosed):
            actions.ask_question(there, asked, at=clock.now())
    assert not make.rows(FloorQuestion)
