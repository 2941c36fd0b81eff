"""Whatever people write, change, withdraw, hide, list and block: each reads what its writer chose,
beside a name only of somebody whom they see on the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.attendees.queries import (
    Viewer,
    impression_shown,
    impressions_shown,
    impressions_to_hosts,
)
from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import block_between
from eventapp.core.db import db
from eventapp.impressions import actions
from eventapp.impressions.actions import Said
from eventapp.met.queries import Attendee
from eventapp.model import Block, CheckIn, Impression, Organiser, Person, Rsvp, Status
from eventapp.rsvp.actions import confirm, enter
from tests.attendees.rows import NOW, community, event, person
from tests.properties import HealthCheck, Phase, given, settings, st

ANA, BEA, CAI, HOST = range(4)  # the host came as well; a no-show and a stranger only read
PAIRS = list(permutations(range(4), 2))
AUDIENCES = ("hosts", "attendees", "everyone")
VERBS = (
    *("write", "write", "change", "withdraw", "hide", "show", "block", "unblock"),
    *("list nobody", "list attendees", "list everyone", "come", "undo"),
)
STEP = st.tuples(st.sampled_from(VERBS), st.sampled_from(PAIRS), st.sampled_from(AUDIENCES))
STORY = st.lists(STEP, min_size=30, max_size=40)
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]

Step = tuple[str, tuple[int, int], str]


@pytest.mark.slow
@settings(max_examples=2, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORY)
def test_each_reads_what_its_writer_chose(app: Flask, story: list[Step]) -> None:
    follow(app, story)


@pytest.mark.long
@settings(max_examples=150, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORY)
def test_the_same_in_thousands_of_steps(app: Flask, story: list[Step]) -> None:
    follow(app, story)


def follow(app: Flask, story: list[Step]) -> None:
    with app.test_request_context():
        guests = evening()
        first = [("write", (one, (one + 1) % 4), "attendees") for one in range(4)]
        for number, step in enumerate([*first, *story]):
            act(step, guests, number, NOW + timedelta(minutes=number))
            db.session.flush()
            look(guests, number, step[1])
        db.session.rollback()


def evening() -> list[Rsvp]:
    """Four who came, the last of them an organiser, and one who didn't."""
    here = event(community(), "one")
    here.published_at = NOW
    guests = []
    for number, listing in enumerate(("attendees", "everyone", "nobody", "attendees", "attendees")):
        said = {"listing": listing, "confirmed_at": NOW}
        one = person(number)
        guests.append(enter(here, f"N{number}", status=Status.GOING, at=NOW, person=one, **said))
    db.session.flush()
    for rsvp in guests[:4]:
        come(rsvp)
    host = guests[HOST].person
    assert host is not None
    db.session.add(Organiser(community_id=here.community_id, person_id=host.id, since=NOW))
    db.session.flush()
    return guests


def come(rsvp: Rsvp) -> None:
    door = {"people": 1, "at": NOW, "door": "d", "by": "b"}
    db.session.add(CheckIn(event_id=rsvp.event_id, rsvp_id=rsvp.id, **door))


def act(step: Step, guests: list[Rsvp], number: int, at: datetime) -> None:
    verb, (one, other), audience = step
    rsvp, me = guests[one], guests[one].person
    assert me is not None
    match verb:
        case "write":
            write(rsvp, Said(f"W{number}", audience), at)
        case "change" if own := written_by(me):
            actions.change_impression(own, Said(f"W{number}", audience), at=at)
        case "withdraw" if own := written_by(me):
            actions.withdraw_impression(me, own.id)
        case "hide" if own := written_by(me):
            actions.hide_impression(own, at=at)
        case "show" if own := written_by(me):
            actions.show_impression(own)
        case "block":
            conduct.block(me, guests[other], at=at)
        case "unblock" if block := block_between(me, guests[other]):
            conduct.unblock(me, block.id)
        case "come" if not was_let_in(rsvp):
            come(rsvp)
        case "undo" if there := was_let_in(rsvp):
            db.session.delete(there)
        case _ if verb.startswith("list"):
            confirm(rsvp, at=at, listing=verb.partition(" ")[2])


