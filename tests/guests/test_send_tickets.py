"""Imported guests are mailed their ticket when an organiser says so: each of them once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.tickets import count_without_ticket, mail_says
from eventapp.model import Community, Event, OutboxMail, Rsvp, Source, Status
from eventapp.rsvp.actions import notify
from tests.browser import form_data

IMPORTED = {"source": Source.IMPORT, "confirmed_at": None}


@pytest.fixture
def event(make) -> Event:
    """Of all who are on its list, two wait for a ticket: Ana, and Beto on the waitlist."""
    event = make.event()
    make.rsvp(event, "Ana Ruiz", person=make.person("ana@example.org"), **IMPORTED)
    beto = make.person("beto@example.org")
    make.rsvp(event, "Beto", person=beto, **IMPORTED, status=Status.WAITLISTED)
    make.rsvp(event, "Without an address", person=None, **IMPORTED)
    make.rsvp(event, "Cancelled", **IMPORTED, status=Status.CANCELLED)
    make.rsvp(event, "Asked to come", **IMPORTED, status=Status.PENDING)
    make.rsvp(event, "Proved their address", source=Source.IMPORT)
    make.rsvp(event, "Answered here", confirmed_at=None)
    make.rsvp(make.event(), "At another event", **IMPORTED)
    return event


@pytest.fixture
def page(make, browser, htmx, event):
    """Where the organiser is asked whether to send them."""
    organiser = make.organiser(make.row(Community, id=event.community_id))
    signed_in = make.signed_in(browser(htmx=htmx), organiser)
    return signed_in.open(f"/o/e/{event.slug}/guests/send-tickets")


def test_each_is_mailed_once(make, page, event):
    assert page.one("[data-count=tickets]").strong.get_text() == "2"
    page.press("Send 2 emails")
    assert page.sees("2 emails are on their way.")
    assert {row.to_email for row, _ in make.mails()} == {"ana@example.org", "beto@example.org"}
    page.open(f"/o/e/{event.slug}/guests/send-tickets")
    assert page.sees("Nobody is waiting for a ticket")
    assert not page.page.select("[data-count=tickets]")


def test_a_page_that_is_out_of_date_mails_nobody_again(make, page):
    form = page.one("form[action$=send-tickets]")
    for _ in range(2):
        page.client.post(form["action"], data=form_data(form))
    assert len(make.mails()) == 2


def test_the_page_shows_who_gets_it_and_what(page):
    assert page.sees("Ana Ruiz, Beto")
    shown = [mail.h3.text for mail in page.page.select("[data-mail]")]
    assert sorted(shown)[0].startswith("On the waitlist")
    assert sorted(shown)[1].startswith("Your ticket")


def test_who_is_imported_meanwhile_is_not_mailed_unseen(make, page, event):
    make.rsvp(event, "Carla", person=make.person("carla@example.org"), **IMPORTED)
    page.press("Send 2 emails")
    assert page.codes() == ["mails_changed"]
    assert make.mails() == []
    assert page.press("Yes, and send 3 emails").sees("3 emails are on their way.")


def test_the_mail_has_the_ticket_or_the_place_on_the_waitlist(make, page):
    page.press("Send 2 emails")
    [(_, ana)], [(_, beto)] = make.mails("ana@example.org"), make.mails("beto@example.org")
    assert make.row(Rsvp, name="Ana Ruiz").key in ana.text
    assert "on the waitlist of Community" in beto.text
    assert "as number 1" in beto.text


@pytest.mark.parametrize("column", ["called_off_at", "ends_at"])
def test_nobody_needs_one_for_what_is_over(make, page, event, column):
    with make.act():
        row = db.session.get_one(Event, event.id)
        row.starts_at = clock.now() - timedelta(hours=1)
        setattr(row, column, clock.now())
    page.press("Send 2 emails")
    assert page.codes() == ["event_over"]
    assert make.mails() == []


@pytest.mark.parametrize("becomes", [Status.CANCELLED, Status.NOT_GOING])
def test_a_mail_that_is_not_needed_any_more_is_not_sent(make, page, becomes):
    page.press("Send 2 emails")
    with make.act():
        db.session.get_one(Rsvp, make.row(Rsvp, name="Ana Ruiz").id).status = becomes
        mail = db.session.get_one(OutboxMail, make.mails("ana@example.org")[0][0].id)
        assert mail_says(mail, clock.now()) is None
        other = db.session.get_one(OutboxMail, make.mails("beto@example.org")[0][0].id)
        assert mail_says(other, clock.now())
        assert mail_says(other, clock.now() + timedelta(days=1)) is None


def test_who_was_given_another_address_waits_for_a_ticket_again(make, page, event):
    page.press("Send 2 emails")
    zoe = make.person("zoe@example.org")
    with make.act():
        db.session.get_one(Rsvp, make.row(Rsvp, name="Ana Ruiz").id).person_id = zoe.id
        assert count_without_ticket(event) == 1


@pytest.mark.parametrize(("status", "waits"), [("pending", 1), ("maybe", 1), ("going", 0)])
def test_a_mail_without_a_ticket_does_not_stand_for_one(make, status, waits):
    event = make.event()
    guest = make.rsvp(event, "Ana Ruiz", **IMPORTED, status=status)
    with make.act():
        notify.ticket(db.session.get_one(Rsvp, guest.id), at=clock.now())
        db.session.get_one(Rsvp, guest.id).status = Status.GOING
    with make.app.app_context():
        assert count_without_ticket(event) == waits
