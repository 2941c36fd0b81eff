"""Organisers call an event off, with a reason, once they have seen whom that mails; and take it
back within a day.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.model import AuditEntry, Event, Notice, OutboxMail, Rsvp
from eventapp.rsvp.actions import cancel, notify, send_cancellation_mails, tell_back_on
from tests.events.organising import organiser_of
from tests.html import words_of
from tests.rsvp.test_invitation import entry_in
from tests.test_worker import work

DAY = timedelta(days=1)
RAIN = "The terrace is under water."


@pytest.fixture
def event(make):
    return make.event(title="Beers", capacity=1, starts_at=clock.now() + 3 * DAY)


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")


def call_off(make, event, because: str = "") -> None:
    with make.act():
        there = db.session.get_one(Event, event.id)
        call_off_event(there, at=clock.now(), because=because)
    make.due(send_cancellation_mails)


def test_the_mail_is_shown_with_the_reason_and_asked_about(make, event, olga):
    make.rsvp(event, "Ana Ruiz")
    make.rsvp(event, "Beto Gil", status="waitlisted")
    olga.follow("Call it off…").press("Yes, call it off", because=RAIN)
    asked = words_of(olga.one("#ask-first"))
    for words in ("2 people get an email", "Ana Ruiz, Beto Gil", "Beers is called off", RAIN):
        assert words in asked
    assert make.row(Event).called_off_at is None
    olga.press("Yes, and send 2 emails")
    assert (olga.url, make.row(Event).called_off_because) == (f"/o/e/{event.slug}", RAIN)
    assert make.due(send_cancellation_mails) == 2
    assert all(RAIN in words.text for _, words in make.mails())


def test_the_public_page_says_first_that_it_is_off_and_why(make, browser, event, olga):
    ana = make.rsvp(event, "Ana Ruiz", person=None)
    olga.follow("Call it off…").press("Yes, call it off", because=RAIN)
    page = browser().open(f"/e/{event.slug}")
    said = f"This event was called off. {RAIN}"
    assert page.text.index(said) < page.text.index("Community")
    own = browser().open(f"/r/{ana.key}")
    assert own.sees(said)
    assert "You're coming" not in own.text


def test_what_is_over_is_not_called_off(make, event, olga):
    page = olga.follow("Call it off…")
    with time_machine.travel(event.ends_at + timedelta(minutes=1)):
        page.press("Yes, call it off")
        assert (page.status, page.codes()) == (409, ["event_over"])
        assert make.row(Event).called_off_at is None
        assert "Call it off" not in olga.open(f"/o/e/{event.slug}").text


def test_it_takes_place_after_all_and_who_was_told_hears_it(app, make, event, olga, mailbox):
    make.rsvp(event, "Ana Ruiz", person=make.person("ana@example.org"))
    with make.act():
        notify.ticket(db.session.query(Rsvp).one(), at=clock.now())
    work(app)
    call_off(make, event, RAIN)
    work(app)
    gone = entry_in(mailbox.mails[-1], "CANCEL")
    make.rsvp(event, "Came on the list meanwhile", status="not_going")
    olga.open(olga.url).press("It takes place after all…")
    assert "Ana Ruiz gets an email" in words_of(olga.one("#ask-first"))
    assert olga.press("Yes, and send the email").sees("It takes place after all")
    row = make.row(Event)
    assert (row.called_off_at, row.called_off_because) == (None, "")
    assert make.rows(AuditEntry)[-1].verb == "call_off_taken_back"
    assert make.due(tell_back_on) == 1
    assert make.due(tell_back_on) == 0
    work(app)
    assert mailbox.mails[-1]["Subject"] == "Beers takes place after all"
    again = entry_in(mailbox.mails[-1], "REQUEST")
    assert again["sequence"] > gone["sequence"]


def test_who_has_not_heard_yet_hears_nothing(make, event, olga):
    make.rsvp(event, "Ana Ruiz")
    call_off(make, event)
    assert not olga.open(olga.url).sees("It takes place after all…"), "nothing is asked"
    assert olga.press("It takes place after all").sees("It takes place after all")
    assert not make.rows(OutboxMail)
    assert not make.rows(Notice)
    assert {one.called_off_mailed_at for one in make.rows(Rsvp)} == {None}
    assert make.due(tell_back_on) == 0


def test_called_off_once_more_is_told_once_more(app, make, event, olga, mailbox):
    make.rsvp(event, "Ana Ruiz")
    for _ in range(2):
        call_off(make, event)
        work(app)
        olga.open(olga.url).press("It takes place after all…").press("Yes, and send the email")
        make.due(tell_back_on)
        work(app)
    assert len(mailbox.mails) == 4


def test_who_waits_gets_a_place_that_came_free_meanwhile(make, browser, event, olga):
    ana = make.rsvp(event, "Ana Ruiz")
    make.rsvp(event, "Beto Gil", status="waitlisted", person=None)
    call_off(make, event)
    with make.act():
        cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
    olga.open(olga.url).press("It takes place after all")
    assert make.row(Rsvp, name="Beto Gil").status == "going"


def test_after_a_day_it_stays_called_off(make, event, olga):
    call_off(make, event)
    olga.open(olga.url)
    with time_machine.travel(clock.now() + DAY):
        olga.press("It takes place after all")
        assert olga.codes() == ["stays_called_off"]
        assert "after all" not in olga.open(f"/o/e/{event.slug}").text
    assert make.row(Event).called_off_at