def write(rsvp: Rsvp, said: Said, at: datetime) -> None:
    assert rsvp.person is not None
    guest = Attendee(rsvp.event, rsvp.person, rsvp, Viewer(rsvp.person, rsvp))
    before = count_written()
    try:
        actions.write_impression(guest, said, at=at)
    except actions.NotThere:
        assert not has_come(rsvp)
        assert count_written() == before
    except actions.TooManyImpressions:
        assert count_written() == before
    else:
        assert has_come(rsvp)


def count_written() -> int:
    return len(db.session.scalars(select(Impression.id)).all())


def written_by(person: Person) -> Impression | None:
    own = select(Impression).where(Impression.person_id == person.id)
    return db.session.scalar(own.order_by(Impression.id.desc()).limit(1))


def was_let_in(rsvp: Rsvp) -> CheckIn | None:
    return db.session.scalar(select(CheckIn).where(CheckIn.rsvp_id == rsvp.id))


def has_come(rsvp: Rsvp) -> bool:
    """Where nobody at all was let in, who said that they would come is taken to have come."""
    door_was_used = db.session.scalar(select(CheckIn.id).limit(1)) is not None
    return was_let_in(rsvp) is not None or not door_was_used


def look(guests: list[Rsvp], number: int, two: tuple[int, int]) -> None:
    """As the two whom a step is about, and in turn as a stranger and who didn't come."""
    here = guests[0].event
    blocks = {(row.blocker_id, row.blocked_id) for row in db.session.scalars(select(Block))}
    written = db.session.scalars(select(Impression).order_by(Impression.id)).all()
    writers = {rsvp.person_id: rsvp for rsvp in guests}
    for viewer in viewers(guests, number, two):
        shown = {one.impression.id: one.name for one in impressions_shown(here, viewer, limit=99)}
        expected = {
            one.id: name_for(writers[one.person_id], viewer)
            for one in written
            if reads(one, writers[one.person_id], viewer, blocks)
        }
        assert shown == expected
        for one in written[number % 3 :: 3]:
            assert (impression_shown(here, viewer, one.id) == one) == (one.id in expected)
    look_as_host(guests[HOST], written, writers, blocks)


def viewers(guests: list[Rsvp], number: int, two: tuple[int, int]) -> Iterator[Viewer]:
    for each in two:
        yield Viewer(guests[each].person, guests[each], is_organiser=each == HOST)
    yield Viewer() if number % 2 else Viewer(guests[-1].person, guests[-1])


def are_apart(one: Person | None, other_id: int, blocks: set[tuple[int, int]]) -> bool:
    return one is not None and not blocks.isdisjoint({(one.id, other_id), (other_id, one.id)})


def reads(one: Impression, writer: Rsvp, viewer: Viewer, blocks: set[tuple[int, int]]) -> bool:
    is_there = viewer.is_organiser or (viewer.rsvp is not None and has_come(viewer.rsvp))
    chosen = one.audience == "everyone" or (one.audience == "attendees" and is_there)
    is_own = viewer.person is not None and viewer.person.id == one.person_id
    hidden = one.hidden_at is not None or are_apart(viewer.person, one.person_id, blocks)
    return chosen and has_come(writer) and not hidden and not is_own


def name_for(writer: Rsvp, viewer: Viewer) -> str | None:
    seen = writer.listing == "everyone" or (writer.listing == "attendees" and viewer.is_attendee)
    return writer.name if seen else None


def look_as_host(
    host: Rsvp,
    written: Sequence[Impression],
    writers: dict[int | None, Rsvp],
    blocks: set[tuple[int, int]],
) -> None:
    """Hosts read all, with the name, but for what the two of a block have of each other."""
    assert host.person is not None
    expected = {
        one.id: writers[one.person_id].name
        for one in written
        if has_come(writers[one.person_id]) and not are_apart(host.person, one.person_id, blocks)
    }
    shown = impressions_to_hosts(host.event, host.person, limit=99)
    assert {one.impression.id: one.name for one in shown} == expected
