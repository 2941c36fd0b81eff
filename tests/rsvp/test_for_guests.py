"""The exact address and the private link of an event: told to who is going, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.guests.tickets import send_tickets
from eventapp.mails import kinds
from eventapp.model import Event, Rsvp, Status
from eventapp.rsvp import actions
from eventapp.rsvp.actions import remind_hours_before, tell_what_changed
from tests.browser import Browser
from tests.events.organising import may_event, organiser_of, save, value_of
from tests.make import Make
from tests.rsvp.changing import change

Browsers = Callable[..., Browser]
ADDRESS, LINK = "Calle Mayor 7, 2.º B", "https://chat.example.org/group"
SECRETS = {"exact_address": ADDRESS, "private_link": LINK}
NOT_GOING = [status for status in Status if status != Status.GOING]


@pytest.fixture
def event(make: Make) -> Event:
    return may_event(make, None, title="Supper", place="Lavapiés, Madrid", **SECRETS)


def told(text: str) -> list[bool]:
    return [ADDRESS in text, LINK in text]


def unfolded(calendar: bytes) -> str:
    return calendar.decode().replace("\r\n ", "").replace("\\,", ",")


def test_who_is_going_reads_it_on_the_pass_and_in_the_calendar(
    make: Make, browser: Browsers, event: Event
) -> None:
    page = browser().open(f"/r/{make.rsvp(event).key}")
    assert told(page.one(".pass .facts").get_text(" ")) == [True, True]
    file = unfolded(page.download("Add to calendar"))
    assert f"LOCATION:{ADDRESS}, Lavapiés, Madrid" in file
    assert LINK in file
    google = page.page.find("a", string="Google")["href"]
    assert "Calle+Mayor+7" in str(google)


@pytest.mark.parametrize(
    ("secrets", "words"),
    [
        (SECRETS, "get the exact address and the link: please don't post them."),
        ({"exact_address": ADDRESS}, "get the exact address: please don't post it."),
        ({"private_link": LINK}, "get the link: please don't post it."),
    ],
)
def test_the_pass_asks_to_keep_what_there_is(
    make: Make, browser: Browsers, secrets: dict[str, str], words: str
) -> None:
    rsvp = make.rsvp(may_event(make, None, **secrets))
    assert browser().open(f"/r/{rsvp.key}").sees(words)


def test_the_pass_that_a_phone_keeps_has_it(make: Make, browser: Browsers, event: Event) -> None:
    rsvp = make.rsvp(event)
    page = make.signed_in(browser(), rsvp.person).open(f"/r/{rsvp.key}/kept")
    assert told(page.response.text) == [True, True]


@pytest.mark.parametrize("status", NOT_GOING)
def test_nobody_else_does(make: Make, browser: Browsers, event: Event, status: str) -> None:
    rsvp = make.rsvp(event, status=status)
    page = browser().open(f"/r/{rsvp.key}")
    assert told(page.response.text) == [False, False]
    file = page.client.get(f"/r/{rsvp.key}/calendar.ics")
    assert told(unfolded(file.data)) == [False, False]


def test_nor_anybody_once_it_is_called_off(make: Make, browser: Browsers, event: Event) -> None:
    rsvp = make.rsvp(event)
    with make.act():
        call_off_event(db.session.get_one(Event, event.id), at=clock.now())
    page = browser().open(f"/r/{rsvp.key}")
    assert told(page.response.text) == [False, False]


def test_the_page_after_the_form_waits_for_the_digits(
    make: Make, browser: Browsers, event: Event
) -> None:
    page = browser().open(f"/e/{event.slug}")
    page.press("I'm coming", name="Ana Ruiz", email="ana@example.org")
    assert told(page.response.text) == [False, False]
    [(mail, mailed)] = make.mails("ana@example.org")
    assert told(mailed.text) == told(mailed.html) == [True, True]
    page.press("Show my ticket", digits=mail.values["digits"])
    assert told(page.response.text) == [True, True]


@pytest.mark.parametrize("status", ["waitlisted", "going"])
def test_an_imported_guest_is_mailed_it_with_the_ticket(
    make: Make, event: Event, status: str
) -> None:
    rsvp = make.rsvp(event, status=status, source="import", confirmed_at=None)
    with make.act():
        send_tickets(db.session.get_one(Event, event.id), at=clock.now())
    [(_, mailed)] = make.mails(rsvp.person.email)
    assert told(mailed.text) == [status == "going"] * 2


def test_a_reminder_says_it(make: Make, event: Event) -> None:
    rsvp = make.rsvp(event)
    with time_machine.travel(event.starts_at - timedelta(minutes=90)):
        assert make.due(remind_hours_before) == 1
    [(_, mailed)] = make.mails(rsvp.person.email)
    assert told(mailed.text) == [True, True]
    assert f"/r/{rsvp.key}/calendar.ics" in mailed.text


def test_a_maybe_is_not_mailed_it(make: Make, browser: Browsers, event: Event) -> None:
    page = browser().open(f"/e/{event.slug}")
    page.press("Maybe", name="Ana Ruiz", email="ana@example.org")
    assert told(make.mails("ana@example.org")[0][1].text) == [False, False]


@pytest.mark.parametrize(
    ("new", "subject"),
    [
        ({"exact_address": "Calle Menor 1"}, "New place: Supper"),
        ({"private_link": "https://chat.example.org/other"}, "New link: Supper"),
    ],
)
def test_who_is_going_is_told_another_one_and_nobody_else(
    make: Make, event: Event, new: dict[str, str], subject: str
) -> None:
    going = make.rsvp(event)
    for status in NOT_GOING:
        make.rsvp(event, status=status)
    change(make, event, **new)
    with make.act():
        there = db.session.get_one(Event, event.id)
        assert actions.tell_change(there, revision=None, at=clock.now()) == 1
    make.due(tell_what_changed)
    [(row, mailed)] = make.mails()
    assert (row.to_email, mailed.subject) == (going.person.email, subject)
    assert next(iter(new.values())) in mailed.text
    assert next(SECRETS[name] for name in new) not in mailed.text
    assert "It was" not in mailed.text


def test_a_new_time_is_told_to_all_and_a_new_address_with_it_to_who_is_going(
    make: Make, event: Event
) -> None:
    going, waiting = make.rsvp(event), make.rsvp(event, status="waitlisted")
    new = {"starts_at": event.starts_at + timedelta(minutes=30), "exact_address": "Calle Menor 1"}
    change(make, event, **new)
    with make.act():
        actions.tell_change(db.session.get_one(Event, event.id), revision=None, at=clock.now())
    make.due(tell_what_changed)
    mailed = {row.to_email: words for row, words in make.mails()}
    assert mailed[going.person.email].subject == "New time and place: Supper"
    assert mailed[waiting.person.email].subject == "New time: Supper"
    assert "Calle Menor" not in mailed[waiting.person.email].text


def test_an_organiser_writes_it_down(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    assert value_of(page, "exact_address") == ADDRESS
    save(page, exact_address="Calle Menor 1", private_link="chat.example.org/x")
    row = make.row(Event)
    assert (row.exact_address, row.private_link) == ("Calle Menor 1", "https://chat.example.org/x")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org", "data:text/html,x"])
def test_only_a_web_address_is_a_link(
    make: Make, browser: Browsers, event: Event, link: str
) -> None:
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert save(page, private_link=link).codes() == ["look_again", "private_link"]
    assert make.row(Event).private_link == LINK


def test_a_copy_keeps_the_address_and_not_the_link(
    make: Make, browser: Browsers, event: Event
) -> None:
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    page.press("Copy as a new draft")
    assert [row.exact_address for row in make.rows(Event)] == [ADDRESS, ADDRESS]
    assert [row.private_link for row in make.rows(Event)] == [LINK, ""]


def test_who_cancels_while_the_mail_waits_is_not_sent_it(make: Make, event: Event) -> None:
    rsvp = make.rsvp(event)
    with make.act():
        actions.notify.promoted(db.session.get_one(Rsvp, rsvp.id), at=clock.now())
    with make.act():
        actions.cancel(db.session.get_one(Rsvp, rsvp.id), at=clock.now())
    with make.act():
        for mail, _ in make.mails(rsvp.person.email):
            says = kinds.says_now(mail, clock.now())
            assert not says or says["exact_address"] == ""
