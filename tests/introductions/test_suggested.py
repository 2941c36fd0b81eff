"""Whom a person might introduce: only whom they met, who both ticked it, and with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import allow_suggesting
from eventapp.introductions.queries import PAIR_KEPT, introducible, worth_introducing
from eventapp.introductions.queries.suggested import PORTION
from eventapp.model import Person, Rsvp
from tests.browser import Browser
from tests.contacts.evening import met, noted
from tests.introductions.test_limits import blocks
from tests.introductions.three import REASON, Three, introduced, three
from tests.make import Make
from tests.plans import asked

Browsers = Callable[..., Browser]


def says(make: Make, rsvp: Rsvp, **lines: Any) -> None:
    with make.act():
        row = db.session.get_one(Rsvp, rsvp.id)
        for name, value in lines.items():
            setattr(row, name, value)


def ticks(make: Make, *rsvps: Rsvp) -> None:
    with make.act():
        for rsvp in rsvps:
            allow_suggesting(db.session.get_one(Person, rsvp.person_id), at=clock.now())


@pytest.fixture
def they(make: Make) -> Three:
    """Carla wants to learn what Bea can be asked about, and both ticked that they be suggested."""
    they = three(make)
    says(make, they.carla, want_to_learn="Kompilers, compilers")
    ticks(make, they.bea, they.carla)
    return they


def worth(page: Browser) -> list[str]:
    return [
        str(tag["data-worth"]) for tag in page.open("/introductions").page.select("[data-worth]")
    ]


def test_contacts_who_all_know_each_other_are_looked_up_at_once(
    make: Make, browser: Browsers
) -> None:
    everybody = three(make)
    ana = everybody.ana
    circle = [make.rsvp(ana.event, f"Guest {number}") for number in range(9)]
    for one in circle:
        met(make, ana, one)
        says(make, one, ask_me_about="bees", want_to_learn="bees")
    for one, other in combinations(circle, 2):
        met(make, one, other)
    ticks(make, *circle)
    assert len(circle) * (len(circle) - 1) > 2 * PORTION
    with make.act():
        known = introducible(db.session.get_one(Person, ana.person_id))
        with asked() as statements:
            assert not worth_introducing(known, since=clock.now() - PAIR_KEPT)
    assert len(statements) <= 7
    dora = make.rsvp(ana.event, "Dora Paz", want_to_learn="bees")
    met(make, ana, dora)
    ticks(make, dora)
    assert worth(make.signed_in(browser(), ana.person)) == [f"{dora.id} {circle[0].id}"]


def test_who_knows_both_is_told_why_and_asks_them_in_their_own_words(
    make: Make, browser: Browsers, they: Three
) -> None:
    page = make.signed_in(browser(), they.ana.person)
    assert worth(page) == [f"{they.carla.id} {they.bea.id}"]
    assert page.sees("Carla Sanz wants to learn what Bea Gil can be asked about: compilers")
    page.follow("Introduce them").press("Ask them both", reason=REASON)
    assert page.sees("They're asked.")
    assert worth(page) == []


def test_what_somebody_is_looking_for_is_a_reason_too(
    make: Make, browser: Browsers, they: Three
) -> None:
    says(make, they.carla, want_to_learn="", looking_for="somebody for compilers")
    page = make.signed_in(browser(), they.ana.person).open("/introductions")
    assert page.sees("Carla Sanz is looking for what Bea Gil can be asked about: compilers")


def unticked(make: Make, they: Three) -> None:
    with make.act():
        db.session.get_one(Person, they.bea.person_id).introducible_since = None


def wants_none(make: Make, they: Three) -> None:
    with make.act():
        db.session.get_one(Person, they.bea.person_id).introductions_ended_at = clock.now()


def blocked(make: Make, they: Three) -> None:
    blocks(make, they.bea, they.carla)


def blocked_by_the_other(make: Make, they: Three) -> None:
    blocks(make, they.carla, they.bea)


def one_blocked_ana(make: Make, they: Three) -> None:
    blocks(make, they.carla, they.ana)


def introduced_by_somebody(make: Make, they: Three) -> None:
    introduced(make, make.person(), they.carla, they.bea)


def joined_long_ago(make: Make, they: Three) -> None:
    at = clock.now() - PAIR_KEPT - timedelta(days=1)
    introduced(make, make.person(), they.bea, they.carla, at=at, joined_at=at)


def met_each_other(make: Make, they: Three) -> None:
    met(make, they.bea, they.carla)


def no_topic(make: Make, they: Three) -> None:
    says(make, they.carla, want_to_learn="pottery")


def unconfirmed(make: Make, they: Three) -> None:
    says(make, they.carla, confirmed_at=None)


WHY_NOT = [
    *(unticked, wants_none, blocked, blocked_by_the_other, one_blocked_ana),
    *(introduced_by_somebody, joined_long_ago, met_each_other, no_topic, unconfirmed),
]


@pytest.mark.parametrize("why", WHY_NOT)
def test_without_everything_that_it_takes_nobody_is_suggested(
    make: Make, browser: Browsers, they: Three, why: Callable[[Make, Three], None]
) -> None:
    page = make.signed_in(browser(), they.ana.person)
    assert worth(page)
    why(make, they)
    assert worth(page) == []


def test_only_one_of_them_said_that_the_two_met(make: Make, browser: Browsers, they: Three) -> None:
    """That is nobody else's to know, and they may want to be introduced."""
    noted(make, they.bea, they.carla)
    assert worth(make.signed_in(browser(), they.ana.person))


def test_who_knows_one_of_them_is_shown_nothing(make: Make, browser: Browsers, they: Three) -> None:
    dora = make.rsvp(they.ana.event, "Dora Paz")
    met(make, dora, they.bea)
    noted(make, dora, they.carla)
    assert worth(make.signed_in(browser(), dora.person)) == []


def test_each_is_suggested_once_and_who_shares_most_comes_first(
    make: Make, browser: Browsers, they: Three
) -> None:
    dora = make.rsvp(they.ana.event, "Dora Paz", want_to_learn="compilers, and linkers")
    says(make, they.bea, ask_me_about="compilers, linkers")
    met(make, they.ana, dora)
    ticks(make, dora)
    page = make.signed_in(browser(), they.ana.person)
    assert worth(page) == [f"{dora.id} {they.bea.id}"]


def test_one_tick_allows_it_and_another_ends_it(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    page = make.signed_in(browser(htmx=htmx), they.ana.person).open("/me")
    assert make.row(Person, id=they.ana.person_id).introducible_since is None
    page.press("You may suggest me")
    assert make.row(Person, id=they.ana.person_id).introducible_since
    page.press("Don't suggest me any more")
    assert make.row(Person, id=they.ana.person_id).introducible_since is None
