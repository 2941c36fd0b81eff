"""What is undone where it is full leads on; what becomes of the guest's own mail is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.model import Event, Rsvp
from tests.events.organising import organiser_of

YES = "Yes, and send the email"


@pytest.fixture
def event(make):
    return make.event(capacity=1, starts_at=clock.now() + timedelta(days=3))


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


@pytest.fixture
def page(make, event, olga):
    """Of a guest whose place another has by now."""
    ana = make.rsvp(event)
    page = olga.open(f"/o/e/{event.slug}/guests/{ana.id}").press("Take off the list")
    make.rsvp(event, "Beto")
    assert page.press("Put back on the list").codes() == ["no_room"]
    return page


def statuses(make):
    return {row.name: row.status for row in make.rows(Rsvp)}


def test_who_has_no_place_any_more_is_put_back_over_the_capacity(make, event, page):
    page.press("Even if it's full")
    assert page.sees("Undone: Ana Ruiz is as before.")
    assert statuses(make) == {"Ana Ruiz": "going", "Beto": "going"}
    assert make.row(Event).seats_taken == 2


def test_or_is_put_on_the_waitlist_behind_who_waits(make, event, page):
    waits = make.rsvp(event, "Cleo", status="waitlisted", approved_at=clock.now())
    page.press("Put them on the waitlist")
    assert page.sees("Ana Ruiz is on the waitlist.")
    assert statuses(make) == {"Ana Ruiz": "waitlisted", "Beto": "going", "Cleo": "waitlisted"}
    assert make.row(Rsvp, name="Ana Ruiz").waitlisted_at > waits.waitlisted_at
    assert make.row(Event).seats_taken == 1


def test_an_undo_says_that_the_guests_own_mail_is_not_sent(make, event, olga):
    make.rsvp(event, "Beto")
    ana = make.rsvp(event, status="waitlisted", approved_at=clock.now())
    page = olga.open(f"/o/e/{event.slug}/guests/{ana.id}")
    page.press("Give a place, and email them", over_capacity="y").press(YES)
    page.press("Undo")
    assert page.sees("The email to Ana Ruiz hadn't left, and isn't sent.")
    assert make.mails() == []
