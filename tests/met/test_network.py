"""A guest sees whom they met around them: as a drawing, and as the same list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
import time_machine

from eventapp.conduct.actions import block
from eventapp.contacts import actions as cards
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.actions import delete_person
from eventapp.met.own_network import SHOWN_MOST
from eventapp.model import NotedName, Person, Rsvp, Status
from tests.browser import Browser
from tests.contacts.evening import card, met, noted
from tests.html import words_of
from tests.introductions.three import introduced
from tests.make import Make
from tests.met.evening import last_night, press

Browsers = Callable[..., Browser]


def network_of(make: Make, browser: Browsers, rsvp: Rsvp, *, key: bool = False) -> Browser:
    if key:
        return browser().open(f"/r/{rsvp.key}/met/network")
    return make.signed_in(browser(), rsvp.person).open(f"/e/{rsvp.event.slug}/met/network")


def drawn(page: Browser) -> list[str]:
    return [words_of(title) for title in page.page.select("svg.around title")]


def listed(page: Browser) -> list[str]:
    return [str(row["data-network"]) for row in page.page.select("[data-network]")]


def test_whoever_both_noted_comes_first_then_their_own_word_then_noted_names(
    make: Make, browser: Browsers
) -> None:
    event = last_night(make)
    ana, bea, carla, dora, eve = (
        make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea", "Carla", "Dora", "E")
    )
    noted(make, ana, bea)
    met(make, ana, carla)
    noted(make, dora, ana)  # whom Ana has not answered
    met(make, carla, eve)  # which is theirs to know
    card(make, carla.person, shared=["company", "role"])
    with make.act():
        db.session.add(NotedName(rsvp_id=ana.id, name="Zoe", name_key="zoe", noted_at=clock.now()))
    page = network_of(make, browser, ana)
    assert listed(page) == drawn(page) == ["Carla", "Bea", "Zoe"]
    classes = [str(circle["class"][0]) for circle in page.page.select("svg.around a circle")]
    assert classes == ["both", "own", "named"]
    assert "Analyst · Acme" in words_of(page.one("[data-network=Carla]"))
    assert page.sees("You met 3 people here")
    by_key = network_of(make, browser, ana, key=True)
    assert listed(by_key) == drawn(by_key) == ["Carla", "Bea", "Zoe"]
    assert "Acme" not in by_key.text


def test_each_name_leads_to_its_contact(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea Gil"))
    met(make, ana, bea)
    page = network_of(make, browser, ana)
    (link,), (other,) = page.page.select("[data-network] a"), page.page.select("svg.around a")
    assert link["href"] == other["href"]
    page.open(str(link["href"]).partition("#")[0])
    assert page.one(f"#{str(link['href']).partition('#')[2]}")["data-contact"] == "Bea Gil"
    by_key = network_of(make, browser, ana, key=True)
    href = str(by_key.page.select("[data-network] a")[0]["href"])
    assert by_key.open(href.partition("#")[0]).guests() == ["Bea Gil"]


@pytest.mark.parametrize("closed", [False, True])
def test_the_form_and_the_contacts_lead_there(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], closed: bool
) -> None:
    ana, bea = pair
    noted(make, ana, bea)
    with time_machine.travel(clock.now() + timedelta(days=100 if closed else 0)):
        page = make.signed_in(browser(), ana.person)
        for start in (f"/e/{ana.event.slug}/met", "/contacts"):
            page.open(start).follow("See them around you")
            assert drawn(page) == ["Bea Gil"], start


def test_the_first_one_brings_the_way_there(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = make.signed_in(browser(htmx=True), ana.person).open(f"/e/{ana.event.slug}/met")
    assert not page.sees("See them around you")
    press(page, bea, "We met").follow("See them around you")
    assert drawn(page) == ["Bea Gil"]


@pytest.mark.parametrize("key", [False, True])
def test_whom_they_met_stays_theirs_after_losing_their_place(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], key: bool
) -> None:
    ana, bea = pair
    noted(make, ana, bea)
    with make.act():
        db.session.get_one(Rsvp, ana.id).status = Status.CANCELLED
    page = network_of(make, browser, ana, key=key)
    assert listed(page) == drawn(page) == ["Bea Gil"]
    for link in page.page.select("main a[href]"):
        there = browser() if key else make.signed_in(browser(), ana.person)
        assert there.open(str(link["href"]).partition("#")[0]).status == 200, link


def test_a_stranger_sees_nobody(make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]) -> None:
    ana, bea = pair
    noted(make, ana, bea)
    carla = make.rsvp(last_night(make), "Carla")
    page = make.signed_in(browser(), carla.person).open(f"/e/{ana.event.slug}/met/network")
    assert (page.status, drawn(page)) == (403, [])


def test_nobody_met_yet(make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]) -> None:
    ana, bea = pair
    noted(make, bea, ana)
    page = network_of(make, browser, ana)
    assert page.sees("Nobody yet")
    assert "Bea" not in page.text
    assert page.page.select("svg.around") == []


def test_a_line_between_two_is_an_introduction_that_both_accepted(
    make: Make, browser: Browsers
) -> None:
    event = last_night(make)
    ana, bea, carla, dora = (make.rsvp(event, name) for name in ("Ana", "Bea", "Carla", "Dora"))
    for one, other in combinations((ana, bea, carla, dora), 2):
        met(make, one, other)
    introduced(make, ana.person, bea, carla, joined_at=clock.now())
    introduced(make, ana.person, carla, dora)  # not accepted
    introduced(make, bea.person, ana, dora, joined_at=clock.now())
    page = network_of(make, browser, ana)
    assert len(page.page.select("svg.around:not(.key) path.introduced")) == 1
    assert "You introduced them to Carla." in words_of(page.one("[data-network=Bea]"))
    assert "You introduced them to Bea." in words_of(page.one("[data-network=Carla]"))
    assert "introduced" not in words_of(page.one("[data-network=Dora]"))
    for other, key in ((carla, False), (dora, False), (ana, True)):
        assert network_of(make, browser, other, key=key).page.select("path.introduced") == []


def test_sixty_are_drawn_and_the_rest_is_counted(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana")
    for number in range(SHOWN_MOST + 2):
        noted(make, ana, make.rsvp(event, f"Guest {number:02}"))
    page = network_of(make, browser, ana)
    assert listed(page) == drawn(page)
    assert len(drawn(page)) == SHOWN_MOST
    assert page.sees("You met 62 people here")
    assert page.sees("And 2 more")


def blocks(one: Rsvp, other: Rsvp) -> None:
    block(_of(one), db.session.get_one(Rsvp, other.id), at=clock.now())


def deletes(one: Rsvp, _: Rsvp) -> None:
    delete_person(_of(one), at=clock.now())


def withdraws(one: Rsvp, other: Rsvp) -> None:
    cards.withdraw(_of(one), _of(other), at=clock.now())


def _of(rsvp: Rsvp) -> Person:
    return db.session.get_one(Person, rsvp.person_id)


@pytest.mark.parametrize(
    ("act", "by_viewer", "names"),
    [
        (blocks, False, []),
        (blocks, True, []),
        (deletes, False, []),
        (withdraws, False, ["Bea Gil"]),
    ],
)
def test_who_blocks_deletes_or_takes_back_is_gone_at_once(
    make: Make,
    browser: Browsers,
    pair: tuple[Rsvp, Rsvp],
    act: Any,
    by_viewer: bool,
    names: list[str],
) -> None:
    ana, bea = pair
    met(make, ana, bea)
    card(make, bea.person, shared=["company"])
    page = network_of(make, browser, ana)
    assert "Acme" in page.text
    with make.act():
        act(*((ana, bea) if by_viewer else (bea, ana)))
    page.open(f"/e/{ana.event.slug}/met/network")
    assert listed(page) == drawn(page) == names
    assert "Acme" not in page.text
