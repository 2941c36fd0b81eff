"""The form of whom one met: whole rows to tap, taken back by a tap; by pages where many were."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import insert

from eventapp.attendees.queries import card_fields_for
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CardShare, CheckIn, Encounter, Rsvp
from tests.contacts.evening import card, met, noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import (
    hours_ago,
    last_night,
    let_in,
    looking_back,
    press,
    row_of,
)


def test_a_row_is_one_button_and_a_tap_again_takes_it_back(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = looking_back(make, browser, ana, htmx=htmx)
    [button] = row_of(page, bea).select("button")
    assert words_of(button) == "BG We met: Bea Gil We met"
    press(page, bea, "We met")
    assert "You said you met" in words_of(row_of(page, bea))
    assert page.one("[data-met]")["data-met"] == "1"
    press(page, bea, "Forget")
    assert row_of(page, bea)["data-state"] == "new"
    assert page.one("[data-met]")["data-met"] == "0"
    page.press("Undo")
    assert row_of(page, bea)["data-state"] == "noted"


@pytest.mark.parametrize("by_key", [False, True])
def test_a_tap_loses_neither_a_note_nor_what_both_said(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool, by_key: bool
) -> None:
    ana, bea = pair
    page = looking_back(make, browser, ana, htmx=htmx)
    if by_key:
        page.open(f"/r/{ana.key}/met")
    press(page, bea, "We met")
    noted(make, bea, ana)  # while Ana's page still offers to take it back by a tap
    press(page, bea, "Forget")
    assert len(make.rows(Encounter)) == 2
    assert row_of(page, bea)["data-state"] == "mutual"
    assert "you lose each other's cards" in words_of(row_of(page, bea))
    assert row_of(page, bea).select("details.sure form")
    assert bool(row_of(page, bea).select("details[open] details[open]"))
    press(page, bea, "Forget")
    assert [row.noter_id for row in make.rows(Encounter)] == [bea.id]


def test_search_finds_topics_and_companies_that_a_card_shows(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="attendees")
    bea = make.rsvp(event, "Bea", listing="attendees", ask_me_about="Fijación de precios")
    carla, dora = (make.rsvp(event, name, listing="attendees") for name in ("Carla", "Dora"))
    for person in (carla.person, dora.person):
        card(make, person, shared=["company"], company="Tinta y Lino")
    met(make, ana, carla)
    page = looking_back(make, browser, ana)
    assert page.search("precios").guests() == [bea.name]
    assert page.search("lino").guests() == [carla.name], "Dora's card does not cross"
    assert browser().open(f"/r/{ana.key}/met").search("lino").guests() == [], "a key shows no card"


def test_who_came_in_at_the_same_moment_is_named_as_likely(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, near, far = (make.rsvp(event, name, listing="everyone") for name in ("Ana", "Near", "Far"))
    let_in(make, ana, near)
    let_in(make, far, at=hours_ago(13))
    page = looking_back(make, browser, ana)
    assert "Came in when you did" in words_of(row_of(page, near))
    assert "Came in when you did" not in words_of(row_of(page, far))


@pytest.mark.parametrize("page", ["", "?q=guest+1", "?list=met", "?list=met&page=9", "?list=asked"])
def test_where_thousands_were_there_it_is_quick_and_small(
    make: Make, browser: Any, page: str
) -> None:
    """2,000 came, and 1,000 of them were noted: see the issue of what grows."""
    ana = crowd(make)
    mine = make.signed_in(browser(), ana.person)
    took = []
    for _ in range(3):
        began = time.process_time()
        mine.client.get(f"/e/{ana.event.slug}/met{page}")
        took.append(time.process_time() - began)
    answer = mine.client.get(f"/e/{ana.event.slug}/met{page}")
    assert answer.status_code == 200
    assert len(answer.data) < 150_000
    assert min(took) < 0.15


def crowd(make: Make) -> Rsvp:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="attendees", want_to_learn="pricing, hiring")
    ids = make.crowd(ana, 2000, ask_me_about="pricing and something else")
    with make.act():
        entry = {"event_id": event.id, "people": 1, "at": hours_ago(14), "door": "d", "by": "b"}
        db.session.execute(
            insert(CheckIn), [{**entry, "rsvp_id": rsvp_id} for rsvp_id in [ana.id, *ids]]
        )
        said = {"event_id": event.id, "noted_at": clock.now(), "note": "", "tags": []}
        db.session.execute(
            insert(Encounter),
            [
                {**said, "noter_id": one, "met_id": other}
                for rsvp_id in ids[:1000]
                for one, other in (
                    [(ana.id, rsvp_id)] if rsvp_id % 3 else [(ana.id, rsvp_id), (rsvp_id, ana.id)]
                )
            ],
        )
        db.session.execute(
            insert(Encounter),
            [{**said, "noter_id": rsvp_id, "met_id": ana.id} for rsvp_id in ids[1000:1100]],
        )
    return ana


# At the first "we met"


def test_the_first_we_met_asks_once_and_unticked_whether_the_address_crosses(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    carla = make.rsvp(ana.event, "Carla", listing="attendees")
    page = browser(htmx=htmx).open(f"/r/{ana.key}/met")
    press(page, bea, "We met")
    tick = page.one("#share-card [name=share]")
    assert not tick.has_attr("checked")
    page.press("Save")
    assert make.rows(CardShare) == [], "not ticked, not shared"
    page.open(f"/r/{ana.key}/met").press("Save", share="email")
    assert [(row.person_id, row.field) for row in make.rows(CardShare)] == [
        (ana.person_id, "email")
    ]
    press(page.open(f"/r/{ana.key}/met"), carla, "We met")
    assert not page.page.select("#share-card [name=share]")


def test_it_says_that_the_address_crosses_from_earlier_events_too(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    earlier = last_night(make)
    before, carla = make.rsvp(earlier, "Ana", person=ana.person), make.rsvp(earlier, "Carla")
    met(make, before, carla)
    page = press(looking_back(make, browser, ana, htmx=True), bea, "We met")
    assert "everybody who also says you met, at earlier events too" in words_of(
        page.one("#share-card")
    )
    assert page.sees("people you meet get only your name")
    page.press("Save", share="email")
    assert page.sees("everybody who also says you met, at earlier events too")
    assert not page.sees("people you meet get only your name")
    with make.act():
        assert "email" in card_fields_for(carla.person, [ana.person_id])[ana.person_id]


def test_signed_in_it_asks_as_well(make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana), bea, "We met")
    page.press("Save", share="email")
    assert make.row(CardShare).person_id == ana.person_id
    assert page.url.startswith(f"/e/{ana.event.slug}/met")


def test_the_question_leads_nowhere_else(make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana), bea, "We met")
    page.press("Save", next="https://elsewhere.example")
    assert page.url == "/me/card"


def test_showing_all_goes_on_where_the_first_rows_ended(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, *others = (make.rsvp(event, f"Guest {number}") for number in range(10))
    for other in others:
        noted(make, ana, other)
    page = looking_back(make, browser, ana)
    link = str(page.one("#meetings a[href*='list=met']")["href"])
    _, _, next_one = link.partition("#")
    assert not page.page.select(f"#{next_one}")
    assert page.open(link).one(f"#{next_one}")
