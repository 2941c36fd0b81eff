"""Bea and Carla say yes, no or nothing; Ana withdraws what she asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import (
    LAPSES_AFTER,
    Block,
    Event,
    Introduction,
    IntroductionSide,
    OutboxMail,
    Rsvp,
)
from tests.browser import Browser
from tests.html import words_of
from tests.introductions.three import Three, accepts, declines, introduced, link_of
from tests.make import Make

Browsers = Callable[..., Browser]


def test_a_no_and_no_answer_look_alike_to_everybody_else(
    make: Make, browser: Browsers, they: Three
) -> None:
    """In every order, whatever the other one answers, until it lapses and afterwards."""
    they.post(make.signed_in(browser(), they.ana.person))
    row = make.row(Introduction)
    ana, bea = (make.signed_in(browser(), one.person) for one in (they.ana, they.bea))
    worlds = [seen(ana), seen(bea)]
    declines(make, row, they.carla)
    assert [seen(ana), seen(bea)] == worlds
    bea.open("/introductions").press("Yes, introduce me to Carla Sanz")
    accepted = [seen(ana), seen(bea)]
    assert accepted[0] == worlds[0], "who made it isn't told of one yes either"
    accepts(make, row, they.bea)
    assert [seen(ana), seen(bea)] == accepted
    mails = len(make.rows(OutboxMail))
    with time_machine.travel(clock.now() + LAPSES_AFTER):
        after = [seen(ana), seen(bea)]
        assert ana.open("/introductions").one("#made [data-state]")["data-state"] == "lapsed"
        assert not bea.open("/introductions").page.select("#got [data-state]")
    assert mails == len(make.rows(OutboxMail)) == 2
    make_silent(make, row, they.carla)
    with time_machine.travel(clock.now() + LAPSES_AFTER):
        assert [seen(ana), seen(bea)] == after


def make_silent(make: Make, row: Introduction, rsvp: Rsvp) -> None:
    """The world in which this one of the two never answered. The other's own file has their own."""
    of = {"introduction_id": row.id, "person_id": rsvp.person_id}
    with make.act():
        side = db.session.query(IntroductionSide).filter_by(**of).one()
        side.accepted_at = side.declined_at = None


def seen(page: Browser) -> list[str]:
    """All pages and the file of somebody, but for secrets and the time."""
    texts = [page.open(path).text for path in ("/introductions", "/contacts", "/me")]
    file = json.loads(page.client.get("/me/export").text)
    file.pop("exported_at")
    file.pop("browsers_signed_in")
    return [*texts, json.dumps(file)]


def test_a_yes_is_taken_back_before_the_other_says_yes(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    bea = make.signed_in(browser(htmx=htmx), they.bea.person).open("/introductions")
    bea.press("Yes, introduce me to Carla Sanz").press("Take back my yes: Carla Sanz")
    assert bea.one("#got [data-introduction]")["data-state"] == "declined"
    accepts(make, make.row(Introduction), they.carla)
    assert make.row(Introduction).joined_at is None
    bea.press("Yes, introduce me to Carla Sanz")
    assert bea.one("#got [data-introduction]")["data-state"] == "joined"


def test_an_answer_is_said_where_it_was_given_and_nowhere_else(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    row = introduced(make, they.ana.person, they.bea, they.carla)
    dan = make.rsvp(make.row(Event), "Dan Roy")
    introduced(make, they.ana.person, they.bea, dan)
    bea = make.signed_in(browser(htmx=htmx), they.bea.person).open("/introductions")
    bea.press("No, not to Carla Sanz")
    assert said_on(bea) == {f"introduction-{row.id}": "You said no. Nobody is told."}
    bea.press("Block Carla Sanz")
    assert said_on(bea) == {"got": "You've blocked Carla Sanz. They aren't told."}
    bea.press("Don't ask me for introductions")
    assert said_on(bea)["wish"] == "Saved."


def said_on(page: Browser) -> dict[str, str]:
    """What the page says was done, by the part of it that says so."""
    said = page.page.select("main [role=status]")
    return {str(one.find_parent(id=True)["id"]): words_of(one) for one in said if words_of(one)}


def test_whoever_made_it_withdraws_it_at_once(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    page = they.post(make.signed_in(browser(htmx=htmx), they.ana.person))
    link = link_of(make, they.bea.person.email)
    accepts(make, make.row(Introduction), they.bea)
    page.press("Withdraw: Bea Gil and Carla Sanz")
    assert not page.page.select("#made [data-introduction]")
    assert "It's withdrawn" in page.one("#made [role=status]").text
    assert browser().open(link).status == 404
    assert (
        not make.signed_in(browser(), they.carla.person)
        .open("/introductions")
        .page.select("[data-introduction]")
    )


def test_a_second_tap_finds_it_withdrawn_or_blocked_already(
    make: Make, browser: Browsers, they: Three
) -> None:
    ana = they.post(make.signed_in(browser(), they.ana.person))
    (row,) = make.rows(Introduction)
    bea = make.signed_in(browser(), they.bea.person).open("/introductions")
    for page, act in ((bea, "block"), (ana, "withdraw")):
        data = {"csrf_token": page.page.select("[name=csrf_token]")[0]["value"]}
        path = f"/introductions/{row.id}/{act}"
        assert [page.client.post(path, data=data).status_code for _ in range(2)] == [303, 303]
    assert len(make.rows(Block)) == 1
    assert make.row(Introduction).withdrawn_at


def test_too_late_is_said_by_the_page_and_refused(
    make: Make, browser: Browsers, they: Three
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    page = browser().open(link_of(make, they.bea.person.email))
    with time_machine.travel(clock.now() + LAPSES_AFTER + timedelta(minutes=1)):
        page.press("Yes, introduce me to Carla Sanz")
        assert page.status == 409
        assert browser().open(link_of(make, they.bea.person.email)).sees("is over")
    assert not [side for side in make.rows(IntroductionSide) if side.accepted_at]


def test_who_is_neither_of_the_two_answers_nothing(
    make: Make, browser: Browsers, they: Three
) -> None:
    page = they.post(make.signed_in(browser(), they.ana.person))
    (row,) = make.rows(Introduction)
    token = page.page.select("[name=csrf_token]")[0]["value"]
    for act in ("accept", "decline", "block"):
        path = f"/introductions/{row.id}/{act}"
        assert page.client.post(path, data={"csrf_token": token}).status_code == 404
