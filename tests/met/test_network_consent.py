"""Whatever guests say, decline, take back, block, hide and delete: each sees around them whom they
said they met and who stands for it, what of cards crosses to them, and a line between two others
only where they introduced these themselves, and both accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask

from eventapp.attendees.queries import Viewer
from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import blocks_of
from eventapp.contacts import actions as cards
from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.me.actions import delete_person
from eventapp.met import actions
from eventapp.met.network_drawing import drawing_of
from eventapp.met.own_network import Bond, own_network
from eventapp.met.queries import Attendee, meeting_if_seen
from eventapp.model import Introduction, IntroductionSide, Listing, Person, Rsvp, Status
from eventapp.rsvp.actions import enter
from tests.attendees.rows import NOW, community, event, on_a_database, person
from tests.properties import given, st

NAMES = ("Ana", "Bea", "Carla", "Dora")
VERBS = (
    *("say", "say", "say", "decline", "forget", "introduce", "join"),
    *("block", "unblock", "withdraw", "hide", "delete"),
)
STEP = st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.integers(0, 3))


@dataclass
class Evening:
    rsvps: list[Rsvp]
    people: list[Person]
    at: datetime = NOW + timedelta(hours=1)
    said: set[tuple[int, int]] = field(default_factory=set)
    declined: set[tuple[int, int]] = field(default_factory=set)  # by the first
    blocked: set[tuple[int, int]] = field(default_factory=set)
    withdrawn: set[tuple[int, int]] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    joined: set[tuple[int, int, int]] = field(default_factory=set)  # by the first

    def guest(self, one: int) -> Attendee:
        rsvp, me = self.rsvps[one], self.people[one]
        return Attendee(rsvp.event, me, rsvp, Viewer(me, rsvp))

    def are_apart(self, one: int, other: int) -> bool:
        return bool({(one, other), (other, one)} & self.blocked)

    def bond(self, one: int, other: int) -> Bond | None:
        """What the first one is to see of the other."""
        if (one, other) not in self.said or other in self.gone or self.are_apart(one, other):
            return None
        both = {(one, other), (other, one)}
        return Bond.BOTH if both <= self.said and not both & self.declined else Bond.OWN


@on_a_database
@given(steps=st.lists(STEP, min_size=4, max_size=24))
def test_each_sees_what_they_said_and_nothing_that_others_keep(
    app: Flask, steps: list[tuple[str, int, int]]
) -> None:
    with app.test_request_context():
        evening = begin()
        for verb, one, other in steps:
            if one != other and not {one, other} & evening.gone:
                act(evening, verb, one, other)
                db.session.flush()
                db.session.expire_all()
            for viewer in set(range(len(NAMES))) - evening.gone:
                look(evening, viewer)
        db.session.rollback()


def begin() -> Evening:
    here = event(community(), "one")
    here.published_at, here.seats_taken = NOW, len(NAMES)
    rsvps, people = [], []
    for number, name in enumerate(NAMES):
        one = person(number)
        rsvp = enter(here, name, status=Status.GOING, at=NOW, person=one, confirmed_at=NOW)
        rsvp.listing = Listing.ATTENDEES
        rsvps.append(rsvp)
        people.append(one)
        db.session.flush()
        cards.keep_card(one, {"company": f"firm {name}"}, shared=["company"], at=NOW)
    return Evening(rsvps, people)


def act(evening: Evening, verb: str, one: int, other: int) -> None:
    evening.at += timedelta(minutes=1)
    me, them, at = evening.people[one], evening.people[other], evening.at
    match verb:
        case "block":
            conduct.block_person(me, them.id, name="x", at=at)
            evening.blocked.add((one, other))
        case "unblock":
            for row in blocks_of(me):
                if row.blocked_id == them.id:
                    conduct.unblock(me, row.id)
            evening.blocked.discard((one, other))
        case "withdraw":
            cards.withdraw(me, them, at=at)
            evening.withdrawn.add((one, other))
        case "hide":
            evening.rsvps[one].listing = Listing.NOBODY
        case "delete":
            delete_person(me, at=at)
            evening.gone.add(one)
        case "introduce" | "join":
            introduce(evening, one, other, is_joined=verb == "join")
        case _:
            note(evening, verb, one, other)


def note(evening: Evening, verb: str, one: int, other: int) -> None:
    guest = evening.guest(one)
    meeting = meeting_if_seen(guest, evening.rsvps[other].id)
    if meeting is None:
        return
    if verb == "say":
        actions.say_we_met(guest, meeting.them, at=evening.at, note={})
        evening.said.add((one, other))
        evening.declined.discard((one, other))
        return
    act_of = {"decline": actions.decline, "forget": actions.forget}[verb]
    act_of(guest, meeting.them, at=evening.at)
    evening.said.discard((one, other))
    if verb == "decline" and meeting.theirs is not None:
        evening.declined.add((one, other))


def introduce(evening: Evening, maker: int, one: int, *, is_joined: bool) -> None:
    """Of somebody and the next who is still there."""
    others = [each for each in range(len(NAMES)) if each not in {maker, one, *evening.gone}]
    if not others:
        return
    at, two = evening.at, (one, others[0])
    row = Introduction(introducer_id=evening.people[maker].id, reason="tea", created_at=at)
    row.mailed_at, row.joined_at = at, at if is_joined else None
    for each in two:
        rsvp = evening.rsvps[each]
        theirs = {"person_id": rsvp.person_id, "event_id": rsvp.event_id, "asked_at": at}
        row.sides.append(IntroductionSide(**theirs, key=new_secret(), accepted_at=row.joined_at))
    db.session.add(row)
    if is_joined:
        evening.joined.add((maker, min(two), max(two)))


def look(evening: Evening, viewer: int) -> None:
    network = own_network(evening.guest(viewer))
    shown = {one.name: one for one in network.people}
    bonds = {name: evening.bond(viewer, other) for other, name in enumerate(NAMES)}
    assert {name: one.bond for name, one in shown.items()} == {n: b for n, b in bonds.items() if b}
    for other, name in enumerate(NAMES):
        crosses = bonds[name] == Bond.BOTH and (other, viewer) not in evening.withdrawn
        assert name not in shown or shown[name].work == (f"firm {name}" if crosses else "")
    names = [one.name for one in network.people]
    lines = {frozenset(names[place] for place in pair) for pair in network.introduced}
    assert lines == {
        frozenset((NAMES[one], NAMES[other]))
        for maker, one, other in evening.joined
        if maker == viewer and {NAMES[one], NAMES[other]} <= shown.keys()
    }
    drawing = drawing_of(network)
    assert [spot.who for spot in drawing.spots] == network.people
    assert network.count == len(network.people)
