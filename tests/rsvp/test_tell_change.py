"""Time or place of an event changed: those who answered are told, if its organisers say so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.model import AuditEntry, Event, EventChange, OutboxMail, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import tell_what_changed
from tests.browser import form_data
from tests.events.organising import may_event, organiser_of, save
from tests.rsvp.changing import change
from tests.test_worker import part, work

NEW_TIME = {"starts": "2027-05-05T20:00", "ends": "2027-05-05T23:00"}
HOUR = timedelta(hours=1)


@pytest.fixture
def event(make):
    return may_event(make, title="Beers")


@pytest.fixture
def ana(make, event):
    return make.rsvp(event, "Ana Ruiz")


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")


def tell(make, event) -> int:
    """Decide to tell, and let the worker do it. Returns how many the organiser was told of."""
    with make.act():
        there = db.session.get_one(Event, event.id)
        guests = actions.tell_change(there, revision=None, at=clock.now())
    make.due(tell_what_changed)
    return guests


def told(make) -> list[str]:
    return sorted(row.to_email for row in make.rows(OutboxMail, template="rsvp/mail/changed"))


def test_organisers_are_asked_and_guests_are_told_both_times(make, event, ana, olga):
    assert not olga.page.select("#change-to-tell")
    save(olga, **NEW_TIME, place="Another bar")
    asked = olga.one("#change-to-tell").get_text(" ")
    for words in ("Tell the one guest who answered?", "Bar Central", "4 May", "19:00"):
        assert words in asked
    assert make.due(tell_what_changed) == 0, "nobody is told before they say so"
    olga.press("Tell one guest", line="The bar has closed.")
    shown = olga.one("#ask-first [data-mail]").get_text(" ")
    for words in ("New time and place: Beers", "The bar has closed.", "Bar Central"):
        assert words in shown
    assert make.due(tell_what_changed) == 0, "they are asked once they see it"
    olga.press("Yes, and send the email")
    assert olga.sees("One guest is told within a few minutes.")
    assert not olga.page.select("#change-to-tell")
    assert make.due(tell_what_changed) == 1
    assert make.due(tell_what_changed) == 0
    ((_, mailed),) = make.mails(ana.person.email)
    assert mailed.subject == "New time and place: Beers"
    before, now = mailed.text.index("4 May"), mailed.text.index("5 May")
    assert now < before
    key = f"/r/{ana.key}"
    for words in ("20:00", "19:00", "Another bar", "Bar Central", key, "calendar.ics", "closed."):
        assert words in mailed.text
    entry = make.rows(AuditEntry)[-1]
    assert (entry.verb, entry.count) == ("change_told", 1)


@pytest.mark.parametrize("button", ["Tell one guest", "Tell nobody"])
def test_a_tap_after_it_was_told_says_so(make, event, ana, olga, button):
    save(olga, **NEW_TIME)
    tell(make, event)
    olga.press(button)
    assert olga.sees("Everybody who answered knows, or is told within a few minutes.")
    assert not olga.sees("Nobody is told")
    assert len(told(make)) == 1


def test_a_tap_to_tell_nobody_is_the_same_twice(make, event, ana, olga):
    save(olga, **NEW_TIME)
    form = olga.one("form[action$='keep-quiet']")
    for _ in range(2):
        assert olga.submit(form, form_data(form)).sees("Nobody is told.")
    make.row(AuditEntry, verb="change_kept_quiet")


@pytest.mark.parametrize(
    ("new", "subject"),
    [
        ({"place": "Another bar"}, "New place: Beers"),
        ({"ends": "2027-05-04T23:30"}, "New time: Beers"),
        ({"tz": "Atlantic/Canary"}, "New time: Beers"),
    ],
)
def test_the_subject_says_what_changed(make, event, ana, olga, new, subject):
    save(olga, **new).press("Tell one guest")
    olga.press("Yes, and send the email")
    make.due(tell_what_changed)
    assert [mail.subject for _, mail in make.mails()] == [subject]


def test_another_zone_alone_is_read_in_the_mail(make, event, ana):
    change(make, event, tz="Atlantic/Canary")
    tell(make, event)
    ((_, mailed),) = make.mails(ana.person.email)
    now, was = mailed.text.index("Canary time"), mailed.text.index("Madrid time")
    assert now < mailed.text.index("It was:") < was


def test_who_counts_on_the_event_is_told_and_nobody_who_cancelled(make, event):
    wanted = [
        make.rsvp(event, status=status) for status in ("going", "waitlisted", "pending", "maybe")
    ]
    wanted.append(make.rsvp(event, source="import", confirmed_at=None))
    for more in ({"status": "cancelled"}, {"status": "not_going"}, {"confirmed_at": None}):
        make.rsvp(event, **more)
    make.rsvp(event, person=None)
    change(make, event, place="Another bar")
    make.rsvp(event, "Answered by the new place")
    assert tell(make, event) == 5
    assert told(make) == sorted(rsvp.person.email for rsvp in wanted)


def test_other_changes_ask_nothing(make, event, ana, olga):
    save(olga, title="Cider", description="More")
    assert not olga.page.select("#change-to-tell")
    assert not make.rows(EventChange)


def test_an_event_that_nobody_answered_asks_nothing(event, olga):
    save(olga, **NEW_TIME)
    assert not olga.page.select("#change-to-tell")


@pytest.mark.parametrize("what", ["call off", "to the past"])
def test_nothing_is_told_of_what_does_not_come(make, event, ana, what):
    change(make, event, place="Another bar")
    with make.act():
        actions.tell_change(db.session.get_one(Event, event.id), revision=None, at=clock.now())
    if what == "call off":
        with make.act():
            call_off_event(db.session.get_one(Event, event.id), at=clock.now())
    else:
        a_day_ago = clock.now() - timedelta(days=1)
        change(make, event, starts_at=a_day_ago - HOUR, ends_at=a_day_ago)
    assert make.due(tell_what_changed) == 0
    assert tell(make, event) == 0


def test_what_was_moved_back_is_not_asked_about(make, event, ana, olga):
    save(olga, place="Another bar")
    save(olga, place="Bar Central")
    assert not olga.page.select("#change-to-tell")
    assert tell(make, event) == 0


def test_changes_are_gathered_until_they_are_told(make, event, ana):
    change(make, event, place="Another bar")
    bea = make.rsvp(event, "Bea Soler")
    change(make, event, place="A third bar")
    assert tell(make, event) == 2
    mails = {row.to_email: mail.text for row, mail in make.mails()}
    assert "Bar Central" in mails[ana.person.email]
    assert "Another bar" not in mails[ana.person.email]
    assert "Another bar" in mails[bea.person.email], "which is what Bea knows"
    assert all("A third bar" in words for words in mails.values())


def test_a_later_change_is_told_by_itself(app, make, mailbox, event, ana):
    change(make, event, place="Another bar")
    tell(make, event)
    assert work(app) == 1
    change(make, event, place="A third bar")
    assert tell(make, event) == 1
    assert work(app) == 1
    words = part(mailbox.mails[1], "plain")
    assert "Another bar" in words
    assert "Bar Central" not in words


def test_a_mail_that_waits_says_the_second_change_too(app, make, mailbox, event, ana):
    change(make, event, place="Another bar")
    tell(make, event)
    change(make, event, place="A third bar")
    assert tell(make, event) == 1
    assert work(app) == 1
    words = part(mailbox.mails[0], "plain")
    assert "A third bar" in words
    assert "Bar Central" in words
    assert "Another bar" not in words


def test_what_a_mail_said_when_it_was_sent_is_not_told_again(app, make, mailbox, event, ana):
    change(make, event, place="Another bar")
    tell(make, event)
    change(make, event, place="A third bar")
    assert work(app) == 1
    tell(make, event)
    assert work(app) == 0


def test_who_was_not_reached_is_told_next_from_what_they_know(app, make, mailbox, event, ana):
    mailbox.answers = {ana.person.email: "550 5.1.1 No such user here"}
    change(make, event, place="Another bar")
    tell(make, event)
    change(make, event, place="A third bar")
    tell(make, event)
    assert work(app) == 0
    mailbox.answers = {}
    change(make, event, place="A fourth bar")
    assert tell(make, event) == 1
    assert work(app) == 1
    words = part(mailbox.mails[0], "plain")
    assert "Bar Central" in words, "which is what they were told when they answered"
    assert "Another bar" not in words
    assert "A third bar" not in words


def test_a_change_while_a_mail_is_handed_over_is_told_by_another(app, make, mailbox, event, ana):
    change(make, event, place="Another bar")
    tell(make, event)
    mailbox.stalls_at = "DATA"
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(work, app)
        mailbox.wait_for_stalled(1)
        change(make, event, place="A third bar")
        mailbox.stalls_at = None
        assert sent.result() == 1
    tell(make, event)
    assert work(app) == 1
    words = part(mailbox.mails[1], "plain")
    assert "A third bar" in words
    assert "Another bar" in words


@pytest.mark.parametrize("what", ["cancels", "moved back"])
def test_a_waiting_mail_that_is_no_longer_true_is_not_sent(app, make, mailbox, event, ana, what):
    change(make, event, place="Another bar")
    tell(make, event)
    if what == "cancels":
        with make.act():
            actions.cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
    else:
        change(make, event, place="Bar Central")
    work(app)
    assert not [mail for mail in mailbox.mails if "New place" in mail["Subject"]]
    make.due(tell_what_changed)
    assert not told(make)


def test_telling_nobody_ends_the_question(make, event, ana, olga):
    save(olga, **NEW_TIME)
    assert olga.page.select("#change-to-tell")
    olga.press("Tell nobody")
    assert not olga.page.select("#change-to-tell")
    assert not olga.open("/o/e/may").page.select("#change-to-tell")
    assert make.rows(AuditEntry)[-1].verb == "change_kept_quiet"
    assert make.due(tell_what_changed) == 0


def test_another_change_asks_again_and_tells_all_of_it(make, event, ana, olga):
    save(olga, place="Another bar").press("Tell nobody")
    save(olga, place="A third bar")
    assert olga.sees("Tell the one guest who answered?")
    olga.press("Tell one guest")
    olga.press("Yes, and send the email")
    make.due(tell_what_changed)
    ((_, mailed),) = make.mails()
    assert "Bar Central" in mailed.text


@pytest.mark.parametrize("button", ["Tell one guest", "Tell nobody"])
def test_a_page_that_is_out_of_date_tells_nothing(make, event, ana, olga, button):
    save(olga, place="Another bar")
    change(make, event, place="A third bar")
    olga.press(button)
    assert olga.status == 409
    assert olga.codes() == ["changed_again"]
    assert "A third bar" in olga.one("#change-to-tell").get_text()
    assert not make.rows(AuditEntry, verb="change_told")
    assert make.due(tell_what_changed) == 0
    olga.press("Tell one guest").press("Yes, and send the email")
    assert make.due(tell_what_changed) == 1


def test_telling_twice_tells_once(make, event, ana):
    change(make, event, place="Another bar")
    assert [tell(make, event), tell(make, event)] == [1, 0]
    assert len(told(make)) == 1


def test_the_page_says_how_many_and_leaves_out_who_answered_since(make, event, olga):
    for _ in range(3):
        make.rsvp(event)
    save(olga, place="Another bar")
    make.rsvp(event)
    olga.open(f"/o/e/{event.slug}")
    assert olga.sees("Tell the 3 guests who answered?")


def test_nobody_is_told_long_after(make, event, ana):
    change(make, event, place="Another bar")
    with make.act():
        actions.tell_change(db.session.get_one(Event, event.id), revision=None, at=clock.now())
    with time_machine.travel(in_two_days()):
        assert make.due(tell_what_changed) == 0


def in_two_days() -> datetime:
    return clock.now() + timedelta(days=2)
