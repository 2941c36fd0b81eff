"""A mail that did not arrive is sent once more, brought up to date."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.tickets import send_tickets
from eventapp.met.actions import ask_who_they_met
from eventapp.model import Event, OutboxMail, Rsvp
from eventapp.rsvp import actions
from tests.mailbox import pictures_in
from tests.mails.failing import fail, give_up, mailed
from tests.mails.test_page import open_mail
from tests.met.evening import last_night, let_in
from tests.test_worker import part, rsvp, work


def test_one_mail_is_sent_again(app, make, browser, htmx, mailbox):
    event = make.event()
    mailed(make, event, "Ana")
    fail(make, "Ana")
    page = open_mail(make, browser, event, "?state=refused", htmx=htmx)
    page.press("Send again to Ana").press("Yes, and send the email")
    assert page.sees("The email to Ana is on its way again.")
    assert page.guests() == [], "the refused ones are still what is looked at"
    assert work(app) == 1
    (mail,) = mailbox.mails
    assert (mail["To"], "There's a place for you" in part(mail, "plain")) == (
        "ana@example.org",
        True,
    )
    assert pictures_in(mail)


def test_pressing_twice_sends_it_once(app, make, browser, mailbox):
    event = make.event()
    mailed(make, event, "Ana")
    mail = fail(make, "Ana")
    page = open_mail(make, browser, event)
    form = page.one(f"#mail-{mail.id} form")
    token = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    page.submit(form, token).press("Yes, and send the email")
    assert work(app) == 1
    page.submit(form, token)
    assert page.sees("The email to Ana was sent again already.")
    assert work(app) == 0
    assert make.row(OutboxMail).state == "sent"
    with make.act():
        actions.cancel(db.session.scalars(select(Rsvp)).one(), at=clock.now())
    page.submit(form, token)
    assert make.row(OutboxMail, id=mail.id).state == "sent", "what was sent is not deleted"


def test_what_a_form_brought_is_sent_again_without_digits(app, make, browser, mailbox):
    event = make.event()
    rsvp(make, event, "ana@example.org")
    fail(make, "Ana")
    open_mail(make, browser, event).press("Send again to Ana Ruiz").press("Yes, and send the email")
    assert work(app) == 1
    assert "six digits" not in part(mailbox.mails[0], "plain")


def test_an_imported_guest_gets_the_ticket_again(app, make, browser, mailbox):
    event = make.event()
    guest = make.person("ana@example.org", verified_at=None)
    make.rsvp(event, person=guest, source="import", confirmed_at=None, listing=None)
    with make.act():
        send_tickets(db.session.merge(event), at=clock.now())
    give_up(make, "Ana")
    open_mail(make, browser, event).press("Send again to Ana Ruiz").press("Yes, and send the email")
    assert work(app) == 1
    assert "You're on the guest list" in part(mailbox.mails[0], "plain")


def test_the_morning_after_asks_again(app, make, browser, mailbox):
    event = last_night(make)
    guest = make.rsvp(event, person=make.person("ana@example.org"))
    let_in(make, guest)
    make.due(ask_who_they_met)
    fail(make, "Ana")
    open_mail(make, browser, event).press("Send again to Ana Ruiz").press("Yes, and send the email")
    assert work(app) == 1
    assert f"/r/{make.row(Rsvp).key}/met" in part(mailbox.mails[0], "plain")


def test_what_is_no_longer_true_is_not_sent(app, make, browser, htmx, mailbox):
    event = make.event()
    guest = mailed(make, event, "Ana")
    fail(make, "Ana")
    with make.act():
        actions.cancel(db.session.get_one(Rsvp, guest.id), at=clock.now())
    page = open_mail(make, browser, event, "?state=refused", htmx=htmx)
    page.press("Send again to Ana")
    assert page.sees("What the email to Ana says is no longer true, so it was deleted.")
    assert [row.template for row in make.rows(OutboxMail)] == ["rsvp/mail/cancelled"]


@pytest.fixture
def failed(make) -> Event:
    """An event with two mails that failed, one that waits, and one of another event."""
    event, other = make.event(), make.event()
    for there, name in ((event, "Ana"), (event, "Bea"), (event, "Carl"), (other, "Dora")):
        mailed(make, there, name)
    fail(make, "Ana")
    give_up(make, "Bea")
    fail(make, "Dora")
    return event


def test_all_that_failed_are_sent_again_after_a_confirm(app, make, browser, failed, mailbox):
    page = open_mail(make, browser, failed).follow("Send all 2 again")
    assert page.sees("2 emails did not arrive.")
    assert work(app) == 1, "asking changes nothing"
    page.press("Send 2 emails again")
    assert page.sees("2 emails are on their way again.")
    assert work(app) == 2
    assert sorted(mailbox.recipients[1:]) == ["ana@example.org", "bea@example.org"]
    assert make.row(OutboxMail, to_email="dora@example.org").state == "refused"
    page.open(f"/o/e/{failed.slug}/mail/again")
    assert page.sees("Every email about this event arrived, or is on its way.")
