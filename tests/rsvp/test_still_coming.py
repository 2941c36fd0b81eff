"""Who cannot come after all gives their place back: a tap in the reminder, and one to confirm."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, OutboxMail, Rsvp
from eventapp.rsvp.actions import remind_the_day_before
from tests.make import utc

STARTS = utc(2027, 5, 4, 17)
TEN = utc(2027, 5, 3, 8)


@pytest.fixture
def event(make):
    return make.event(title="Beers", starts_at=STARTS, capacity=1)


@pytest.fixture
def ana(make, event):
    return make.rsvp(event, "Ana Ruiz")


def link_in_the_reminder(make) -> str:
    with time_machine.travel(TEN):
        assert make.due(remind_the_day_before) == 1
    ((_, mailed),) = make.mails()
    assert "Still coming?" in mailed.text
    (found,) = re.findall(r"I can't come after all: \S+?(/r/\S+)", mailed.text)
    return str(found).partition("#")[0]


def test_one_tap_and_one_to_confirm_free_the_place(make, browser, event, ana, htmx):
    bea = make.rsvp(event, "Bea Soler", status="waitlisted")
    page = browser(htmx=htmx).open(link_in_the_reminder(make))
    assert make.row(Rsvp, id=ana.id).status == "going", "a mail scanner changes nothing"
    assert page.one("#cancel").has_attr("open")
    page.press("Cancel my place")
    assert page.sees("Sorry to miss you, Ana Ruiz")
    assert make.row(Rsvp, id=ana.id).status == "cancelled"
    assert make.row(Rsvp, id=bea.id).status == "going"
    assert "rsvp/mail/promoted" in [mail.template for mail in make.rows(OutboxMail)]


def test_a_place_can_be_freed_after_rsvps_have_closed(make, browser, ana, event):
    link = link_in_the_reminder(make)
    with make.act():
        db.session.get_one(Event, event.id).rsvp_closes_at = clock.now() - timedelta(hours=1)
    page = browser().open(link)
    assert not page.sees("You can come back later")
    page.press("Cancel my place")
    assert make.row(Rsvp, id=ana.id).status == "cancelled"


@pytest.mark.parametrize("state", ["cancelled", "not_going", "maybe", "called off", "over"])
def test_the_link_offers_nothing_that_cannot_be_done(make, browser, state):
    more = {
        "called off": {"called_off_at": clock.now()},
        "over": {"starts_at": clock.now() - timedelta(days=1)},
    }
    status = "going" if state in more else state
    rsvp = make.rsvp(make.event(**more.get(state, {})), status=status)
    page = browser().open(f"/r/{rsvp.key}?answer=not_going")
    assert page.status == 200
    assert not page.page.select("#cancel")
