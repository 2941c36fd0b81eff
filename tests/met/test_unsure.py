"""Hosts say that somebody whom a guest noted is another guest: the guest alone sees it, until they
say so too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from eventapp.attendees.queries import card_fields_for
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.greeting.actions import plan_now
from eventapp.greeting.queries import led_to
from eventapp.me.export import everything_about
from eventapp.met.actions import confirm_unsure, deny_unsure
from eventapp.model import Encounter, Rsvp
from tests.contacts.evening import card, noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import looking_back, mails_of_the_day, press, row_of

Pair = tuple[Rsvp, Rsvp]


def unsure(make: Make, noter: Rsvp, met: Rsvp, **more: Any) -> None:
    noted(make, noter, met, unsure_since=clock.now(), **more)


def state_of(page: Any, rsvp: Rsvp) -> str:
    return str(row_of(page, rsvp)["data-state"])


def test_whoever_says_so_too_asks_the_other(
    make: Make, browser: Any, pair: Pair, htmx: bool
) -> None:
    ana, bea = pair
    unsure(make, ana, bea, note="likes stout")
    page = looking_back(make, browser, ana, htmx=htmx)
    said = words_of(row_of(page, bea))
    assert "the hosts say it's Bea Gil" in said
    assert "likes stout" in said
    assert state_of(looking_back(make, browser, bea), ana) == "new"
    mails_of_the_day(make)
    assert make.mails() == []
    press(page, bea, "Yes, we met")
    assert state_of(page, bea) == "noted"
    assert "likes stout" in words_of(row_of(page, bea))
    assert state_of(looking_back(make, browser, bea), ana) == "asked"
    assert mails_of_the_day(make) == 1
    [(_, told)] = make.mails(bea.person.email)
    assert "Ana Ruiz" in told.text


def test_cards_cross_only_then(make: Make, browser: Any, pair: Pair) -> None:
    ana, bea = pair
    for one in pair:
        card(make, one.person)
    unsure(make, ana, bea)
    noted(make, bea, ana, noted_at=clock.now() - timedelta(hours=1))
    with make.act():
        for one, other in (pair, (bea, ana)):
            assert card_fields_for(one.person, [other.person_id]) == {}
    page = looking_back(make, browser, ana)
    assert state_of(page, bea) == "unsure"
    press(page, bea, "Yes, we met")
    assert state_of(page, bea) == "mutual"
    with make.act():
        assert card_fields_for(bea.person, [ana.person_id])


def test_a_no_of_the_other_stays_silent(make: Make, browser: Any, pair: Pair) -> None:
    ana, bea = pair
    unsure(make, ana, bea, declined_at=clock.now())
    press(looking_back(make, browser, ana), bea, "Yes, we met")
    row = make.row(Encounter)
    assert (row.unsure_since, bool(row.declined_at), row.tell_at) == (None, True, None)
    assert state_of(looking_back(make, browser, bea), ana) == "declined"


def test_whoever_forgets_it_is_offered_no_undo_which_would_say_it(
    make: Make, browser: Any, pair: Pair, htmx: bool
) -> None:
    ana, bea = pair
    unsure(make, ana, bea)
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Forget")
    assert make.rows(Encounter) == []
    assert page.sees("Forgotten: Bea Gil.")
    assert "Undo" not in page.page.get_text()


def closed(make: Make, one: Rsvp) -> None:
    """It is too late to say who was met at their event."""
    with make.act():
        event = db.session.get_one(Rsvp, one.id).event
        event.starts_at, event.ends_at = (clock.now() - timedelta(days=days) for days in (90, 89))


@pytest.mark.parametrize("is_closed", [False, True])
def test_contacts_ask_whether_it_was_them_at_any_time(
    make: Make, browser: Any, pair: Pair, htmx: bool, is_closed: bool
) -> None:
    ana, bea = pair
    for one in pair:
        card(make, one.person)
    unsure(make, ana, bea, note="likes stout")
    noted(make, bea, ana, noted_at=clock.now() - timedelta(hours=1))
    if is_closed:
        closed(make, ana)
    page = make.signed_in(browser(htmx=htmx), ana.person).open("/contacts")
    assert page.sees("The hosts say it's Bea Gil you met. Was it them?")
    page.press("Yes, we met: Bea Gil")
    assert page.sees("You met Bea Gil.")
    assert page.sees("You both said so")
    assert not page.sees("Was it them?")
    assert make.row(Encounter, noter_id=ana.id).note == "likes stout"
    assert len(make.rows(Encounter)) == 2


def test_a_yes_after_it_closed_asks_nobody_who_cannot_answer(
    make: Make, browser: Any, pair: Pair
) -> None:
    ana, bea = pair
    unsure(make, ana, bea)
    closed(make, ana)
    make.signed_in(browser(), ana.person).open("/contacts").press("Yes, we met: Bea Gil")
    assert make.row(Encounter).unsure_since is None
    mails_of_the_day(make)
    assert make.mails(bea.person.email) == []


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_no_among_the_contacts_forgets_it_and_tells_nobody(
    make: Make, browser: Any, pair: Pair, htmx: bool, is_closed: bool
) -> None:
    ana, bea = pair
    unsure(make, ana, bea)
    if is_closed:
        closed(make, ana)
    page = make.signed_in(browser(htmx=htmx), ana.person).open("/contacts")
    page.press("No: Bea Gil")
    assert page.sees("Forgotten: Bea Gil.")
    assert page.guests() == []
    assert make.rows(Encounter) == []
    mails_of_the_day(make)
    assert make.mails() == []


def test_a_no_says_that_the_note_goes_and_takes_none_that_it_did_not_show(
    make: Make, browser: Any, pair: Pair
) -> None:
    ana, bea = pair
    unsure(make, ana, bea, note="likes stout")
    page = make.signed_in(browser(), ana.person).open("/contacts")
    with make.act():
        db.session.query(Encounter).one().note = "likes stout and Rust"
    page.press("No, and delete my note: Bea Gil")
    assert page.sees("Your note has changed since you looked.")
    assert page.sees("likes stout and Rust")
    page.press("No, and delete my note: Bea Gil")
    assert make.rows(Encounter) == []


def test_a_no_stays_a_no_of_the_other(make: Make, browser: Any, pair: Pair) -> None:
    ana, bea = pair
    unsure(make, ana, bea, declined_at=clock.now())
    make.signed_in(browser(), ana.person).open("/contacts").press("No: Bea Gil")
    row = make.row(Encounter)
    assert None not in (row.taken_back_at, row.declined_at)


@pytest.mark.both_databases
@pytest.mark.parametrize("what", ["sure", "taken back"])
def test_an_answer_changes_nothing_that_was_settled_meanwhile(
    make: Make, pair: Pair, what: str
) -> None:
    ana, bea = pair
    at = clock.now()
    there = noted(make, ana, bea, **({"taken_back_at": at} if what == "taken back" else {}))
    with make.act():
        there = db.session.get_one(Encounter, there.id)
        confirm_unsure(there, at=at + timedelta(hours=1))
        deny_unsure(there, at=at + timedelta(hours=1))
    row = make.row(Encounter)
    assert (row.noted_at, bool(row.taken_back_at)) == (there.noted_at, what == "taken back")
    assert row.noted_at < at + timedelta(hours=1)


def test_nobody_met_at_an_event_that_was_called_off(make: Make, browser: Any, pair: Pair) -> None:
    ana, bea = pair
    unsure(make, ana, bea)
    with make.act():
        db.session.get_one(Rsvp, ana.id).event.called_off_at = clock.now()
    page = make.signed_in(browser(), ana.person).open("/contacts")
    page.press("Yes, we met: Bea Gil")
    assert page.codes() == ["met_called_off"]
    page.open("/contacts").press("No: Bea Gil")
    assert make.rows(Encounter) == []


def test_the_other_is_told_of_it_nowhere(make: Make, browser: Any, pair: Pair) -> None:
    ana, bea = pair
    unsure(make, ana, bea)
    with make.act():
        hers = db.session.get_one(Rsvp, bea.id)
        db.session.get_one(Rsvp, ana.id).ask_me_about = hers.want_to_learn = "bread"
        hers.event.ends_at = clock.now() + timedelta(hours=1)
    with make.act():
        hers = db.session.get_one(Rsvp, bea.id)
        hers.may_be_suggested = db.session.get_one(Rsvp, ana.id).may_be_suggested = True
        db.session.flush()
        plan_now(hers.event, at=clock.now())
        assert [one.them.id for one in led_to(hers, at=clock.now()).people] == [ana.id]
        everything = everything_about(hers.person, at=clock.now())
        assert everything["people_who_say_they_met_you"] == []
