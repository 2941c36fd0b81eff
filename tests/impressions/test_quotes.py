"""Who wrote an impression says whether the recap may quote it, and a no looks like silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import json
from sqlalchemy import delete

from eventapp.core import clock
from eventapp.core.database_errors import Vanished
from eventapp.core.db import db
from eventapp.impressions.actions import ask_about_quotes, choose_quote, move_quote
from eventapp.mails.kinds import says_now
from eventapp.model import (
    Event,
    Impression,
    OutboxMail,
    Person,
    Quote,
    Rsvp,
)
from tests.browser import Browser
from tests.impressions.evening import EDIT, GATHERED, PUBLIC, WORDS, came, publish, wrote
from tests.make import Make

Browsers = Callable[..., Browser]


def asked_by_mail(make: Make) -> int:
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        return make.due(ask_about_quotes)


def answer(browser: Browser, rsvp: Rsvp, button: str) -> Browser:
    return browser.open(f"/r/{rsvp.key}/impressions").press(button)


def test_what_is_for_everyone_is_quoted_at_once_and_nobody_is_asked(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp
) -> None:
    wrote(make, ana, audience="everyone")
    olga.open(GATHERED).press("Quote it in the recap")
    publish(olga)
    page = browser().open("/e/may").follow("See the whole recap")
    assert page.sees(WORDS)
    assert page.sees("Somebody who was there")
    assert not page.sees("Ana Ruiz")  # she is seen by who was there, and not by everyone
    assert asked_by_mail(make) == 0


def test_anything_else_is_quoted_once_its_writer_says_yes(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, htmx: bool
) -> None:
    wrote(make, ana)
    olga.open(GATHERED).press("Ask to quote it in the recap")
    publish(olga)
    assert not browser().open(PUBLIC).sees(WORDS)
    assert asked_by_mail(make) == 1
    ((row, mail),) = make.mails(ana.person.email)
    assert row.about_id is None
    assert WORDS in mail.text
    answer(browser(htmx=htmx), ana, "Yes, quote it")
    assert browser().open(PUBLIC).sees(WORDS)
    assert olga.open(EDIT).one("[data-chosen]")["data-state"] == "quoted"
    answer(browser(htmx=htmx), ana, "No, not any more")
    assert not browser().open(PUBLIC).sees(WORDS)


def test_a_no_and_silence_look_alike_to_the_hosts(
    make: Make, browser: Browsers, olga: Browser, event: Event, ana: Rsvp
) -> None:
    bea = came(make, event, "Bea Gil")
    for rsvp in (ana, bea):
        wrote(make, rsvp)
    for _ in range(2):
        olga.open(GATHERED).press("Ask to quote it in the recap")
    asked_by_mail(make)
    before = [olga.open(place).text for place in (GATHERED, EDIT, "/o/e/may/mails")]
    answer(browser(), ana, "No")
    assert [olga.open(place).text for place in (GATHERED, EDIT, "/o/e/may/mails")] == before
    states = [each["data-state"] for each in olga.open(EDIT).page.select("[data-chosen]")]
    assert states == ["asked", "asked"]


def test_each_is_asked_once_however_often_it_is_chosen(
    make: Make, olga: Browser, ana: Rsvp
) -> None:
    wrote(make, ana)
    for _ in range(3):
        olga.open(GATHERED).press("Ask to quote it in the recap")
        asked_by_mail(make)
        olga.open(GATHERED).press("Take it out of the recap")
    assert len(make.mails(ana.person.email)) == 1


def test_what_is_withdrawn_meanwhile_is_neither_chosen_nor_moved(
    make: Make, event: Event, ana: Rsvp, bea: Rsvp
) -> None:
    ids = [wrote(make, rsvp, audience="everyone") for rsvp in (ana, bea)]
    with make.act():
        for one in db.session.query(Impression).all():
            choose_quote(one, at=clock.now())
    with make.act():
        first, last = (db.session.get_one(Impression, one) for one in ids)
        db.session.execute(delete(Impression).where(Impression.id == last.id))
        assert not move_quote(first, [first, last], by=1)
        with pytest.raises(Vanished):
            choose_quote(last, at=clock.now())


def test_one_writer_gets_one_mail_a_day_of_an_event(
    make: Make, olga: Browser, ana: Rsvp, bea: Rsvp
) -> None:
    wrote(make, ana)
    olga.open(GATHERED).press("Ask to quote it in the recap")
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert make.due(ask_about_quotes) == 1
        for rsvp in (ana, ana, bea):
            wrote(make, rsvp, "Another")
            olga.open(GATHERED).press("Ask to quote it in the recap")
    with time_machine.travel(clock.now() + timedelta(hours=24)):
        assert make.due(ask_about_quotes) == 1  # of Bea's
    with time_machine.travel(clock.now() + timedelta(hours=26)):
        assert make.due(ask_about_quotes) == 2
    assert len(make.mails(ana.person.email)) == 2


def test_who_wants_no_such_mail_is_asked_on_their_page_alone(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, bea: Rsvp
) -> None:
    for rsvp in (ana, bea):
        wrote(make, rsvp)
        olga.open(GATHERED).press("Ask to quote it in the recap")
    with make.act():
        db.session.get_one(Person, ana.person_id).met_mail_ended_at = clock.now()
    asked_by_mail(make)
    assert not make.mails(ana.person.email)
    assert answer(browser(), ana, "Yes, quote it").sees("You let the hosts quote it")
    ((row, mail),) = make.mails(bea.person.email)
    assert row.values["unsubscribe_url"] in mail.text
    with make.act():
        db.session.get_one(Person, bea.person_id).met_mail_ended_at = clock.now()
    assert said_now(make, bea) is None


def test_who_is_no_longer_asked_gets_no_mail_and_who_is_asked_again_does(
    make: Make, olga: Browser, ana: Rsvp
) -> None:
    wrote(make, ana)
    olga.open(GATHERED).press("Ask to quote it in the recap")
    olga.press("Take it out of the recap")
    assert asked_by_mail(make) == 0
    olga.press("Ask to quote it in the recap")
    assert asked_by_mail(make) == 1


def test_a_yes_is_taken_back_while_the_hosts_have_taken_it_out(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp
) -> None:
    wrote(make, ana, audience="hosts")
    olga.open(GATHERED).press("Ask to quote it in the recap")
    page = answer(browser(), ana, "Yes, quote it")  # on its page, before the mail is out
    olga.open(GATHERED).press("Take it out of the recap")
    page.open(f"/r/{ana.key}/impressions").press("No, not any more")
    olga.open(GATHERED).press("Ask to quote it in the recap")
    publish(olga)
    assert not browser().open(PUBLIC).sees(WORDS)


@pytest.mark.parametrize("act", ["withdraw", "hosts", "answer", "drop", "hide"])
def test_a_question_that_waits_is_not_asked_once_it_is_none(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, act: str
) -> None:
    wrote(make, ana)
    olga.open(GATHERED).press("Ask to quote it in the recap")
    asked_by_mail(make)
    page = browser().open(f"/r/{ana.key}/impressions")
    match act:
        case "withdraw":
            page.press("Withdraw it")
        case "hosts":
            page.press("Save", words=WORDS, audience="everyone")
        case "answer":
            page.press("No")
        case "drop":
            olga.open(GATHERED).press("Take it out of the recap")
        case "hide":
            olga.open(GATHERED).press("Hide it")
    assert said_now(make, ana) is None


def said_now(make: Make, rsvp: Rsvp) -> object:
    with make.act():
        mail = db.session.query(OutboxMail).filter_by(to_email=rsvp.person.email).one()
        return says_now(mail, clock.now())


@pytest.mark.parametrize("audience", ["hosts", "attendees"])
def test_fewer_readers_than_before_are_no_readers_of_the_recap(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, audience: str
) -> None:
    wrote(make, ana, audience="everyone")
    olga.open(GATHERED).press("Quote it in the recap")
    publish(olga)
    page = browser().open(f"/r/{ana.key}/impressions")
    page.press("Save", words=WORDS, audience=audience)
    assert not browser().open(PUBLIC).sees(WORDS)
    assert olga.open(EDIT).one("[data-chosen]")["data-state"] == "unasked"


def test_a_yes_is_taken_back_by_fewer_readers_too(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp
) -> None:
    wrote(make, ana)
    olga.open(GATHERED).press("Ask to quote it in the recap")
    publish(olga)
    page = answer(browser(), ana, "Yes, quote it")
    page.open(f"/r/{ana.key}/impressions").press("Save", words=WORDS, audience="hosts")
    assert not browser().open(PUBLIC).sees(WORDS)


def test_what_was_asked_and_answered_is_in_the_export_and_goes_with_its_writer(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp
) -> None:
    wrote(make, ana)
    olga.open(GATHERED).press("Ask to quote it in the recap")
    answer(browser(), ana, "No")
    page = make.signed_in(browser(), ana.person)
    (said,) = json.loads(page.open("/me/export").response.data)["impressions_you_wrote"]
    assert said["quote"]["refused_at"]
    page.open("/me/delete").press("Delete me for good", sure="yes")
    assert not make.rows(Quote)
