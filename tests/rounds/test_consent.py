"""Whatever guests tick, block, list, and whenever they come and go: at each moment a table shows
those at it to each other and to nobody else, the wall names who agreed and counts nobody,
hosts see nobody.

What is expected is worked out from what was done, by no query of the application.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from eventapp.attendees.queries import Viewer
from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import block_between
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.model import CheckIn, CheckOut, Event, Rounds, Rsvp, Status
from eventapp.rounds import actions
from eventapp.rsvp import actions as rsvp_actions
from tests.browser import Browser
from tests.make import Make
from tests.properties import HealthCheck, Phase, given, settings, st
from tests.rounds.evening import announced, going_on, start, tables

NAMES = ("Quilana", "Wexbert", "Zorcarla", "Vimdan", "Jaxeva")
WHO = st.integers(0, len(NAMES) - 1)
PAIRS = st.tuples(WHO, WHO).filter(lambda pair: pair[0] != pair[1])
LISTINGS = st.sampled_from(["nobody", "attendees", "everyone"])
STEPS = st.one_of(
    st.tuples(st.sampled_from(["tick", "tick", "untick", "come", "come", "go"]), WHO),
    st.tuples(st.sampled_from(["block", "unblock"]), PAIRS),
    st.tuples(st.just("list"), st.tuples(WHO, LISTINGS)),
    st.tuples(st.just("status"), st.tuples(WHO, st.sampled_from(["going", "cancelled"]))),
    st.tuples(st.sampled_from(["start", "start", "stop"]), st.none()),
)
STORIES = st.lists(STEPS, min_size=8, max_size=20)
EVERYBODY_IS_IN = [(verb, one) for one in range(len(NAMES)) for verb in ("tick", "come")]
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # making a story shorter takes minutes
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@dataclass
class Guest:
    name: str
    key: str
    rsvp_id: int
    ticked: bool = False
    inside: bool = False
    going: bool = True
    listing: str = "attendees"
    blocked: set[int] = field(default_factory=set)

    @property
    def shows(self) -> bool:
        return self.ticked and self.going


@dataclass
class Evening:
    event: Event
    rounds: Rounds
    guests: list[Guest]
    anybody: Browser
    host: Browser
    seated: list[set[int]] = field(default_factory=list)  # the tables of the round that runs
    number: int = 0  # of rounds so far

    def apart(self, one: Guest, other: Guest) -> bool:
        there = self.guests.index
        return there(other) in one.blocked or there(one) in other.blocked

    def mates(self, guest: Guest) -> set[str]:
        """Whom a guest is shown at their table."""
        others = [other for other in self.at_table(guest) if other is not guest and other.shows]
        shown = {other.name for other in others if not self.apart(guest, other)}
        return shown if guest.shows else set()

    def at_table(self, guest: Guest) -> list[Guest]:
        table = next((table for table in self.seated if guest.rsvp_id in table), set())
        return [other for other in self.guests if other.rsvp_id in table]

    def named(self) -> set[str]:
        """Whom the wall names."""
        agreed = [guest for guest in self.guests if guest.shows and guest.listing != "nobody"]
        return {one.name for one in agreed if self.at_table(one) and not one.blocked}

    def on_the_wall(self) -> list[list[str]]:
        """The words of each table: its number and names, however many others sit there."""
        named = self.named()
        at_tables = [[one.name for one in self.guests if one.rsvp_id in t] for t in self.seated]
        return [
            ["Table", str(number), *sorted(named & set(names))]
            for number, names in enumerate(at_tables, 1)
        ]


@pytest.mark.slow
@settings(max_examples=4, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORIES)
def test_nobody_is_shown_beyond_their_tick(
    app: Flask, browser: Callable[..., Browser], make: Make, story: Any
) -> None:
    follow(app, make, browser, story)


@pytest.mark.long
@settings(max_examples=120, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORIES)
def test_the_same_in_thousands_of_steps(
    app: Flask, browser: Callable[..., Browser], make: Make, story: Any
) -> None:
    follow(app, make, browser, story)


def follow(app: Flask, make: Make, browser: Callable[..., Browser], story: Any) -> None:
    evening = evening_of(make, browser)
    steps = [*EVERYBODY_IS_IN, ("start", None), *story]
    for number, (verb, about) in enumerate(steps, start=1):
        act(app, make, evening, verb, about)
        if number > len(EVERYBODY_IS_IN) and (number % 2 or number == len(steps)):
            look(evening)


def evening_of(make: Make, browser: Callable[..., Browser]) -> Evening:
    community = make.community()
    event = going_on(make, community=community)
    rounds = announced(make, event, actions.Settings(10, 3, 20, 2))
    guests = [
        Guest(rsvp.name, rsvp.key, rsvp.id)
        for rsvp in (make.rsvp(event, name, listing="attendees") for name in NAMES)
    ]
    host = make.signed_in(browser(), make.organiser(community))
    return Evening(event, rounds, guests, browser(), host)


def act(app: Flask, make: Make, evening: Evening, verb: str, about: Any) -> None:
    if verb in ("start", "stop"):
        start_or_stop(make, evening, verb)
        return
    who, other = about if isinstance(about, tuple) else (about, None)
    guest = evening.guests[who]
    with app.app_context(), transaction():
        one_step(evening, verb, guest, db.session.get_one(Rsvp, guest.rsvp_id), other)


def one_step(evening: Evening, verb: str, guest: Guest, rsvp: Rsvp, other: Any) -> None:
    at, person = clock.now(), rsvp.person
    assert person is not None
    match verb:
        case "tick":
            if Viewer(person, rsvp).is_attendee:
                actions.take_part(rsvp, at=at)
                guest.ticked = True
        case "untick":
            actions.stop_taking_part(rsvp)
            guest.ticked = False
        case "come" | "go":
            pass_the_door(guest, comes=verb == "come")
        case "list":
            rsvp_actions.confirm(rsvp, at=at, listing=other)
            guest.listing = other
        case "status":  # as hosts change it
            rsvp_actions.set_status(rsvp, other)
            guest.going = other == Status.GOING
        case "block":
            conduct.block(person, db.session.get_one(Rsvp, evening.guests[other].rsvp_id), at=at)
            guest.blocked.add(other)
        case "unblock":
            them = db.session.get_one(Rsvp, evening.guests[other].rsvp_id)
            if block := block_between(person, them):
                conduct.unblock(person, block.id)
            guest.blocked.discard(other)


def pass_the_door(guest: Guest, *, comes: bool) -> None:
    """They come in, or leave; both for the first time only."""
    arrival = db.session.query(CheckIn).filter_by(rsvp_id=guest.rsvp_id).one_or_none()
    how = {"at": clock.now(), "door": "d", "by": "b"}
    if comes and arrival is None:
        event_id = db.session.get_one(Rsvp, guest.rsvp_id).event_id
        db.session.add(CheckIn(event_id=event_id, rsvp_id=guest.rsvp_id, people=1, **how))
        guest.inside = True
    elif not comes and arrival and guest.inside:
        db.session.add(CheckOut(check_in_id=arrival.id, **how))
        guest.inside = False


def start_or_stop(make: Make, evening: Evening, verb: str) -> None:
    if verb == "stop":
        with make.act():
            rounds = db.session.get_one(Rounds, evening.rounds.id)
            actions.stop_round(rounds, evening.number, at=clock.now())
        evening.seated = []
        return
    to_seat = {guest.rsvp_id for guest in evening.guests if guest.shows and guest.inside}
    try:
        assert start(make, evening.event)
    except Refusal:
        return
    evening.number += 1
    evening.seated = tables(make, evening.number, rounds=evening.rounds)
    assert set().union(*evening.seated) <= to_seat
    assert sum(map(len, evening.seated)) == len(set().union(*evening.seated))
    for guest in evening.guests:
        others = [other for other in evening.at_table(guest) if other is not guest]
        assert not any(evening.apart(guest, other) for other in others)


def look(evening: Evening) -> None:
    for guest in evening.guests:
        page = evening.anybody.client.get(f"/r/{guest.key}/rounds").text
        shown = {name for name in NAMES if name in page} - {guest.name}
        assert shown == evening.mates(guest), guest.name
    wall = evening.anybody.client.get(f"/rounds/{evening.rounds.wall}").text
    assert {name for name in NAMES if name in wall} == evening.named()
    cards = BeautifulSoup(wall, "html.parser").select("[data-table]")
    assert [card.get_text().split() for card in cards] == evening.on_the_wall()
    hosts = evening.host.client.get(f"/o/e/{evening.event.slug}/rounds")
    assert hosts.status_code == 200
    assert not any(name in hosts.text for name in NAMES)
