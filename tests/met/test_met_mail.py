"""The mails about people one met end by one click, of the reader or of their mail program."""

from __future__ import annotations

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.mail import message
from eventapp.mails import kinds
from eventapp.met.actions import ask_who_they_met, end_met_mail, remind_of_follow_ups
from eventapp.model import Encounter, OutboxMail, Person
from tests.met.evening import last_night, let_in, looking_back, mails_of_the_day, press

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ABOUT_MET = {"met/mail/morning_after", "met/mail/did_you_meet", "met/mail/follow_up"}


@pytest.fixture
def event(make):
    return last_night(make)


@pytest.fixture
def ana(make, event):
    return guest(make, event, "Ana")


@pytest.fixture
def bea(make, event):
    return guest(make, event, "Bea")


def guest(make, event, name):
    rsvp = make.rsvp(event, name, listing="attendees")
    let_in(make, rsvp)
    return rsvp


def all_of_them(make, browser, ana, bea):
    """Both are asked, Bea wants to get in touch with Carla, and hears that Ana noted her."""
    carla = guest(make, ana.event, "Carla")
    make.due(ask_who_they_met)
    press(looking_back(make, browser, bea), carla, "We met")
    with make.act():
        encounter = db.session.query(Encounter).one()
        encounter.follow_up_on = clock.now().astimezone(ana.event.zone).date()
    make.due(remind_of_follow_ups)
    press(looking_back(make, browser, ana), bea, "We met")
    mails_of_the_day(make)
    return carla


def end(make, rsvp):
    with make.act():
        end_met_mail(db.session.get_one(Person, rsvp.person_id), at=clock.now())


def test_a_mail_program_ends_them_without_cookies_or_a_token(make, browser, ana):
    client, address = browser().client, f"/r/{ana.key}/met/mail"
    assert client.post(address).status_code == 400
    assert client.get(address).status_code == 200
    assert make.row(Person, id=ana.person_id).met_mail_ended_at is None
    ended = set()
    for _ in range(2):
        assert client.post(address, data=ONE_CLICK).status_code == 200
        ended.add(make.row(Person, id=ana.person_id).met_mail_ended_at)
    assert len(ended) == 1
    assert None not in ended


def test_a_reader_ends_them_and_gets_them_again(make, browser, htmx, ana):
    page = browser(htmx=htmx).open(f"/r/{ana.key}/met/mail")
    assert page.press("No more of these emails").sees("gets no more emails about people you met")
    assert make.row(Person, id=ana.person_id).met_mail_ended_at
    assert page.press("Get them again").sees("gets an email the morning after")
    assert make.row(Person, id=ana.person_id).met_mail_ended_at is None


def test_ones_own_page_says_how_it_is_and_leads_there(make, browser, ana):
    page = make.signed_in(browser(), ana.person).open("/me")
    assert page.sees("You get emails about people you met.")
    end(make, ana)
    assert page.open("/me").sees("You get no emails about people you met.")
    page.follow("Change that").press("Get them again")
    assert page.open("/me").sees("You get emails about people you met.")
    assert '"met_mail_ended_at": null' in page.client.get("/me/export").text


def test_every_such_mail_says_how_it_ends(make, browser, ana, bea):
    carla = all_of_them(make, browser, ana, bea)
    address = {
        guest.person.email: f"http://localhost/r/{guest.key}/met/mail"
        for guest in (ana, bea, carla)
    }
    with make.app.app_context():
        rows = db.session.query(OutboxMail).all()
        assert {row.template for row in rows} == ABOUT_MET
        for row in rows:
            mail = message(row)
            assert mail["List-Unsubscribe"] == f"<{address[row.to_email]}>"
            assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            assert address[row.to_email] in mail.get_body(("plain",)).get_content()


def test_who_ended_them_is_not_mailed_and_others_are(make, browser, ana, bea):
    end(make, bea)
    carla = all_of_them(make, browser, ana, bea)
    to = {row.to_email for row in make.rows(OutboxMail)}
    assert to == {ana.person.email, carla.person.email}
    assert make.due(ask_who_they_met, remind_of_follow_ups) == 0, "the worker looks no more"


def test_who_ends_them_while_one_waits_does_not_get_it(make, browser, ana, bea):
    all_of_them(make, browser, ana, bea)
    end(make, bea)
    with make.app.app_context():
        waiting = db.session.query(OutboxMail).filter_by(to_email=bea.person.email).all()
        assert {mail.template for mail in waiting} == ABOUT_MET
        assert [kinds.says_now(mail, clock.now()) for mail in waiting] == [None] * 3
