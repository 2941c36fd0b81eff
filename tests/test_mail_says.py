"""A mail is brought up to date before it is sent, or deleted where it is no longer true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import delete

from eventapp.account.actions import Visitor, mail_sign_in
from eventapp.communities.actions import add_organiser, remove_organiser
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.guests.tickets import send_tickets
from eventapp.mails import kinds
from eventapp.met.actions import ask_who_they_met
from eventapp.model import CheckIn, Community, Organiser, OutboxMail, Person, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import notify, send_cancellation_mails
from tests.mailbox import pictures_in
from tests.make import Make
from tests.met.evening import last_night, let_in, looking_back, mails_of_the_day, press
from tests.test_worker import part, rsvp, work


def wait(make: Make, **how_long: int) -> None:
    """Let time pass for the mails that wait."""
    with make.act():
        for mail in db.session.query(OutboxMail):
            mail.created_at -= timedelta(**how_long)
            mail.send_after -= timedelta(**how_long)


def do(make: Make, verb: Callable[..., object], row: Any, **more: object) -> None:
    with make.act():
        verb(db.session.get_one(type(row), row.id), **more)


def test_every_mail_has_a_say_about_when_it_is_sent(app):
    templates = {
        name.removesuffix(".mail") for name in app.jinja_env.list_templates(extensions=["mail"])
    }
    assert templates == set(kinds._SAYS_NOW)


def test_a_ticket_is_not_sent_after_its_rsvp_was_cancelled(app, make, mailbox):
    rsvp(make, make.event(title="Beers"), "ana@example.org")
    do(make, actions.cancel, make.row(Rsvp), at=clock.now())
    assert work(app) == 1
    (mail,) = mailbox.mails
    assert mail["Subject"] == "You're no longer going to Beers"
    text = mail.get_body(("plain",)).get_content().replace("\r", "")
    assert "Come after all?\nhttp" in text, "no colon after a question"
    assert not pictures_in(mail), "the ticket is void"
    assert not [row for row in make.rows(OutboxMail) if row.state == "waiting"]


def test_a_cancelled_mail_is_not_sent_to_who_comes_after_all(app, make, mailbox):
    guest = make.rsvp(make.event())
    do(make, actions.cancel, guest, at=clock.now())
    typed = actions.Answer("Ana Ruiz", "ana@example.org")
    do(make, actions.change, guest, typed=typed, at=clock.now())
    assert work(app) == 0
    assert not make.rows(OutboxMail)


def test_a_place_that_came_free_is_not_told_to_who_cancelled_it(app, make, mailbox):
    guest = make.rsvp(make.event(title="Beers"))
    do(make, notify.promoted, guest, at=clock.now())
    do(make, actions.cancel, guest, at=clock.now())
    assert work(app) == 1
    assert mailbox.mails[0]["Subject"] == "You're no longer going to Beers"


def test_who_is_promoted_while_the_mail_waits_gets_the_ticket(app, make, mailbox):
    event = make.event(capacity=1)
    first = make.rsvp(event)
    rsvp(make, event, "bea@example.org")
    do(make, actions.cancel, first, at=clock.now())
    work(app)
    told = [mail for mail in mailbox.mails if mail["To"] == "bea@example.org"]
    assert all(pictures_in(mail) for mail in told)
    assert "You have a place." in part(told[0], "plain")


@pytest.mark.parametrize("imported", [False, True])
def test_a_ticket_for_an_event_that_was_called_off_is_not_sent(app, make, mailbox, imported):
    event = make.event(title="Beers")
    if imported:
        make.rsvp(event, source="import", confirmed_at=None)
        do(make, send_tickets, event, at=clock.now())
    else:
        rsvp(make, event, "ana@example.org")
    do(make, call_off_event, event, at=clock.now())
    make.due(send_cancellation_mails)
    assert work(app) == 1
    assert mailbox.mails[0]["Subject"] == "Beers is called off"


def test_did_you_meet_is_not_asked_after_it_was_taken_back(app, make, browser, mailbox):
    ana, bea = guests_of_last_night(make)
    page = press(looking_back(make, browser, ana), bea, "We met")
    mails_of_the_day(make)
    press(page, bea, "Forget")
    assert work_in_two_days(app) == 0
    assert not make.rows(OutboxMail)


def test_did_you_meet_is_not_asked_of_who_said_so_meanwhile(app, make, browser, mailbox):
    ana, bea = guests_of_last_night(make)
    press(looking_back(make, browser, ana), bea, "We met")
    mails_of_the_day(make)
    press(looking_back(make, browser, bea), ana, "Yes, we met")
    assert work_in_two_days(app) == 0
    assert not make.rows(OutboxMail, to_email=bea.person.email)


def work_in_two_days(app) -> int:
    with time_machine.travel(clock.now() + timedelta(days=2)):
        return work(app)


def guests_of_last_night(make: Make) -> list[Rsvp]:
    event = last_night(make)
    guests = [make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea")]
    let_in(make, *guests)
    return guests


def test_who_did_not_come_after_all_is_not_asked_whom_they_met(app, make, mailbox):
    ana, bea = guests_of_last_night(make)
    make.due(ask_who_they_met)
    with make.act():
        db.session.execute(delete(CheckIn).where(CheckIn.rsvp_id == ana.id))
    assert work(app) == 1
    assert mailbox.recipients == [bea.person.email]


def test_a_sign_in_mail_is_not_sent_once_its_digits_are_worth_nothing(app, make, mailbox):
    with make.act():
        mail_sign_in("ana@example.org", by=Visitor("en", "b"), at=clock.now(), go_to=None)
    wait(make, minutes=10)
    assert work(app) == 0
    assert not make.rows(OutboxMail)


def test_a_ticket_that_is_sent_late_comes_without_the_digits(app, make, mailbox):
    rsvp(make, make.event(), "ana@example.org")
    wait(make, minutes=29)
    digits = make.row(OutboxMail).values["digits"]
    wait(make, minutes=1)
    assert work(app) == 1
    (mail,) = mailbox.mails
    assert digits not in part(mail, "plain")
    assert "six digits" not in part(mail, "plain")
    assert pictures_in(mail), "the ticket is good"


def test_a_mail_to_an_address_that_is_the_guests_no_more_is_not_sent(app, make, mailbox):
    rsvp(make, make.event(), "anna@example.org")
    ana = make.person("ana@example.org")
    with make.act():
        actions.give_to(
            db.session.scalars(db.select(Rsvp)).one(), db.session.get_one(Person, ana.id)
        )
    assert work(app) == 0


def test_who_was_taken_back_as_organiser_is_not_invited(app, make, mailbox):
    community = make.community()
    olga = make.organiser(community)
    with make.act():
        there = db.session.get_one(Community, community.id)
        add_organiser(there, "bea@example.org", by=olga, at=clock.now())
    bea = make.row(Person, email="bea@example.org")
    invited = make.row(Organiser, person_id=bea.id)
    do(make, remove_organiser, invited, by=olga)
    assert work(app) == 0
