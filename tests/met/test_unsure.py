"""Hosts say that somebody whom a guest noted is another guest: the guest alone sees it, until they
say so too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from eventapp.attendees.queries import card_fields_for, suggestions_for
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.export import everything_about
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


def test_contacts_say_so_and_lead_to_the_question(make: Make, browser: Any, pair: Pair) -> None:
    ana, bea = pair
    unsure(make, ana, bea)
    page = make.signed_in(browser(), ana.person).open("/contacts")
    assert page.sees("The hosts say it's Bea Gil you met.")
    page.follow("Was it them?")
    assert state_of(page, bea) == "unsure"


def test_the_other_is_told_of_it_nowhere(make: Make, browser: Any, pair: Pair) -> None:
    ana, bea = pair
    unsure(make, ana, bea)
    with make.act():
        hers = db.session.get_one(Rsvp, bea.id)
        db.session.get_one(Rsvp, ana.id).ask_me_about = hers.want_to_learn = "bread"
        hers.event.ends_at = clock.now() + timedelta(hours=1)
    with make.act():
        hers = db.session.get_one(Rsvp, bea.id)
        assert [one.them.id for one in suggestions_for(hers, at=clock.now())] == [ana.id]
        everything = everything_about(hers.person, at=clock.now())
        assert everything["people_who_say_they_met_you"] == []
