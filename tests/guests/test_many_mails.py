"""Acts on many guests say who is mailed, ask again once that has changed, and go over what is full
only if that is said.
"""

from __future__ import annotations

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Rsvp
from tests.events.organising import organiser_of
from tests.guests.test_many import statuses
from tests.html import words_of


@pytest.fixture
def event(make):
    return make.event(capacity=2)


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def waits(make, event, name, **more):
    return make.rsvp(event, name, status="waitlisted", approved_at=clock.now(), **more)


def test_a_removal_says_who_is_mailed_and_what(make, event, olga):
    guests = [make.rsvp(event, name) for name in ("Ana", "Beto")]
    waits(make, event, "Cleo")
    ticked = "&".join(f"guest={one.id}" for one in guests)
    olga.open(f"/o/e/{event.slug}/guests/remove?{ticked}")
    assert words_of(olga.one("[data-count=mailed]")) == "Who is taken off isn't emailed."
    assert words_of(olga.one("[data-moving]")) == "Cleo"
    assert olga.sees("The email to Cleo:")
    assert olga.one("[data-mail] h3").text == f"You have a place: {event.title}"
    olga.press("Yes, and send the email")
    assert statuses(make) == {"Ana": "removed", "Beto": "removed", "Cleo": "going"}


def test_it_is_asked_again_once_another_would_be_mailed(make, event, olga):
    ana = make.rsvp(event, "Ana", companions=1)
    olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}")
    assert olga.sees("None of them is emailed.")
    waits(make, event, "Cleo")
    olga.press("Take 1 guest off")
    assert olga.codes() == ["mails_changed"]
    assert words_of(olga.one("[data-moving]")) == "Cleo"
    assert statuses(make) == {"Ana": "going", "Cleo": "waitlisted"}
    assert make.mails() == []
    olga.press("Yes, and send the email")
    assert statuses(make) == {"Ana": "removed", "Cleo": "going"}


def test_fewer_who_are_mailed_are_no_surprise(make, event, olga):
    ana = make.rsvp(event, "Ana", companions=1)
    cleo = waits(make, event, "Cleo")
    waits(make, event, "Dora")
    olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}")
    with make.act():
        row = db.session.get_one(Rsvp, cleo.id)
        row.status, row.waitlisted_at = "cancelled", None
    olga.press("Yes, and send 2 emails")
    assert statuses(make) == {"Ana": "removed", "Cleo": "cancelled", "Dora": "going"}


def test_where_it_is_full_all_are_promoted_only_if_that_is_said(make, event, olga):
    make.rsvp(event, "Ana", companions=1)
    waits(make, event, "Cleo", companions=2)
    waits(make, event, "Dora")
    olga.open(f"/o/e/{event.slug}/guests/promote?all=1")
    buttons = [words_of(one) for one in olga.page.select("[data-act] form button")]
    assert buttons == ["Promote all 2, even if it's full: 4 over"]
    assert olga.one("[data-mail] h3").text == f"You have a place: {event.title}"
    olga.press("Promote all 2")
    assert statuses(make) == {"Ana": "going", "Cleo": "going", "Dora": "going"}
    assert make.row(Event).seats_taken == 6
    assert len(make.mails()) == 2


def test_who_fits_is_promoted_alone_or_with_the_others(make, event, olga):
    waits(make, event, "Cleo", companions=2)
    waits(make, event, "Dora")
    olga.open(f"/o/e/{event.slug}/guests/promote?all=1")
    buttons = [words_of(one) for one in olga.page.select("[data-act] form button")]
    assert buttons == ["Promote 1 guest", "Promote all 2, even if it's full: 2 over"]
    olga.press("Promote 1 guest")
    assert statuses(make) == {"Cleo": "waitlisted", "Dora": "going"}
