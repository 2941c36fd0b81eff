"""Many are put back or promoted where not all of them fit: those who fit, or all even so, and never
more beyond the capacity than was said yes to.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests import whom
from eventapp.model import AuditEntry, Event, OutboxMail, Rsvp
from eventapp.rsvp import actions
from tests.browser import form_data
from tests.events.organising import organiser_of
from tests.guests.test_many import statuses
from tests.guests.test_many_mails import waits
from tests.guests.test_races import seats_add_up
from tests.html import words_of
from tests.make import Make
from tests.racing import Tap, race, session_of


@pytest.fixture
def event(make):
    return make.event(capacity=4)


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


@pytest.fixture
def page(make, event, olga):
    """Asks about three who were taken off, of whom two had a place and one fits by now."""
    ana, beto = make.rsvp(event, "Ana"), make.rsvp(event, "Beto", companions=2)
    cleo = make.rsvp(event, "Cleo", status="maybe")
    ticked = "&".join(f"guest={one.id}" for one in (ana, beto, cleo))
    olga.open(f"/o/e/{event.slug}/guests/remove?{ticked}").press("Take 3 guests off")
    make.rsvp(event, "Dora", companions=1)
    return olga.open(f"/o/e/{event.slug}/guests/put-back?status=removed&all=1")


def buttons(page):
    return [words_of(one) for one in page.page.select("[data-act] form button")]


def test_the_page_says_how_many_fit_and_offers_both(page):
    assert words_of(page.one("[data-count=with-place]")) == "There's room for one."
    told = words_of(page.one("[data-count=without-place]"))
    assert told == "There's no room any more for one, who stays off the list."
    assert buttons(page) == ["Put 2 guests back", "Put all 3 back, even if it's full: 2 over"]


def test_those_who_fit_are_put_back(make, page):
    page.press("Put 2 guests back")
    assert page.sees("2 guests are back on the list.")
    assert statuses(make) == {"Ana": "going", "Beto": "removed", "Cleo": "maybe", "Dora": "going"}
    assert make.row(Event).seats_taken == 3


def test_or_all_even_so(make, page):
    page.press("Put all 3 back")
    assert page.sees("3 guests are back on the list.")
    assert statuses(make) == {"Ana": "going", "Beto": "going", "Cleo": "maybe", "Dora": "going"}
    assert (make.row(Event).seats_taken, make.row(Event).seats_over) == (6, 2)


def test_where_there_is_room_for_all_nothing_more_is_asked(make, event, page):
    with make.act():
        db.session.get_one(Event, event.id).capacity = 10
    page.open(f"/o/e/{event.slug}/guests/put-back?status=removed&all=1")
    assert buttons(page) == ["Put 3 guests back"]
    assert not page.page.select("[data-count=with-place], [data-count=without-place]")


def test_who_was_a_maybe_when_last_taken_off_needs_no_place(make, event, olga):
    ana = make.rsvp(event, "Ana")
    for status in ("going", "maybe"):
        with make.act():
            actions.put(db.session.get_one(Rsvp, ana.id), status, at=clock.now())
        olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}").press("Take")
        assert statuses(make) == {"Ana": "removed"}
    make.rsvp(event, "Full", companions=3)
    olga.open(f"/o/e/{event.slug}/guests/put-back?status=removed&all=1")
    assert not olga.page.select("[data-count=without-place]")
    assert buttons(olga) == ["Put 1 guest back"]
    olga.press("Put 1 guest back")
    assert statuses(make) == {"Ana": "maybe", "Full": "going"}


def test_it_is_asked_again_once_more_would_be_over(make, event, page):
    make.rsvp(event, "Eva")
    page.press("Put all 3 back")
    assert page.codes() == ["places_changed"]
    assert statuses(make)["Ana"] == "removed"
    assert buttons(page) == ["Put 2 guests back", "Put all 3 back, even if it's full: 3 over"]
    page.press("Put all 3 back")
    assert make.row(Event).seats_over == 3


def test_where_more_are_over_already_the_whole_is_said(make, event, olga):
    make.rsvp(event, "Full", companions=3)
    for name, over in (("Cleo", 1), ("Dora", 2)):
        waits(make, event, name)
        olga.open(f"/o/e/{event.slug}/guests/promote?all=1&status=waitlisted")
        assert buttons(olga) == [f"Promote the one, even if it's full: {over} over"]
        olga.press("Promote the one")
    assert statuses(make) == dict.fromkeys(("Full", "Cleo", "Dora"), "going")


def test_who_was_promoted_is_named_and_put_back_on_the_waitlist_by_an_undo(make, event, olga):
    make.rsvp(event, "Full", companions=2)
    cleo, dora = (waits(make, event, name) for name in ("Cleo", "Dora"))
    olga.open(f"/o/e/{event.slug}/guests/promote?guest={cleo.id}&guest={dora.id}")
    olga.press("Promote all 2, even if it's full: 1 over")
    verbs = {row.rsvp_id: row.verb for row in make.rows(AuditEntry)}
    assert verbs == {cleo.id: "guest_given_place", dora.id: "guest_given_place_over"}
    olga.open(f"/o/e/{event.slug}/guests/{dora.id}")
    assert olga.sees("Olga Organiser gave Dora a place, even though it was full")
    olga.press("Undo")
    assert olga.sees("Undone: Dora is as before. The email to Dora hadn't left, and isn't sent.")
    assert statuses(make) == {"Full": "going", "Cleo": "going", "Dora": "waitlisted"}
    assert make.row(Rsvp, id=dora.id).waitlisted_at == dora.waitlisted_at
    assert [mail.about_id for mail in make.rows(OutboxMail)] == [cleo.id]
    seats_add_up(make)


def test_one_who_is_promoted_even_if_it_is_full_is_logged_so(make, event, olga):
    make.rsvp(event, "Full", companions=3)
    cleo = waits(make, event, "Cleo")
    olga.open(f"/o/e/{event.slug}/guests/{cleo.id}")
    form = olga.one("form[action$='/place']")
    olga.submit(form, {**form_data(form), "over_capacity": "y", "tells": ""})
    assert [row.verb for row in make.rows(AuditEntry)] == ["guest_given_place_over"]


def test_a_second_tap_changes_nothing(make, event, page):
    form = page.one("[data-act] form")
    sent = {**form_data(form), "over_capacity_by": "2"}
    assert page.submit(form, sent).sees("3 guests are back on the list.")
    assert page.submit(form, sent).sees("It no longer applied to anybody.")
    assert make.row(Event).seats_taken == 6


@pytest.mark.slow
def test_two_organisers_at_once_go_no_further_over_than_each_was_told(
    app: Flask, make: Make
) -> None:
    """Each sees four of eight on the waitlist, and says yes to all four: four over."""
    community = make.community()
    event = make.event(community, capacity=2, starts_at=clock.now() + timedelta(days=1))
    make.rsvp(event, "There", companions=1)
    waiting = [waits(make, event, f"Guest {number}") for number in range(8)]
    taps = []
    for some in (waiting[:4], waiting[4:]):
        ids = whom.written(one.id for one in some)
        sent = {"whom": ids, "form_id": "1", "over_capacity_by": "4", "over_mails_seen": ids}
        organiser = session_of(make, make.organiser(community))
        taps.append([Tap(f"/o/e/{event.slug}/guests/promote", organiser, sent)])
    answered = race(app, *taps)
    assert set(chain(*answered)) <= {200, 303}, answered
    seated = [row for row in make.rows(Rsvp, status="going") if row.name != "There"]
    assert len(seated) == 4
    assert (make.row(Event).seats_taken, make.row(Event).seats_over) == (6, 4)
    assert len(make.rows(OutboxMail)) == 4
    seats_add_up(make)
