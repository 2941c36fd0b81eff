"""Who said maybe is asked once more, two days before the event."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Notice, OutboxMail, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import ask_maybes_again
from eventapp.rsvp.actions.notify import ticket_values
from tests.test_worker import work

DAY = timedelta(days=1)


@pytest.fixture
def event(make):
    return make.event(starts_at=clock.now() + 9 * DAY, title="Beers", capacity=1)


@pytest.fixture
def maybe(make, event):
    return make.rsvp(event, "Ana Ruiz", status="maybe")


def asked_at(make, when):
    with time_machine.travel(when):
        return make.due(ask_maybes_again)


def test_who_said_maybe_is_asked_once_two_days_before(make, browser, event, maybe, htmx):
    make.rsvp(event, "Waits", status="waitlisted")
    make.rsvp(event, "Without a mailbox", status="maybe", person=None)
    assert asked_at(make, event.starts_at - 2 * DAY - timedelta(minutes=1)) == 0
    assert asked_at(make, event.starts_at - 2 * DAY) == 1
    assert asked_at(make, event.starts_at - DAY) == 0
    [(_, mailed)] = make.mails()
    assert mailed.subject == "Are you coming? Beers"
    assert f"/r/{maybe.key}?answer=going" in mailed.text
    page = browser(htmx=htmx).open(f"/r/{maybe.key}?answer=going")
    assert make.row(Rsvp, id=maybe.id).status == "maybe", "a mail scanner changes nothing"
    page.press("Yes, I'm coming")
    assert make.row(Rsvp, id=maybe.id).status == "going"


def test_what_a_stranger_may_have_typed_mails_nothing_more(make, event):
    make.rsvp(event, "Typed by anybody", status="maybe", confirmed_at=None)
    assert asked_at(make, event.starts_at - DAY) == 0
    make.rsvp(event, "On a list", status="maybe", confirmed_at=None, source="import")
    assert asked_at(make, event.starts_at - DAY) == 1
    assert not make.mails()[1:]


def test_nobody_is_asked_on_the_day_on_which_they_answer(make, event):
    with time_machine.travel(event.starts_at - DAY):
        make.rsvp(event, "Ana Ruiz", status="maybe")
    assert asked_at(make, event.starts_at - timedelta(hours=20)) == 0
    assert asked_at(make, event.starts_at + DAY) == 0


@pytest.mark.parametrize(
    "more",
    [
        {"called_off_at": clock.now()},
        {"published_at": None},
        {"rsvp_closes_at": clock.now() + DAY},
    ],
)
def test_nobody_is_asked_where_a_yes_would_be_refused(make, more):
    event = make.event(starts_at=clock.now() + 9 * DAY, **more)
    make.rsvp(event, status="maybe")
    assert asked_at(make, event.starts_at - DAY) == 0


@pytest.mark.parametrize("answer", ["going", "maybe", "not_going"])
def test_the_mail_is_not_sent_to_who_answered_meanwhile(app, make, mailbox, event, maybe, answer):
    with time_machine.travel(event.starts_at - 2 * DAY):
        make.due(ask_maybes_again)
    with time_machine.travel(event.starts_at - 2 * DAY + timedelta(hours=1)):
        with make.act():
            actions.say(db.session.get_one(Rsvp, maybe.id), answer, at=clock.now())
        work(app)
    assert not [mail for mail in mailbox.mails if "Are you coming?" in mail["Subject"]]


def test_an_event_that_moved_meanwhile_is_asked_about_before_its_new_date(
    app, make, mailbox, event, maybe
):
    with time_machine.travel(event.starts_at - 2 * DAY):
        make.due(ask_maybes_again)
        with make.act():
            moved = db.session.get_one(Event, event.id)
            moved.starts_at, moved.ends_at = moved.starts_at + 30 * DAY, moved.ends_at + 30 * DAY
        assert work(app) == 0
        assert not make.rows(Notice)
        assert not make.rows(OutboxMail)
        assert make.due(ask_maybes_again) == 0
    with time_machine.travel(event.starts_at + 29 * DAY):
        assert make.due(ask_maybes_again) == 1
        assert work(app) == 1


PROMISED = "We'll ask you again two days before"


def promised_at(app, make, browser, maybe, when):
    """Whether the guest's page and the mail about their answer promise it. Both say the same."""
    with time_machine.travel(when):
        page = browser().open(f"/r/{maybe.key}").sees(PROMISED)
        with app.test_request_context():
            says = ticket_values(db.session.get_one(Rsvp, maybe.id), clock.now())
    assert says["is_asked_again"] is page
    return page


def test_who_will_be_asked_again_is_promised_it(app, make, browser, event, maybe):
    before = event.starts_at - 2 * DAY - timedelta(minutes=1)
    assert promised_at(app, make, browser, maybe, before)
    assert asked_at(make, event.starts_at - 2 * DAY) == 1
    assert not promised_at(app, make, browser, maybe, before), "asked already"


@pytest.mark.parametrize(
    ("of_event", "of_guest"),
    [
        ({"starts_at": clock.now() + DAY}, {"created_at": clock.now() - 3 * DAY}),
        ({"rsvp_closes_at": clock.now() + 7 * DAY}, {}),
        ({"starts_at": clock.now() + 2.5 * DAY}, {}),
        ({}, {"confirmed_at": None}),
        ({}, {"person": None}),
    ],
    ids=["too late", "closed by then", "said just before", "unproven", "no address"],
)
def test_who_will_not_be_asked_again_is_promised_nothing(app, make, browser, of_event, of_guest):
    event = make.event(**{"starts_at": clock.now() + 9 * DAY, **of_event})
    maybe = make.rsvp(event, status="maybe", **of_guest)
    assert not promised_at(app, make, browser, maybe, clock.now())
