"""Whatever people ask, vote, withdraw, hide, list and block: nobody is shown by whom an anonymous
question is, a name stands only where its asker wants it, and each guest's vote counts once.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from eventapp.attendees.queries import is_apart_from, viewer_of
from eventapp.conduct import actions as conduct
from eventapp.core.db import db
from eventapp.floor import actions, queries
from eventapp.floor.actions import Asked, TooManyQuestions
from eventapp.met.queries import Attendee
from eventapp.model import Block, Floor, FloorQuestion, Organiser, Rsvp, Status
from eventapp.rsvp.actions import enter
from tests.attendees.rows import NOW, community, event, person
from tests.properties import HealthCheck, Phase, given, settings, st

ANA, BEA, CAI, HOST = range(4)
PAIRS = list(permutations(range(4), 2))
VERBS = (
    *("ask", "ask anonymously", "ask anonymously", "vote", "vote", "vote", "take back"),
    *("withdraw", "hide", "show", "answer", "reopen", "block", "unblock"),
    *("list nobody", "list attendees", "list everyone", "unprove", "prove"),
)
STORY = st.lists(
    st.tuples(st.sampled_from(VERBS), st.sampled_from(PAIRS)), min_size=25, max_size=35
)
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]

Step = tuple[str, tuple[int, int]]
Votes = dict[int, set[int]]


@pytest.mark.slow
@settings(max_examples=2, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORY)
def test_each_sees_what_they_may(app: Flask, story: list[Step]) -> None:
    follow(app, story)


@pytest.mark.long
@settings(max_examples=100, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORY)
def test_the_same_in_thousands_of_steps(app: Flask, story: list[Step]) -> None:
    follow(app, story)


def follow(app: Flask, story: list[Step]) -> None:
    with app.test_request_context():
        guests, votes = evening(), defaultdict[int, set[int]](set)
        first = [("ask anonymously", (ANA, BEA)), ("ask anonymously", (BEA, ANA))]
        for number, (verb, pair) in enumerate([*first, *story]):
            act(verb, [guests[one] for one in pair], number, votes)
            db.session.flush()
            db.session.expire_all()
            look(guests, votes)
        swapping_askers_changes_nothing(guests)
        db.session.rollback()


def evening() -> list[Rsvp]:
    """Four guests, the last of them an organiser; anybody's question is shown at once."""
    here = event(community(), "one")
    here.published_at = NOW
    listings = ("attendees", "everyone", "nobody", "attendees")
    guests = []
    for number, listing in enumerate(listings):
        said = {"listing": listing, "confirmed_at": NOW}
        one = person(number)
        guests.append(enter(here, f"N{number}", status=Status.GOING, at=NOW, person=one, **said))
    db.session.flush()
    host = guests[HOST].person
    assert host is not None
    db.session.add(Organiser(community_id=here.community_id, person_id=host.id, since=NOW))
    actions.open_floor(here, hosts_first=False, at=NOW)
    db.session.flush()
    return guests


def act(verb: str, pair: list[Rsvp], number: int, votes: Votes) -> None:
    rsvp, other = pair
    at: datetime = NOW + timedelta(minutes=number)
    theirs = last_asked_by(other)
    match verb:
        case "ask" | "ask anonymously" if last_asked_by(rsvp) is None or number % 3:
            asked = Asked(f"Q{number}", None, is_anonymous=verb != "ask")
            with suppress(TooManyQuestions):
                actions.ask_question(rsvp, asked, at=at)
        case "vote" if theirs:
            if actions.vote(rsvp, theirs.id, at=at):
                votes[theirs.id].add(rsvp.id)
        case "take back" if theirs:
            actions.take_vote_back(rsvp, theirs.id)
            votes[theirs.id].discard(rsvp.id)
        case "withdraw" if own := last_asked_by(rsvp):
            actions.withdraw_question(rsvp, own.id)
            votes.pop(own.id, None)
        case "hide" if theirs:
            actions.hide_question(theirs, at=at)
        case "show" if theirs:
            actions.show_question(theirs, at=at)
        case "answer" if theirs:
            actions.answer_question(theirs, at=at)
        case "reopen" if theirs:
            actions.reopen_question(theirs)
        case _:
            change(verb, rsvp, other, at)


