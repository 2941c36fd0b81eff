"""Two people tap at the same moment, each about the other: both are answered."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask

from eventapp.model import Encounter, Rsvp
from tests.make import Make
from tests.met.evening import last_night
from tests.racing import Tap, deadlocks, race, session_of

PAIRS = 30


@pytest.fixture
def guests(make: Make) -> list[tuple[Rsvp, str]]:
    """Guests of one event, each with the session of their browser."""
    event = last_night(make)
    rsvps = [make.rsvp(event, f"Guest {number}", listing="attendees") for number in range(5)]
    return [(rsvp, session_of(make, rsvp.person)) for rsvp in rsvps]


def taps(guests: list[tuple[Rsvp, str]], *verbs: str) -> tuple[list[Tap], list[Tap]]:
    """What the one and the other of each pair tap, each about the other."""
    pairs = [(one, other) for one in guests for other in guests if one[0].id < other[0].id]
    one_side, other_side = [], []
    for number in range(PAIRS):
        (one, his), (other, hers) = pairs[number % len(pairs)]
        verb = verbs[number % len(verbs)]
        there = f"/e/{one.event.slug}/met"
        note = {"note": f"tap {number}"}
        one_side.append(Tap(f"{there}/{other.id}{verb}", his, note))
        other_side.append(Tap(f"{there}/{one.id}{verbs[-1]}", hers, note))
    return one_side, other_side


@pytest.mark.slow
def test_both_say_so_at_once_and_it_is_mutual(
    app: Flask, make: Make, guests: list[tuple[Rsvp, str]]
) -> None:
    before = deadlocks(app)
    assert set(chain(*race(app, *taps(guests, "")))) == {303}
    assert deadlocks(app) == before
    said = {(row.noter_id, row.met_id) for row in make.rows(Encounter)}
    assert said == {(b, a) for a, b in said}
    assert len(said) == 10 * 2


@pytest.mark.slow
def test_saying_so_declining_and_taking_back_at_once_never_fail(
    app: Flask, make: Make, guests: list[tuple[Rsvp, str]]
) -> None:
    before, sides = deadlocks(app), taps(guests, "/decline", "/forget", "", "")
    assert set(chain(*race(app, *sides))) == {303}
    assert deadlocks(app) == before
