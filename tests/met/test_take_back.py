"""Saying "not now", which nobody is told, and taking back that one met somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from eventapp.attendees.queries import card_fields_for
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Encounter, Event, Rsvp
from tests.browser import words_of
from tests.contacts.evening import card, met, noted
from tests.make import Make
from tests.met.evening import last_night, looking_back, post, press, row_of


def test_not_now_is_silent_and_can_be_undone(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    noted(make, bea, ana)
    hers = looking_back(make, browser, bea, htmx=htmx)
    before = words_of(row_of(hers, ana))
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Not now")
    assert "They are not told" in words_of(row_of(page, bea))
    assert words_of(row_of(hers.open(hers.url), ana)) == before
    assert make.mails() == []
    page.open(f"/e/{ana.event.slug}/met")
    assert page.sees("One answer left for later")
    assert not page.sees("They say you met")
    page = press(page, bea, "Yes, we met")
    assert "You both met" in words_of(row_of(page, bea))
    assert "You both met" in words_of(row_of(hers.open(hers.url), ana))
    assert make.mails() == []


def test_to_forget_takes_the_note_and_both_cards_back(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    card(make, ana.person)
    card(make, bea.person)
    met(make, ana, bea, note="of Ana's own")
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Forget")
    assert "says you two met here" in words_of(row_of(page, bea))
    assert [row.noter_id for row in make.rows(Encounter)] == [bea.id]
    with make.act():
        assert card_fields_for(ana.person, [bea.person_id]) == {}
        assert card_fields_for(bea.person, [ana.person_id]) == {}
    press(page, bea, "Yes, we met")
    assert {row.note for row in make.rows(Encounter)} == {""}


def test_to_forget_twice_is_to_forget_once(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    noted(make, ana, bea)
    page = looking_back(make, browser, ana)
    for _ in range(2):
        assert post(page, f"/e/{ana.event.slug}/met/{bea.id}/forget") == 303
    assert make.rows(Encounter) == []


def test_not_now_after_a_yes_takes_the_yes_back(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    met(make, ana, bea)
    page = looking_back(make, browser, ana)
    assert post(page, f"/e/{ana.event.slug}/met/{bea.id}/decline") == 303
    row = make.row(Encounter)
    assert (row.noter_id, row.declined_at is not None) == (bea.id, True)


def test_one_can_take_it_back_when_the_page_has_closed(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, bea = make.rsvp(event, "Ana"), make.rsvp(event, "Bea", listing="attendees")
    noted(make, ana, bea)
    page = looking_back(make, browser, ana)
    long_ago = clock.now() - timedelta(days=70)
    with make.act():
        moved = {"starts_at": long_ago, "ends_at": long_ago + timedelta(hours=3)}
        db.session.execute(update(Event).values(**moved))
    assert post(page, f"/e/{event.slug}/met/{bea.id}/forget") == 303
    assert make.rows(Encounter) == []


def test_one_who_left_the_list_can_still_be_forgotten(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    noted(make, ana, bea)
    with make.act():
        db.session.execute(update(Rsvp).where(Rsvp.id == bea.id).values(listing="nobody"))
    page = looking_back(make, browser, ana, htmx=htmx)
    assert page.guests() == ["Bea Gil"]
    press(page, bea, "Forget")
    assert make.rows(Encounter) == []
    assert page.open(page.url).guests() == []


def test_nobody_takes_back_what_others_said(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    carla = make.rsvp(ana.event, "Carla", listing="attendees")
    met(make, ana, bea)
    page = looking_back(make, browser, carla)
    for act in ("forget", "decline"):
        post(page, f"/e/{ana.event.slug}/met/{ana.id}/{act}")
    rows = make.rows(Encounter)
    assert len(rows) == 2
    assert not any(row.declined_at for row in rows)
