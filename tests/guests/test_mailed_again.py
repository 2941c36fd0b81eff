"""A guest is mailed what they had already: it is said before, and the mail says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests import tickets
from eventapp.model import OutboxMail, Rsvp
from eventapp.rsvp.actions import notify
from tests.events.organising import organiser_of
from tests.html import words_of
from tests.test_worker import work

YES = "Yes, and send the email"
ONCE_MORE = "sending you this once more"


@pytest.fixture
def event(make):
    return make.event(capacity=4, starts_at=clock.now() + timedelta(days=3))


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def page_of(olga, event, rsvp):
    return olga.open(f"/o/e/{event.slug}/guests/{rsvp.id}")


def brought(make, event, **more):
    return make.rsvp(event, source="import", confirmed_at=None, **more)


def test_who_was_given_a_place_by_mail_is_asked_about_and_told_so(app, make, event, olga, mailbox):
    ana = brought(make, event, status="waitlisted")
    page = page_of(olga, event, ana).press("Give a place, and email them").press(YES)
    work(app)
    page = page_of(olga, event, ana).press("Email the ticket again…")
    assert page.one("#ask-first").h2.text == "Email Ana Ruiz again?"
    assert "Ana Ruiz has had it already: " in words_of(page.one("[data-note]"))
    assert str(clock.now().year) in words_of(page.one("[data-note]"))
    assert ONCE_MORE in words_of(page.one("[data-mail]"))
    page.press(YES)
    work(app)
    first, again = (mail.get_body(("plain",)).get_content() for mail in mailbox.mails)
    assert "brought your name" in first
    assert "brought your name" not in again
    assert ONCE_MORE in again


def test_the_first_is_no_second(make, event, olga):
    ana = brought(make, event)
    page = page_of(olga, event, ana).press("Email the ticket…")
    assert page.one("#ask-first").h2.text == "Email Ana Ruiz?"
    assert not page.page.select("[data-note]")
    page.press(YES)
    [(row, mail)] = make.mails()
    assert row.template == tickets.TICKET
    assert ONCE_MORE not in mail.text


def test_what_failed_or_went_elsewhere_was_not_had(make, event, olga):
    ana = brought(make, event)
    page_of(olga, event, ana).press("Email the ticket…").press(YES)
    with make.act():
        mail = db.session.scalars(db.select(OutboxMail)).one()
        mail.failed_at, mail.failure = clock.now(), "refused"
    assert "Email the ticket…" in page_of(olga, event, ana).text
    bea = make.rsvp(event, "Bea")
    with make.act():
        notify.ticket(db.session.get_one(Rsvp, bea.id), at=clock.now())
        mail = db.session.scalars(db.select(OutboxMail).filter_by(about_id=bea.id)).one()
        mail.to_email = mail.to_key = "old@example.org"
    assert "Email the ticket…" in page_of(olga, event, bea).text


def test_the_history_has_each_mail_and_what_became_of_it_in_order(app, make, event, olga, mailbox):
    ana = make.rsvp(event, "Ana", created_at=clock.now() - timedelta(days=2))
    page_of(olga, event, ana).press("Email the ticket…").press(YES)
    work(app)
    page_of(olga, event, ana).press("Email the ticket again…").press(YES)
    with make.act():
        newest = db.session.scalars(db.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
        newest.failed_at, newest.failure = clock.now() + timedelta(minutes=1), "refused"
        newest.last_error = "550 no such user"
    page_of(olga, event, ana)
    lines = olga.one("#happened").select("li")
    mails = [(line["data-mail"], line["data-state"]) for line in lines if "data-mail" in line.attrs]
    assert mails == [(notify.ANSWERED, "refused"), (notify.ANSWERED, "sent")]
    assert "Email: Ticket" in words_of(lines[0])
    assert "Refused" in words_of(lines[0])
    assert "They showed that the address is theirs." in words_of(lines[-1])