def change(verb: str, rsvp: Rsvp, other: Rsvp, at: datetime) -> None:
    """What changes who sees whom."""
    me = rsvp.person
    assert me is not None
    match verb.split():
        case ["block"] if not is_apart_from(me, other.id):
            conduct.block(me, other, at=at)
        case ["unblock"]:
            own = Block.blocker_id == me.id, Block.blocked_id == other.person_id
            db.session.execute(delete(Block).where(*own))
        case ["list", listing]:
            rsvp.listing = listing
        case ["unprove"]:
            rsvp.confirmed_at = None
        case ["prove"]:
            rsvp.confirmed_at = at


def last_asked_by(rsvp: Rsvp) -> FloorQuestion | None:
    own = select(FloorQuestion).where(FloorQuestion.rsvp_id == rsvp.id)
    return db.session.scalar(own.order_by(FloorQuestion.id.desc()).limit(1))


def look(guests: list[Rsvp], votes: Votes) -> None:
    by_id = {rsvp.id: rsvp for rsvp in guests}
    for place, seen in views_of(guests).items():
        for one in seen.shown:
            question = one.question
            asker = by_id[question.rsvp_id or 0]
            assert one.votes == len(votes[question.id])
            assert asker.id not in votes[question.id]
            assert one.name in (None, asker.name)
            may = may_name(place, guests, asker, question)
            assert (one.name is not None) == may, (place, asker.name, question.is_anonymous)
            is_own = place in range(4) and asker is guests[int(place)]
            assert one.is_own == is_own
            assert is_own or place == "host" or question.state in ("shown", "answered")


def views_of(guests: list[Rsvp]) -> dict[int | str, queries.Questions]:
    """By each guest, by a host on their own page, and by whoever looks at the wall."""
    here = guests[0].event
    floor = db.session.scalars(select(Floor)).one()
    views: dict[int | str, queries.Questions] = {
        number: queries.questions_to_guest(as_guest(rsvp)) for number, rsvp in enumerate(guests)
    }
    host = guests[HOST].person
    assert host is not None
    views["host"] = queries.questions_to_hosts(here, host)
    views["wall"] = queries.questions_on_wall(floor, NOW)[1]
    return views


def as_guest(rsvp: Rsvp) -> Attendee:
    assert rsvp.person is not None
    viewer = viewer_of(rsvp.event, rsvp.person)
    return Attendee(rsvp.event, rsvp.person, rsvp, viewer)


def may_name(place: int | str, guests: list[Rsvp], asker: Rsvp, question: FloorQuestion) -> bool:
    """Said in another way than by the queries."""
    if question.is_anonymous:
        return False
    is_listed = asker.confirmed_at is not None and asker.listing in ("attendees", "everyone")
    if place == "wall":
        blocks = select(Block).where(Block.blocker_id == asker.person_id)
        return is_listed and db.session.scalar(blocks.limit(1)) is None
    viewer = guests[HOST if place == "host" else int(place)]
    if place != "host" and viewer is asker:
        return False  # theirs is marked as theirs
    assert viewer.person is not None
    if is_apart_from(viewer.person, asker.id):
        return False
    return is_listed or viewer is guests[HOST]


def swapping_askers_changes_nothing(guests: list[Rsvp]) -> None:
    """Had another asked it, hosts, the wall and third guests would see the same."""
    before = said(guests)
    of_ana, of_bea = (
        [
            row.id
            for row in db.session.scalars(
                select(FloorQuestion).where(
                    FloorQuestion.rsvp_id == guests[number].id, FloorQuestion.is_anonymous
                )
            )
        ]
        for number in (ANA, BEA)
    )
    for ids, number in ((of_ana, BEA), (of_bea, ANA)):
        moved = update(FloorQuestion).where(FloorQuestion.id.in_(ids))
        db.session.execute(moved.values(rsvp_id=guests[number].id))
    db.session.expire_all()
    assert said(guests) == before


def said(guests: list[Rsvp]) -> list[object]:
    views = views_of(guests)
    return [views[place].said for place in (CAI, HOST, "host", "wall")]
