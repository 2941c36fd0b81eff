"""Organisers say yes or no to who waits for it, and are told what became of it."""

from __future__ import annotations

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Rsvp
from tests.events.organising import organiser_of
from tests.test_worker import work


def list_of(make, browser, event, htmx):
    page = organiser_of(make, browser, event, htmx=htmx)
    return page.open(f"/o/e/{event.slug}/guests?status=pending")


@pytest.mark.parametrize(
    ("button", "capacity", "status", "told"),
    [
        ("Approve Ana Ruiz", 2, "going", "Ana Ruiz has a place now."),
        ("Approve Ana Ruiz", 1, "waitlisted", "It is full: Ana Ruiz is on the waitlist now."),
        ("Decline Ana Ruiz", 2, "not_going", "Ana Ruiz is declined."),
    ],
)
def test_who_waits_is_decided(make, browser, htmx, button, capacity, status, told):
    event = make.event(capacity=capacity)
    make.rsvp(event, "Beto")
    ana = make.rsvp(event, status="pending")
    page = list_of(make, browser, event, htmx).press(button)
    assert page.one("#ask-first").h2.text == f"{button}?"
    assert make.row(Rsvp, id=ana.id).status == "pending", "it is asked first"
    page.press("Yes, and send the email")
    assert page.sees(told)
    assert make.row(Rsvp, id=ana.id).status == status
    assert make.row(Event).seats_taken == (2 if status == "going" else 1)


@pytest.mark.parametrize("button", ["Approve Ana Ruiz", "Decline Ana Ruiz"])
@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        ("going", "Decided already: Ana Ruiz has a place."),
        ("waitlisted", "Decided already: Ana Ruiz is on the waitlist."),
        ("not_going", "Decided already: Ana Ruiz has no place."),
        ("cancelled", "Ana Ruiz has cancelled."),
    ],
)
def test_who_was_decided_meanwhile_stays_as_they_are(make, browser, htmx, button, meanwhile, told):
    event = make.event()
    ana = make.rsvp(event, status="pending")
    page = list_of(make, browser, event, htmx)
    with make.act():
        row = db.session.get_one(Rsvp, ana.id)
        row.status = meanwhile
        row.waitlisted_at = clock.now() if meanwhile == "waitlisted" else None
    page.press(button)
    assert page.sees(told)
    for untrue in ("has a place now", "on the waitlist now", "is declined"):
        assert not page.sees(untrue)
    assert make.row(Rsvp).status == meanwhile


def test_a_no_is_taken_back_and_said_yes_to(make, browser, htmx):
    event = make.event(needs_approval=True)
    ana = make.rsvp(event, status="pending")
    page = list_of(make, browser, event, htmx).press("Decline Ana Ruiz")
    page.press("Yes, and send the email").open(f"/o/e/{event.slug}/guests?status=not_going").press(
        "Undo declining Ana Ruiz"
    )
    assert page.sees("Ana Ruiz is waiting for your yes again.")
    assert (make.row(Rsvp).status, make.row(Rsvp).declined_at) == ("pending", None)
    page.open(f"/o/e/{event.slug}/guests?status=pending").press("Approve Ana Ruiz")
    page.press("Yes, and send the email")
    assert make.row(Rsvp).status == "going"
    assert browser().open(f"/r/{ana.key}").sees("See you there, Ana Ruiz!")


def test_a_no_that_was_taken_back_is_not_mailed(app, make, browser, mailbox):
    event = make.event(needs_approval=True)
    make.rsvp(event, status="pending")
    page = list_of(make, browser, event, False).press("Decline Ana Ruiz")
    page.press("Yes, and send the email").open(f"/o/e/{event.slug}/guests?status=not_going").press(
        "Undo declining Ana Ruiz"
    )
    assert work(app) == 0
    assert not mailbox.mails
