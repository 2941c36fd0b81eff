"""Imported guests are mailed their ticket when an organiser says so: each of them once."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.due import Due
from eventapp.guests.ticket_mails import send_asked_tickets
from eventapp.guests.tickets import ask_for_tickets, count_without_ticket, mail_says
from eventapp.model import AuditEntry, Community, Event, OutboxMail, Rsvp, Source, Status
from eventapp.rsvp.actions import notify
from eventapp.worker import do_what_is_due
from tests.application import SETTINGS
from tests.browser import form_data
from tests.plans import asked
from tests.processes import context

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
    assert make.mails() == []
    assert make.due(send_asked_tickets) == 2
    assert {row.to_email for row, _ in make.mails()} == {"ana@example.org", "beto@example.org"}
    page.open(f"/o/e/{event.slug}/guests/send-tickets")
    assert page.sees("Nobody is waiting for a ticket")
    assert not page.page.select("[data-count=tickets]")


def test_a_page_that_is_out_of_date_mails_nobody_again(make, page):
    form = page.one("form[action$=send-tickets]")
    for _ in range(2):
        page.client.post(form["action"], data=form_data(form))
    make.due(send_asked_tickets)
    assert len(make.mails()) == 2
    assert [entry.count for entry in make.rows(AuditEntry)] == [2]


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
    make.due(send_asked_tickets)
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
    make.due(send_asked_tickets)
    with make.act():
        db.session.get_one(Rsvp, make.row(Rsvp, name="Ana Ruiz").id).status = becomes
        mail = db.session.get_one(OutboxMail, make.mails("ana@example.org")[0][0].id)
        assert mail_says(mail, clock.now()) is None
        other = db.session.get_one(OutboxMail, make.mails("beto@example.org")[0][0].id)
        assert mail_says(other, clock.now())
        assert mail_says(other, clock.now() + timedelta(days=1)) is None


def test_who_was_given_another_address_waits_for_a_ticket_again(make, page, event):
    page.press("Send 2 emails")
    make.due(send_asked_tickets)
    make.due(send_asked_tickets)
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


def test_who_comes_by_a_list_meanwhile_is_not_mailed_with_the_others(make, page, event):
    page.press("Send 2 emails")
    carla = make.rsvp(event, "Carla", person=make.person("carla@example.org"), **IMPORTED)
    with make.act():
        db.session.get_one(Rsvp, carla.id).created_at = clock.now() + timedelta(seconds=1)
    assert page.open(f"/o/e/{event.slug}/guests").sees("Send 1 ticket…")
    assert make.due(send_asked_tickets) == 2
    assert {row.to_email for row, _ in make.mails()} == {"ana@example.org", "beto@example.org"}
    make.due(send_asked_tickets)
    assert make.row(Event, id=event.id).tickets_asked_at is None


def test_an_event_that_is_called_off_before_the_worker_comes_mails_nobody(make, page, event):
    page.press("Send 2 emails")
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = clock.now()
    make.due(send_asked_tickets)
    assert make.mails() == []
    assert make.row(Event, id=event.id).tickets_asked_at is None


def many(make, size: int) -> Event:
    event = make.event()
    for number in range(size):
        make.rsvp(event, f"Guest {number}", **IMPORTED)
    return event


def send_and_die(settings: dict[str, Any]) -> None:
    """What a worker does that is killed before it commits its second portion."""
    portions: list[int] = []

    def do(rsvp_ids: Sequence[int], at: datetime) -> int:
        portions.append(send_asked_tickets.do(rsvp_ids, at))
        if len(portions) > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return portions[-1]

    with create_app(settings).app_context():
        do_what_is_due([Due("tickets", send_asked_tickets.find, do)])


@pytest.mark.slow
def test_a_worker_that_is_killed_halfway_mails_nobody_twice_and_leaves_out_nobody(app, make):
    event = many(make, 40)
    with make.act():
        assert ask_for_tickets(db.session.get_one(Event, event.id), at=clock.now()) == 40
    url = {"SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"]}
    worker = context.Process(target=send_and_die, args=({**SETTINGS, **url},))
    worker.start()
    worker.join(60)
    assert worker.exitcode == -signal.SIGKILL
    assert 0 < len(make.rows(OutboxMail)) < 40
    while make.due(send_asked_tickets):
        pass
    told = Counter(mail.about_id for mail in make.rows(OutboxMail))
    assert (len(told), {*told.values()}) == (40, {1})


def test_asking_takes_as_many_statements_for_many_as_for_few(app, make):
    counts = []
    for size in (2, 20):
        event = many(make, size)
        with make.act(), asked() as statements:
            assert ask_for_tickets(db.session.get_one(Event, event.id), at=clock.now()) == size
        counts.append(len(statements))
    assert counts[0] == counts[1]
