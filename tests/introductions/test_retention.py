"""How long introductions, and contacts passed on, are kept: as their community says, however they
were answered.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import forget_old_introductions, forget_old_passed
from eventapp.introductions.queries import PAIR_KEPT
from eventapp.model import Community, Introduction, PassedContact, Rsvp
from tests.introductions.three import Three, introduced, passed_on
from tests.make import Make
from tests.met.evening import last_night


def keeps(make: Make, rsvp: Rsvp, months: int | None) -> None:
    with make.act():
        community = db.session.get_one(Community, rsvp.event.community_id)
        community.keep_introductions_months = months


def made_and_joined(make: Make, they: Three, days: float, one: Rsvp, other: Rsvp) -> Introduction:
    at = clock.now() - timedelta(days=days)
    return introduced(make, they.ana.person, one, other, at=at, joined_at=at)


@pytest.mark.parametrize(("months", "days"), [(None, 12), (3, 3), (99, 12)])
def test_what_joined_two_goes_so_many_months_later(
    make: Make, they: Three, months: int | None, days: int
) -> None:
    keeps(make, they.bea, months)
    kept = made_and_joined(make, they, 28 * days, they.bea, they.carla)
    made_and_joined(make, they, 31 * days, they.bea, they.carla)
    assert make.due(forget_old_introductions) == 1
    assert [row.id for row in make.rows(Introduction)] == [kept.id]


def test_it_goes_as_soon_as_the_community_of_one_of_the_two_says(make: Make, they: Three) -> None:
    dora = make.rsvp(last_night(make), "Dora Paz")
    assert dora.event.community_id != they.bea.event.community_id
    keeps(make, dora, 2)
    kept = made_and_joined(make, they, 63, they.bea, they.carla)
    for one, other in ((they.bea, dora), (dora, they.carla)):
        made_and_joined(make, they, 63, one, other)
    assert make.due(forget_old_introductions) == 2
    assert [row.id for row in make.rows(Introduction)] == [kept.id]


@pytest.mark.parametrize("months", [1, None])
@pytest.mark.parametrize("is_declined", [False, True])
def test_a_no_and_silence_are_kept_as_long_so_that_neither_is_asked_again(
    make: Make, they: Three, months: int | None, *, is_declined: bool
) -> None:
    keeps(make, they.bea, months)
    rows = [
        introduced(make, they.ana.person, they.bea, they.carla, at=clock.now() - age)
        for age in (PAIR_KEPT - timedelta(hours=1), PAIR_KEPT + timedelta(hours=1))
    ]
    if is_declined:
        with make.act():
            for row in rows:
                db.session.get_one(Introduction, row.id).sides[0].decline(clock.now())
    assert make.due(forget_old_introductions) == 1
    assert [row.id for row in make.rows(Introduction)] == [rows[0].id]


@pytest.mark.parametrize(
    ("months", "shortest", "longest"),
    [(1, 28, 32), (3, 89, 93), (None, 364, 367), (99, 364, 367)],
)
@pytest.mark.parametrize("is_declined", [False, True])
def test_a_contact_passed_on_goes_so_many_months_after_its_last_day(
    make: Make, they: Three, months: int | None, shortest: int, longest: int, *, is_declined: bool
) -> None:
    with make.act():
        community = db.session.get_one(Community, they.bea.event.community_id)
        community.keep_passed_months = months
    answer = {"declined_at" if is_declined else "accepted_at": clock.now()}
    row = passed_on(make, they.ana, they.bea, **answer)
    with time_machine.travel(row.ends_at + timedelta(days=shortest - 1)):
        assert make.due(forget_old_passed) == 0
    with time_machine.travel(row.ends_at + timedelta(days=longest)):
        assert make.due(forget_old_passed) == 1
    assert not make.rows(PassedContact)


def test_each_community_says_it_for_those_who_met_there(make: Make, they: Three) -> None:
    dora = make.rsvp(last_night(make), "Dora Paz")
    with make.act():
        there = db.session.get_one(Community, dora.event.community_id)
        there.keep_passed_months = 6
    here, elsewhere = (passed_on(make, they.ana, whom) for whom in (they.bea, dora))
    with time_machine.travel(here.ends_at + timedelta(days=40)):
        assert make.due(forget_old_passed) == 1
    assert make.row(PassedContact).id == elsewhere.id
