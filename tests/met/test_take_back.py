"""Saying "not now", which nobody is told, and taking back that one met somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from eventapp.attendees.queries import card_fields_for
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.export import everything_about
from eventapp.model import Encounter, Event, Rsvp
from tests.contacts.evening import card, met, noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night, looking_back, mails_of_the_day, post, press, row_of


def test_not_now_is_silent_and_can_be_undone(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    noted(make, bea, ana)
    hers = looking_back(make, browser, bea, htmx=htmx)
    before = words_of(row_of(hers, ana))
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Not now")
    assert "They aren't told" in words_of(row_of(page, bea))
    assert words_of(row_of(hers.open(hers.url), ana)) == before
    mails_of_the_day(make)
    assert make.mails() == []
    page.open(f"/e/{ana.event.slug}/met")
    assert page.one("#total-declined").get_text() == "1"
    assert not page.page.select("#list-asked li")
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


@pytest.mark.parametrize("by_key", [False, True])
def test_to_forget_without_a_field_asks_nothing(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool, by_key: bool
) -> None:
    ana, bea = pair
    met(make, ana, bea, note="of Ana's own")
    page = looking_back(make, browser, ana, htmx=htmx)
    there = f"/r/{ana.key}/met" if by_key else f"/e/{ana.event.slug}/met"
    assert post(page, f"{there}/{bea.id}/forget", htmx=htmx) == (200 if htmx else 303)
    assert [row.noter_id for row in make.rows(Encounter)] == [bea.id]


def test_not_now_after_a_yes_takes_the_yes_back(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    met(make, ana, bea)
    page = looking_back(make, browser, ana)
    assert post(page, f"/e/{ana.event.slug}/met/{bea.id}/decline") == 303
    row = make.row(Encounter)
    assert (row.noter_id, row.declined_at is not None) == (bea.id, True)


def test_who_declined_is_not_asked_again_by_who_forgets_and_repeats_it(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana), bea, "We met")
    mails_of_the_day(make)
    hers = press(looking_back(make, browser, bea), ana, "Not now")
    for _ in range(2):
        press(page, bea, "Forget")
        press(page, bea, "We met")
    mails_of_the_day(make, 3)
    assert "You said you met" in words_of(row_of(page, bea))
    hers.open(hers.url)
    assert hers.page.select("[data-questions]") == []
    assert hers.one("#total-declined").get_text() == "1"
    assert len(make.mails(bea.person.email)) == 1
    press(hers, ana, "Yes, we met")
    assert "You both met" in words_of(row_of(page.open(page.url), bea))


def test_to_forget_shows_nobody_that_it_was_declined(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    carla = make.rsvp(ana.event, "Carla", listing="attendees")
    pages = [looking_back(make, browser, each, htmx=htmx) for each in (ana, ana)]
    for page, them in zip(pages, (bea, carla), strict=True):
        press(page, them, "We met", note="of Ana's own")
    press(looking_back(make, browser, bea), ana, "Not now")
    for page, them in zip(pages, (bea, carla), strict=True):
        press(page, them, "Forget")
    page = pages[0].open(f"/e/{ana.event.slug}/met")
    assert [row_of(page, them)["data-state"] for them in (bea, carla)] == ["new", "new"]
    assert page.open("/contacts").guests() == []
    with make.act():
        assert everything_about(ana.person, at=clock.now())["people_you_met"] == []
    kept = make.row(Encounter)
    assert (kept.note, kept.tags, kept.follow_up_on) == ("", [], None)


def test_who_declined_and_comes_to_say_so_first_agrees_to_nothing_taken_back(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    card(make, ana.person)
    page = press(looking_back(make, browser, ana), bea, "We met")
    hers = press(looking_back(make, browser, bea), ana, "Not now")
    press(page, bea, "Forget")
    press(hers.open(hers.url), ana, "We met")
    assert "You said you met" in words_of(row_of(hers, ana))
    with make.act():
        assert card_fields_for(bea.person, [ana.person_id]) == {}
    mails_of_the_day(make)
    assert len(make.mails(ana.person.email)) == 1
    press(page.open(page.url), bea, "Yes, we met")
    assert "You both met" in words_of(row_of(hers.open(hers.url), ana))


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
