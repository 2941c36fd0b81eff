"""A guest list is imported while guests answer, doors work and organisers decide: all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from uuid import uuid4

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.model import CheckIn, Community, Event, Person, Rsvp
from tests.guests.bringing import a_list_handed_in
from tests.make import Make
from tests.racing import Tap, deadlocks, race, session_of

TIMES = 8


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return make.event(community, starts_at=clock.now() - timedelta(minutes=5), capacity=40)


def sheet(people: Sequence[Person], number: int) -> bytes:
    """Everybody, from last to first, with another wish each time, and who is new."""
    rows = [f"{each.name},{each.email},1,wish {number}" for each in reversed(people)]
    return "\n".join(
        ["name,email,companions,ask me about", *rows, f"New,new{number}@example.org,0,"]
    ).encode()


@pytest.mark.slow
def test_everybody_at_once(app: Flask, make: Make, community: Community, event: Event) -> None:
    people = [make.person(name=f"Guest {number}") for number in range(TIMES)]
    guests = [
        make.rsvp(event, each.name, person=each, source="import", confirmed_at=None)
        for each in people
    ]
    waiting = [make.rsvp(event, f"Pending {n}", status="pending") for n in range(TIMES)]
    olga = session_of(make, make.organiser(community))
    organise, door = f"/o/e/{event.slug}", f"/e/{event.slug}/door"
    scans = [str(uuid4()) for _ in range(2 * TIMES)]
    before = deadlocks(app)
    answers = race(
        app,
        [importing(make, event, olga, sheet(people, n)) for n in range(TIMES)],
        [Tap(f"/e/{event.slug}/rsvp", None, answer(each)) for each in people],
        [Tap(f"/r/{each.key}/{'confirm' if n % 2 else 'cancel'}") for n, each in enumerate(guests)],
        [Tap(f"{organise}/places", olga, {"capacity": str(60 + n)}) for n in range(TIMES)],
        [Tap(f"{organise}/guests/{each.id}/approve", olga) for each in waiting],
        [Tap(f"{organise}/guests/send-tickets", olga) for _ in range(TIMES)],
        [
            Tap(f"{door}/scan", olga, {"code": each.ticket, "scan_id": scan})
            for each, scan in zip(guests, scans, strict=False)
        ],
        [
            Tap(f"{door}/walk-in", olga, {"name": "W", "email": each.email, "scan_id": scan})
            for each, scan in zip(people, scans[TIMES:], strict=True)
        ],
    )
    assert max(chain(*answers)) < 500, answers
    assert [set(side) & {200, 303} for side in answers] == [set(side) - {409} for side in answers]
    assert deadlocks(app) == before
    seats_add_up(make)


def importing(make: Make, event: Event, olga: str, data: bytes) -> Tap:
    """The confirm of a list that is handed in already."""
    kept = a_list_handed_in(make, event, data)
    return Tap(f"/o/e/{event.slug}/guests/import/{kept.id}", olga, {"then": "import"})


def answer(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email, "listing": "attendees"}


def seats_add_up(make: Make) -> None:
    event = make.row(Event)
    held = [each.party for each in make.rows(Rsvp) if each.holds_a_seat]
    assert event.seats_taken == sum(held)
    assert event.admitted == sum(each.people for each in make.rows(CheckIn))


@pytest.mark.slow
def test_two_lists_with_the_same_people_at_two_events(
    app: Flask, make: Make, community: Community
) -> None:
    events = [make.event(community), make.event(community)]
    olga = session_of(make, make.organiser(community))
    lists = [
        [f"{number},guest{number}@example.org" for number in range(60 * n, 60 * n + 60)]
        for n in range(TIMES)
    ]
    sides = [
        [importing(make, event, olga, as_file(rows[::step])) for rows in lists]
        for event, step in zip(events, (1, -1), strict=True)
    ]
    before = deadlocks(app)
    assert set(chain(*race(app, *sides))) == {303}
    assert deadlocks(app) == before
    assert len(make.rows(Rsvp)) == 2 * 60 * TIMES
    assert len(make.rows(Person)) == 60 * TIMES + 1


def as_file(rows: Sequence[str]) -> bytes:
    return "\n".join(["name,email", *rows]).encode()
