"""Organisers hear by mail that somebody asks to come: the first at once, then once an hour at most,
and nothing twice.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from flask import Flask

from eventapp.communities.actions import remove_organiser
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.mail import compose
from eventapp.core.outbox import OutboxMail
from eventapp.events.actions import call_off_event
from eventapp.guests import approval
from eventapp.guests.request_mails import (
    REQUESTS,
    end_for_one,
    keep_requests_quiet,
    send_request_mails,
    tell_of_requests,
)
from eventapp.model import AuditEntry, Event, Organiser, Person, Rsvp
from tests.events.organising import organiser_of
from tests.guests.bringing import a_list, bring
from tests.make import Make
from tests.test_worker import work

HOUR = timedelta(hours=1)
_number = count(1)


@pytest.fixture
def event(make: Make) -> Event:
    community = make.community(language="en")
    make.organiser(community, "olga@example.org")
    starts = clock.now() + timedelta(days=9)
    return make.event(community, title="Supper", needs_approval=True, starts_at=starts)


def ask(browser: Any, event: Event, **more: str) -> Any:
    who = {"name": "Ana Ruiz", "email": f"asks{next(_number)}@example.org", **more}
    return browser().open(f"/e/{event.slug}").press("Ask to come", **who)


def told(make: Make, *, after: timedelta = timedelta()) -> list[str]:
    """The subjects of the mails that are due after this time."""
    before = {row.id for row in make.rows(OutboxMail)}
    with time_machine.travel(clock.now() + after):
        make.due(send_request_mails)
    new = [row for row in make.rows(OutboxMail) if row.id not in before]
    with make.app.app_context():
        return [compose(row).subject for row in new]


def test_the_first_is_told_at_once_and_names_nobody(make, browser, event):
    ask(browser, event, companions="2", email="private@example.org")
    assert told(make) == ["3 people ask to come to Supper"]
    [(row, words)] = make.mails("olga@example.org")
    assert row.template == REQUESTS
    assert f"/o/e/{event.slug}/guests?status=pending" in words.text
    assert f"/o/e/{event.slug}#approval" in words.text
    for private in ("Ana", "private"):
        assert private not in words.text
        assert private not in str(row.values)


def test_all_organisers_hear_it_each_in_their_language(make, browser, event):
    berta = make.organiser(db_community(make, event), "berta@example.org")
    with make.act():
        db.session.merge(berta).language = "es"
    ask(browser, event)
    assert sorted(told(make)) == [
        "One person asks to come to Supper",
        "Una persona pide venir a Supper",
    ]


def db_community(make: Make, event: Event) -> Any:
    with make.app.app_context():
        return db.session.get_one(Event, event.id).community


def test_later_ones_are_gathered_for_an_hour_and_nobody_is_told_twice(make, browser, event):
    ask(browser, event)
    assert len(told(make)) == 1
    for _ in range(2):
        ask(browser, event)
    assert told(make, after=HOUR - timedelta(minutes=1)) == []
    assert told(make, after=HOUR) == ["3 people ask to come to Supper"]
    assert told(make, after=3 * HOUR) == []


def test_who_withdraws_and_asks_again_is_told_again(make, browser, event):
    ask(browser, event)
    told(make)
    page = browser().open(f"/r/{make.row(Rsvp).key}").press("Withdraw my answer")
    assert told(make, after=HOUR) == []
    page.press("Ask to come")
    assert told(make, after=HOUR) == ["One person asks to come to Supper"]


def test_a_request_that_is_withdrawn_is_not_told(make, browser, event):
    ask(browser, event)
    browser().open(f"/r/{make.row(Rsvp).key}").press("Withdraw my answer")
    assert told(make) == []


def test_a_request_that_was_decided_is_not_told(make, browser, event):
    ask(browser, event)
    with make.act():
        rsvp = db.session.get_one(Rsvp, make.row(Rsvp).id)
        approval.decline(rsvp, at=clock.now())
        approval.reconsider(rsvp)
    assert make.row(Rsvp).status == "pending"
    assert told(make) == []


def test_a_request_is_not_told_once_the_event_is_over(make, browser, event):
    ask(browser, event)
    assert told(make, after=timedelta(days=20)) == []
    assert told(make) == []


def ask_for_no_approval(event: Event) -> None:
    event.needs_approval = False


def call_off(event: Event) -> None:
    call_off_event(event, at=clock.now())


@pytest.mark.parametrize("stop", [call_off, keep_requests_quiet, ask_for_no_approval])
def test_requests_of_a_time_without_mails_are_not_told_later(make, browser, event, stop):
    ask(browser, event)
    with make.act():
        stop(db.session.get_one(Event, event.id))
    assert told(make) == []
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.called_off_at, there.needs_approval = None, True
        tell_of_requests(there)
    assert told(make) == []


def test_a_list_that_they_bring_themselves_is_no_news(app: Flask, make, event):
    bring(app, event, a_list(3, status="pending"))
    bring(app, event, a_list(3, status="going"))
    bring(app, event, a_list(3, status="pending"))
    assert {row.status for row in make.rows(Rsvp)} == {"pending"}
    assert told(make) == []


def test_a_mail_is_sent_as_it_is_by_then_or_not_at_all(app: Flask, make, browser, event, mailbox):
    ask(browser, event)
    ask(browser, event)
    told(make)
    first, second = make.rows(Rsvp)
    for rsvp in (first, second):
        with make.act():
            approval.approve(db.session.merge(rsvp), at=clock.now())
        if rsvp is first:
            work(app)
            assert subjects(mailbox, "olga@example.org") == ["One person asks to come to Supper"]
            ask(browser, event)
            told(make, after=HOUR)
    for rsvp in make.rows(Rsvp, status="pending"):
        with make.act():
            approval.decline(db.session.merge(rsvp), at=clock.now())
    with time_machine.travel(clock.now() + HOUR):
        work(app)
    assert len(subjects(mailbox, "olga@example.org")) == 1


def subjects(mailbox: Any, to: str) -> list[str]:
    return [mail["Subject"] for mail in mailbox.mails if mail["To"] == to]


def test_who_organises_no_longer_is_not_told(app: Flask, make, browser, event, mailbox):
    berta = make.organiser(db_community(make, event), "berta@example.org")
    ask(browser, event)
    told(make)
    with make.act():
        there = db.session.get_one(Organiser, make.row(Organiser, person_id=berta.id).id)
        by = db.session.get_one(Event, event.id).community.organisers[0].person
        remove_organiser(there, by=by)
    work(app)
    assert subjects(mailbox, "olga@example.org")
    assert not subjects(mailbox, "berta@example.org")


def test_one_organiser_ends_them_for_themselves_by_one_click(app, make, browser, event, mailbox):
    make.organiser(db_community(make, event), "berta@example.org")
    ask(browser, event)
    told(make)
    work(app)
    mail = next(one for one in mailbox.mails if one["To"] == "olga@example.org")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip("<>").partition("://")[2]
    path = "/" + address.partition("/")[2]
    client = app.test_client()
    assert client.post(path, data={"List-Unsubscribe": "Other"}).status_code == 400
    for _ in range(2):
        assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    ask(browser, event)
    told(make, after=HOUR)
    with time_machine.travel(clock.now() + HOUR):
        work(app)
    assert len(subjects(mailbox, "olga@example.org")) == 1
    assert len(subjects(mailbox, "berta@example.org")) == 2
    olga = make.signed_in(browser(), make.row(Person, email="olga@example.org"))
    olga.open(f"/o/e/{event.slug}").follow("get them again").press("Get them again")
    assert olga.sees("gets an email when somebody asks to come")
    assert all(row.requests_ended_at is None for row in make.rows(Organiser))


def test_a_mail_that_waits_is_not_sent_to_who_ended_them(app, make, browser, event, mailbox):
    ask(browser, event)
    told(make)
    with make.act():
        end_for_one(db.session.query(Organiser).one(), at=clock.now())
    work(app)
    assert not subjects(mailbox, "olga@example.org")


def test_organisers_stop_these_mails_beside_the_approval(make, browser, event, htmx):
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    for button in ("Stop these emails", "Email us when somebody asks"):
        page.press(button)
        assert make.row(Event).tells_of_requests is (button != "Stop these emails")
        entry = make.rows(AuditEntry)[-1]
        assert (entry.verb, entry.fields) == ("event_changed", ["tells_of_requests"])
    page.press("Stop these emails").press("Copy as a new draft")
    assert [row.tells_of_requests for row in make.rows(Event)] == [False, False]
