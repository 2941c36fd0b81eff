"""Two weeks after two were joined: what came of it, told to whoever introduced them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from eventapp.conduct.actions import block_person
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import (
    ASKED,
    CAME,
    WHAT_CAME,
    ask_what_came_of_it,
    say_what_came,
)
from eventapp.mails.kinds import says_now
from eventapp.model import CameOfIt, Introduction, IntroductionSide, OutboxMail, Person
from tests.browser import Browser
from tests.introductions.three import Three, accepts, introduced
from tests.make import Make

Browsers = Callable[..., Browser]
TWO_WEEKS = timedelta(days=14)


def joined(make: Make, they: Three, at: datetime) -> Introduction:
    row = introduced(make, they.ana.person, they.bea, they.carla, at=at - timedelta(days=1))
    accepts(make, row, they.bea, they.carla)
    with make.act():
        db.session.get_one(Introduction, row.id).joined_at = at
        db.session.query(OutboxMail).delete()
    return row


def test_each_is_asked_once_and_the_introducer_hears_what_each_said(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    row = joined(make, they, clock.now() - TWO_WEEKS)
    assert make.due(ask_what_came_of_it) == 1
    assert make.due(ask_what_came_of_it) == 0
    asked = {mail.to_email: mail for mail, _ in make.mails() if mail.template == WHAT_CAME}
    assert asked.keys() == {they.bea.person.email, they.carla.person.email}
    page = browser(htmx=htmx).open(asked[they.bea.person.email].values["not_yet_url"])
    assert not [side for side in make.rows(IntroductionSide) if side.came_of_it]
    assert page.one("#came-of-it button:not(.quiet)")["value"] == "not_yet"
    page.press("Not yet")
    assert page.sees("Ana Ruiz is told: Not yet.")
    ana = make.signed_in(browser(), they.ana.person).open("/introductions")
    assert ana.sees("Bea Gil says: Not yet.")
    assert not ana.sees("Carla Sanz says")
    told = [words.text for mail, words in make.mails() if mail.template == CAME]
    assert len(told) == 1
    assert "Bea Gil says that nothing has come yet" in told[0]
    bea = make.signed_in(browser(htmx=htmx), they.bea.person).open("/introductions")
    bea.press("It was useful")
    assert ana.open("/introductions").sees("Bea Gil says: It was useful.")
    assert len([1 for mail, _ in make.mails() if mail.template == CAME]) == 1, "no second mail"
    carla = make.signed_in(browser(), they.carla.person)
    for path in ("/introductions", "/contacts", "/me"):
        assert "It was useful." not in carla.open(path).text
    file = json.loads(carla.client.get("/me/export").text)
    assert file["introductions_you_got"][0]["came_of_it"] is None
    assert make.row(Introduction, id=row.id).followed_up_at


def test_nobody_is_asked_before(make: Make, browser: Browsers, they: Three) -> None:
    row = joined(make, they, clock.now() - TWO_WEEKS + timedelta(minutes=1))
    assert make.due(ask_what_came_of_it) == 0
    page = make.signed_in(browser(), they.bea.person).open("/introductions")
    assert not page.page.select("[name=came_of_it]")
    token = page.page.select("[name=csrf_token]")[0]["value"]
    path = f"/introductions/{row.id}/came-of-it"
    data = {"csrf_token": token, "came_of_it": "useful"}
    assert page.client.post(path, data=data).status_code == 404


def test_another_word_is_refused(make: Make, browser: Browsers, they: Three) -> None:
    row = joined(make, they, clock.now() - TWO_WEEKS)
    page = make.signed_in(browser(), they.bea.person).open("/introductions")
    token = page.page.select("[name=csrf_token]")[0]["value"]
    path = f"/introductions/{row.id}/came-of-it"
    for data in ({}, {"came_of_it": "great"}):
        answer = page.client.post(path, data={"csrf_token": token, **data})
        assert answer.status_code == 400
    assert not [side for side in make.rows(IntroductionSide) if side.came_of_it]


@pytest.mark.parametrize("pair", ["bea ana", "ana bea", "bea carla"])
def test_who_is_apart_is_neither_asked_nor_told(make: Make, they: Three, pair: str) -> None:
    """Nor by mails that wait."""
    joined(make, they, clock.now() - TWO_WEEKS)
    make.due(ask_what_came_of_it)
    with make.act():
        by, other = (getattr(they, name).person_id for name in pair.split())
        block_person(db.session.get_one(Person, by), other, name="x", at=clock.now())
    with make.act():
        mails = db.session.query(OutboxMail).all()
        told = {mail.to_email: says_now(mail, clock.now()) for mail in mails}
    assert told[they.bea.person.email] is None
    is_asked = told[they.carla.person.email] is not None
    assert is_asked is ("ana" in pair)


def test_a_mail_that_waits_says_what_they_say_now(make: Make, they: Three) -> None:
    joined(make, they, clock.now() - TWO_WEEKS)
    for word in (CameOfIt.NO, CameOfIt.USEFUL):
        with make.act():
            side = db.session.query(IntroductionSide).filter_by(person_id=they.bea.person_id).one()
            say_what_came(side, word, at=clock.now())
    with make.act():
        (mail,) = db.session.query(OutboxMail).all()
        assert (says_now(mail, clock.now()) or {})["came_of_it"] == "useful"


def test_two_taps_at_once_are_one_mail(make: Make, they: Three) -> None:
    """The second has read its row before the first is committed."""
    joined(make, they, clock.now() - TWO_WEEKS)
    of_bea = {"person_id": they.bea.person_id}
    with make.act():
        late = db.session.query(IntroductionSide).filter_by(**of_bea).one()
        db.session.expunge_all()
    with make.act():
        first = db.session.query(IntroductionSide).filter_by(**of_bea).one()
        say_what_came(first, CameOfIt.USEFUL, at=clock.now())
    with make.act():
        db.session.add(late)
        say_what_came(late, CameOfIt.USEFUL, at=clock.now())
    assert [mail.template for mail in make.rows(OutboxMail)] == [CAME]


def test_whoever_wants_no_introductions_gets_no_such_mail(make: Make, they: Three) -> None:
    joined(make, they, clock.now() - TWO_WEEKS)
    with make.act():
        db.session.get_one(Person, they.bea.person_id).introductions_ended_at = clock.now()
    make.due(ask_what_came_of_it)
    assert [mail.to_email for mail in make.rows(OutboxMail)] == [they.carla.person.email]
    assert ASKED not in {mail.template for mail in make.rows(OutboxMail)}
