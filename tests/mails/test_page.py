"""Organisers see which mails arrived, and what the server said of those that did not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from eventapp.core import clock, delivery
from eventapp.core.db import db
from eventapp.met.actions import gather
from eventapp.model import Event, OutboxMail, Rsvp
from eventapp.rsvp.actions import notify
from tests.events.organising import organiser_of
from tests.html import words_of
from tests.mails.failing import fail, give_up, mailed
from tests.make import Make
from tests.met.evening import last_night, let_in, looking_back, mails_of_the_day, press


def open_mail(make: Make, browser: Any, event: Event, query: str = "", **more: Any) -> Any:
    return organiser_of(make, browser, event, **more).open(f"/o/e/{event.slug}/mail{query}")


def counts(page: Any) -> dict[str, int]:
    return {str(one["data-count"]): int(words_of(one)) for one in page.page.select("[data-count]")}


@pytest.fixture
def four(make: Make) -> Event:
    """An event with a mail in each state."""
    event = make.event()
    for name in ("Waits", "Sent", "Refused", "Given"):
        mailed(make, event, name)
    with make.act():
        rows = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
        delivery.mark_sent(rows[1], clock.now())
    fail(make, "Refused")
    give_up(make, "Given")
    return event


def test_mails_are_counted_and_listed_by_what_became_of_them(make, browser, four):
    page = open_mail(make, browser, four)
    assert counts(page) == {"all": 4, "waiting": 1, "sent": 1, "refused": 1, "given_up": 1}
    assert page.guests() == ["Given", "Refused", "Sent", "Waits"]
    for state, name in [
        *(("waiting", "Waits"), ("sent", "Sent"), ("refused", "Refused"), ("given_up", "Given"))
    ]:
        assert page.open(f"/o/e/{four.slug}/mail?state={state}").guests() == [name]


def test_a_mail_that_has_not_left_is_not_taken_for_the_waitlist(make, browser, four):
    """Its guest has a place."""
    waits = make.row(Rsvp, name="Waits")
    page = open_mail(make, browser, four, "?state=waiting")
    row, chip = page.one("[data-guest='Waits']"), page.one("#states [data-count='waiting']").parent
    assert "To be sent" in words_of(row)
    assert words_of(chip) == "To be sent 1"
    line = page.open(f"/o/e/{four.slug}/guests/{waits.id}").one("#happened [data-mail]")
    assert "To be sent" in words_of(line)
    assert "aiting" not in words_of(line)


def test_of_one_guest_only_their_own_mails_are_counted(make, browser, four):
    refused = make.row(Rsvp, name="Refused")
    page = open_mail(make, browser, four, f"?guest={refused.id}")
    own = {"all": 1, "waiting": 0, "sent": 0, "refused": 1, "given_up": 0}
    assert (page.guests(), counts(page)) == (["Refused"], own)
    page.press("Send again to Refused").press("Yes, and send the email")
    assert counts(page) == {**own, "waiting": 1, "refused": 0}


@pytest.mark.parametrize("guest", ["9" * 30, "-1", "somebody"])
def test_what_is_no_guests_number_is_not_asked_for(make, browser, four, guest):
    assert len(open_mail(make, browser, four, f"?guest={guest}").guests()) == 4


def test_the_server_says_why(make, browser, four):
    page = open_mail(make, browser, four, "?state=refused")
    row = page.one("[data-guest='Refused']")
    assert "550 No such user" in words_of(row)
    assert "refused@example.org" in words_of(row)
    assert "Has a place" in words_of(row)


def test_nothing_that_a_mail_carries_is_shown(make, browser, four):
    page = open_mail(make, browser, four)
    for guest in make.rows(Rsvp):
        for secret in (guest.key, guest.ticket, guest.badge, guest.short_code):
            assert secret not in page.response.text


def test_another_events_mails_are_not_there(make, browser, four):
    other = make.event()
    mailed(make, other, "Else")
    assert open_mail(make, browser, other).guests() == ["Else"]


def test_who_met_whom_is_the_guests_own(make, browser):
    """A mail that asks "did you meet?" says that somebody said so."""
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea"))
    let_in(make, ana, bea)
    press(looking_back(make, browser, ana), bea, "We met")
    mails_of_the_day(make)
    assert make.row(OutboxMail).template == gather.DID_YOU_MEET
    assert open_mail(make, browser, event).guests() == []


def test_a_guest_whose_mail_did_not_arrive_is_marked_in_the_list(make, browser, four):
    page = open_mail(make, browser, four).open(f"/o/e/{four.slug}/guests")
    marked = [
        row["data-guest"] for row in page.page.select("[data-guest]") if "did not" in row.text
    ]
    assert sorted(marked) == ["Given", "Refused"]
    page.follow("Email did not arrive")
    assert page.guests() == ["Given"]
    assert page.sees("Only the emails to Given.")


def test_a_guest_is_marked_no_more_once_the_mail_arrived(make, browser, four):
    page = (
        open_mail(make, browser, four, "?state=refused")
        .press("Send again to Refused")
        .press("Yes, and send the email")
    )
    page.open(f"/o/e/{four.slug}/guests")
    assert "did not arrive" not in page.one("[data-guest='Refused']").text


def test_long_lists_come_in_pages(make, browser):
    event = make.event()
    guest = make.rsvp(event, "Ana")
    for _ in range(51):
        with make.act():
            notify.promoted(db.session.merge(guest), at=clock.now())
    page = open_mail(make, browser, event)
    assert len(page.guests()) == 50
    assert len(page.follow("Show more").guests()) == 1
