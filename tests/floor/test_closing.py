"""Nothing counts that comes after hosts closed the questions, however close to that moment. Votes
are taken back all the same; they stay counted.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.floor import actions, queries
from eventapp.floor.actions import Asked
from eventapp.me.actions import delete_person
from eventapp.model import Event, Floor, FloorQuestion, FloorVote, Person, Rsvp
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, guest, opened, vote
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
            if act == "vote":
                actions.vote(rsvp, question_id, at=clock.now())
            else:
                actions.take_vote_back(rsvp, question_id)
            sleep(COMMIT_SECONDS)
    finally:
        db.session.remove()


def close_amid(url: str, act: str) -> int:
    """Close it once some have tapped. How many votes were counted when that was done."""
    with app_on(url).app_context():
        before = _counted()
        while _counted() == before:
            pass
        patiently(_close)
        return _counted()


def _close() -> None:
    with transaction():
        actions.close_floor(db.session.scalars(select(Floor)).one(), at=clock.now())


def _counted() -> int:
    """As everybody is shown it."""
    db.session.rollback()
    floor = db.session.scalars(select(Floor)).one()
    _, questions = queries.questions_on_wall(floor, clock.now())
    return questions.shown[0].votes


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
    with app.app_context():
        assert _counted() == when_closed
    if act == "vote":
        assert len(make.rows(FloorVote)) == when_closed == counted, "and who counted was told so"
        assert counted > 0
    else:
        assert not make.rows(FloorVote), "each is taken back, also after closing"
        assert when_closed < VOTERS * TAPS == counted


def test_a_vote_is_taken_back_once_it_is_closed_and_stays_counted(
    make: Make, browser: Browsers, event: Event, asked: int, htmx: bool
) -> None:
    bea = guest(make, event, "Bea")
    vote(make, guest(make, event, "Cai"), asked)
    address = f"/e/{event.slug}/questions"
    page = make.signed_in(browser(htmx=htmx), bea.person).open(address)
    page.press(f"Me too: {WORDS} (1)")
    closed(make)
    assert page.open(address).sees("You can still take your vote back")
    page.press(f"Me too: {WORDS} (2)")
    assert [row.rsvp_id for row in make.rows(FloorVote)] != [bea.id]
    assert len(make.rows(FloorVote)) == 1
    assert page.one("[data-votes]").get_text() == "2 votes"
    assert not page.page.select("button.vote")
    assert not page.sees("You can still take your vote back")


def test_a_vote_for_what_was_answered_is_taken_back(
    make: Make, browser: Browsers, event: Event, asked: int, htmx: bool
) -> None:
    bea = guest(make, event, "Bea")
    vote(make, bea, asked)
    with make.act():
        actions.answer_question(db.session.get_one(FloorQuestion, asked), at=clock.now())
    page = make.signed_in(browser(htmx=htmx), bea.person).open(f"/e/{event.slug}/questions")
    assert not page.press(f"Me too: {WORDS} (1)").page.select("button.vote, [data-votes]")
    assert not make.rows(FloorVote)


def test_who_goes_once_it_is_closed_stays_counted(make: Make, event: Event, asked: int) -> None:
    bea = guest(make, event, "Bea")
    vote(make, bea, asked)
    closed(make)
    with make.act():
        delete_person(db.session.get_one(Person, bea.person_id), at=clock.now())
    assert not make.rows(FloorVote)
    with make.app.app_context():
        assert _counted() == 1


def test_once_hosts_take_questions_again_only_votes_that_are_there_count(
    make: Make, event: Event, asked: int
) -> None:
    bea, cai = guest(make, event, "Bea"), guest(make, event, "Cai")
    vote(make, bea, asked), vote(make, cai, asked)
    closed(make)
    with make.act():
        actions.take_vote_back(db.session.get_one(Rsvp, bea.id), asked)
    opened(make, event)
    with make.app.app_context():
        assert _counted() == 1
    vote(make, guest(make, event, "Dan"), asked)
    with make.app.app_context():
        assert _counted() == 2


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
