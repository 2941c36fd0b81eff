"""Whatever people introduce, answer, take back, share, block and delete: nothing crosses beyond
what both accepted; and a no is the same as silence to everybody but who says it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask, render_template
from sqlalchemy import select

from eventapp.attendees.queries import card_fields_for, holders_of
from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import blocks_of
from eventapp.contacts import actions as cards
from eventapp.contacts.queries import contacts_of, known_to
from eventapp.contacts.vcard import vcards
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.mail import compose
from eventapp.introductions import actions, queries
from eventapp.introductions.actions.follow_up import ask_what_came_of_it
from eventapp.introductions.queries import Got, State
from eventapp.introductions.views import WORDS
from eventapp.mails.kinds import says_now
from eventapp.me.actions import delete_person
from eventapp.me.export.introductions import introductions_got, introductions_made
from eventapp.model import (
    LAPSES_AFTER,
    CameOfIt,
    Encounter,
    IntroductionSide,
    OutboxMail,
    Person,
    Rsvp,
    Status,
)
from eventapp.rsvp.actions import enter
from tests.attendees.rows import NOW, community, event, person
from tests.properties import HealthCheck, Phase, given, settings, st

NAMES = ("Quilana", "Wexbert", "Zorcarla", "Jymdora", "Vopeva")
MAKERS, OTHERS = (0, 3), (1, 2, 4)  # who met everybody, and who met nobody else
WORDS_SAID = ("introduce", "introduce", "accept", "accept", "accept", "decline", "withdraw")
VERBS = (
    *(*WORDS_SAID, "block", "unblock", "end", "resume", "tick", "untick"),
    *("take_back", "share_again", "came", "follow_up", "wait"),
)
WHO = st.integers(0, len(NAMES) - 1)
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), WHO, WHO, st.integers(0, 2)), min_size=60, max_size=60
)
GONE = st.one_of(st.none(), WHO)
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
Step = tuple[str, int, int, int]


@dataclass
class Told:
    """What was said of one introduction, kept by the test itself."""

    by: int
    two: tuple[int, int]
    at: datetime
    yes: set[int] = field(default_factory=set)
    is_joined: bool = False
    is_withdrawn: bool = False


@dataclass
class Evening:
    rsvps: list[Rsvp]
    people: list[Person]
    at: datetime = NOW
    told: dict[int, Told] = field(default_factory=dict)  # by the id of its row
    blocks: set[tuple[int, int]] = field(default_factory=set)
    ticked: set[int] = field(default_factory=lambda: set(range(len(NAMES))))
    taken_back: set[tuple[int, int]] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)

    def are_apart(self, one: int, other: int) -> bool:
        return (one, other) in self.blocks or (other, one) in self.blocks

    def met(self, one: int, other: int) -> bool:
        return one in MAKERS or other in MAKERS

    def crosses(self, owner: int, holder: int) -> bool:
        """Whether the owner's card does."""
        pair = {owner, holder}
        joined = any(one.is_joined and set(one.two) == pair for one in self.told.values())
        agreed = self.met(owner, holder) or joined
        is_shared = owner in self.ticked and (owner, holder) not in self.taken_back
        return agreed and is_shared and not self.are_apart(owner, holder)


@pytest.mark.slow
@settings(max_examples=3, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS, gone=GONE)
def test_nothing_crosses_beyond_what_both_accepted(
    app: Flask, steps: list[Step], gone: int | None
) -> None:
    follow(app, steps, gone)


@pytest.mark.long
@settings(max_examples=120, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS, gone=GONE)
def test_the_same_in_thousands_of_steps(app: Flask, steps: list[Step], gone: int | None) -> None:
    follow(app, steps, gone)


def follow(app: Flask, steps: list[Step], gone: int | None) -> None:
    with app.test_request_context():
        evening = begin()
        for number, step in enumerate(steps):
            act(evening, *step)
            look(evening, step[1], step[2])
            if gone is not None and number == len(steps) // 2:
                leave(evening, gone)
        for one in range(len(NAMES)):
            look(evening, one, (one + 1) % len(NAMES))
            look_at_mails(evening, one)
        db.session.rollback()


def begin() -> Evening:
    here = event(community(), "one")
    here.published_at, here.seats_taken = NOW, len(NAMES)
    rsvps, people = [], []
    for number, name in enumerate(NAMES):
        one = person(number)
        one.name = name
        lines = {"ask_me_about": f"line{name}"}
        rsvps.append(
            enter(here, name, status=Status.GOING, at=NOW, person=one, confirmed_at=NOW, **lines)
        )
        people.append(one)
        db.session.flush()
        cards.keep_card(one, {"company": f"firm{name}"}, shared=["company"], at=NOW)
    for maker in MAKERS:
        for other in range(len(NAMES)):
            if other != maker and not (other in MAKERS and maker > other):
                meet(rsvps[maker], rsvps[other])
                meet(rsvps[other], rsvps[maker])
    db.session.flush()
    return Evening(rsvps, people)


def meet(one: Rsvp, other: Rsvp) -> None:
    row = Encounter(event_id=one.event_id, noter_id=one.id, met_id=other.id, noted_at=NOW)
    db.session.add(row)


def act(evening: Evening, verb: str, one: int, other: int, which: int) -> None:
    """One step. What the rules refuse changes nothing, and who is deleted does nothing."""
    evening.at += timedelta(hours=1)
    if one in evening.gone or other in evening.gone:
        return
    me, them, at = evening.people[one], evening.people[other], evening.at
    match verb:
        case "wait":
            evening.at += timedelta(days=5 * which)
        case "follow_up":
            ask_what_came_of_it.do(ask_what_came_of_it.find(at), at)
        case "end":
            actions.end_introductions(me, at=at)
        case "resume":
            actions.resume_introductions(me)
        case "tick" | "untick":
            cards.keep_card(me, {}, shared=["company"] if verb == "tick" else [], at=at)
            (evening.ticked.add if verb == "tick" else evening.ticked.discard)(one)
        case "introduce":
            introduce(evening, one, other, which)
        case "accept" | "decline" | "came":
            answer(evening, verb, one, which)
        case "withdraw":
            withdraw(evening, one, which)
        case _ if one != other:
            between_two(evening, verb, (one, other), me, them)
    db.session.flush()


def between_two(
    evening: Evening, verb: str, pair: tuple[int, int], me: Person, them: Person
) -> None:
    match verb:
        case "block":
            conduct.block_person(me, them.id, name="x", at=evening.at)
            evening.blocks.add(pair)
        case "unblock":
            for block in blocks_of(me):
                if block.blocked_id == them.id:
                    conduct.unblock(me, block.id)
            evening.blocks.discard(pair)
        case "take_back":
            cards.withdraw(me, them, at=evening.at)
            evening.taken_back.add(pair)
        case "share_again":
            cards.share_again(me, them)
            evening.taken_back.discard(pair)


def introduce(evening: Evening, by: int, other: int, which: int) -> None:
    """The other, and another one: the page offers whom both say they met, and nobody else."""
    known = queries.introducible(evening.people[by])
    shown = {one.id for one in known}
    third = OTHERS[which]
    met = {
        evening.rsvps[number].id
        for number in range(len(NAMES))
        if number != by and evening.met(by, number) and not evening.are_apart(by, number)
        if number not in evening.gone
    }
    assert shown == met
    two = [queries.introducible_with(known, evening.rsvps[one].id) for one in (other, third)]
    if not (two[0] and two[1]):
        return
    asked = actions.Asked(two[0], two[1], f"because{NAMES[by]}")
    try:
        row = actions.introduce(evening.people[by], asked, at=evening.at)
    except Refusal:
        return
    evening.told[row.id] = Told(by, (other, third), evening.at)


def answer(evening: Evening, verb: str, one: int, which: int) -> None:
    got = queries.got_by(evening.people[one], at=evening.at)
    if not got:
        return
    shown = got[which % len(got)]
    side, told = queries.side_of(shown), evening.told[shown.id]
    try:
        if verb == "accept":
            actions.accept(side, at=evening.at)
            told.yes.add(one)
            three = (told.by, *told.two)
            blocked = any(evening.are_apart(a, b) for a in three for b in three if a < b)
            told.is_joined |= told.yes == set(told.two) and not blocked
        elif verb == "decline":
            actions.decline(side, at=evening.at)
            told.yes.discard(one)
        elif actions.takes_what_came(shown, evening.at):
            actions.say_what_came(side, [*CameOfIt][which], at=evening.at)
    except Refusal:
        assert shown.state == State.JOINED


def withdraw(evening: Evening, one: int, which: int) -> None:
    made = queries.made_by(evening.people[one], at=evening.at)
    if not made:
        return
    shown = made[which % len(made)]
    row = queries.one_made_by(evening.people[one], shown.id)
    try:
        actions.withdraw(row, at=evening.at)
        evening.told[shown.id].is_withdrawn = True
    except Refusal:
        assert shown.state == State.JOINED


def leave(evening: Evening, one: int) -> None:
    """Delete somebody. What joined two others stays theirs."""
    delete_person(evening.people[one], at=evening.at)
    db.session.expire_all()
    evening.gone.add(one)
    for id_, told in [*evening.told.items()]:
        if one in told.two or (one == told.by and not told.is_joined):
            del evening.told[id_]


def look(evening: Evening, one: int, other: int) -> None:
    """What somebody sees, of their introductions and of the other."""
    if one in evening.gone:
        return
    me = evening.people[one]
    assert {each.id for each in queries.made_by(me, at=evening.at)} == {
        id_
        for id_, told in evening.told.items()
        if told.by == one and not told.is_withdrawn
        if not any(evening.are_apart(one, each) for each in told.two)
    }
    for made in queries.made_by(me, at=evening.at):
        told = evening.told[made.id]
        waits = State.ASKED if evening.at < told.at + LAPSES_AFTER else State.LAPSED
        assert made.state == (State.JOINED if told.is_joined else waits)
    for got in queries.got_by(me, at=evening.at):
        look_at_asked(evening, one, got)
    if other in evening.gone or one == other:
        return
    card = card_fields_for(me, [evening.people[other].id])
    assert bool(card) == evening.crosses(other, one)
    holders = {holder.person_id for holder in holders_of(evening.people[other])}
    assert (me.id in holders) == evening.crosses(other, one)
    file = vcards(contacts_of(me, known_to(me), at=evening.at)).decode()
    assert (f"firm{NAMES[other]}" in file) == evening.crosses(other, one)
    if evening.are_apart(one, other):
        assert NAMES[other] not in file + own_pages(me, evening.at)


def look_at_asked(evening: Evening, one: int, got: Got) -> None:
    told = evening.told[got.id]
    assert one in told.two
    assert not told.is_withdrawn
    (other,) = set(told.two) - {one}
    assert not evening.are_apart(one, other)
    assert got.other == NAMES[other]
    own = {State.ACCEPTED} if one in told.yes else {State.ASKED, State.DECLINED}
    assert got.state in ({State.JOINED} if told.is_joined else own)
    is_told = told.by not in evening.gone and not evening.are_apart(one, told.by)
    assert got.introducer == (NAMES[told.by] if is_told else "")


def own_pages(me: Person, at: datetime) -> str:
    """The regions of the page, and the file of somebody."""
    made, got = queries.made_by(me, at=at), queries.got_by(me, at=at)
    takes = actions.takes_what_came
    shown = [
        render_template("introductions/_made.html", made=made, what_came=WORDS),
        render_template(
            "introductions/_got.html",
            got=got,
            what_came=WORDS,
            takes_what_came=lambda one: takes(one, at),
            tapped="",
        ),
        json.dumps([introductions_made(me, at=at), introductions_got(me, at=at)]),
    ]
    return "\n".join(shown)


def look_at_mails(evening: Evening, one: int) -> None:
    """What waits, as it is sent now, says nobody who is apart from its reader, and no field that
    does not cross.
    """
    if one in evening.gone:
        return
    for text in mails_to(evening.people[one], evening.at):
        for other, name in enumerate(NAMES):
            assert name not in text or not evening.are_apart(one, other)
            assert f"firm{name}" not in text or evening.crosses(other, one)


def mails_to(me: Person, at: datetime) -> list[str]:
    mails = select(OutboxMail).where(OutboxMail.to_email == me.email).order_by(OutboxMail.id)
    told = []
    for mail in db.session.scalars(mails):
        if (values := says_now(mail, at)) is not None:
            mail.values = values
            told.append(compose(mail).text)
    return told


SECRETS = r'(?<=csrf_token" value=")[^"]*|[\w-]{22,}|\d+'
DECLINED = st.lists(st.tuples(st.integers(0, 59), st.integers(0, 2)), min_size=1, max_size=12)


@pytest.mark.slow
@settings(max_examples=6, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS, who=st.sampled_from(OTHERS), when=DECLINED)
def test_a_no_is_the_same_as_silence(
    app: Flask, steps: list[Step], who: int, when: list[tuple[int, int]]
) -> None:
    """Two worlds that differ only in that somebody says no, at any time and as often as they like,
    or says nothing.
    """
    silent = [step for step in steps if step[1] != who or step[0] not in ("accept", "decline")]
    worlds = [seen_by_others(app, silent, who, at) for at in ([], when)]
    assert worlds[0] == worlds[1]


def seen_by_others(
    app: Flask, steps: Sequence[Step], who: int, declines: list[tuple[int, int]]
) -> list[str]:
    with app.test_request_context():
        evening, seen = begin(), []
        for number, step in enumerate(steps):
            act(evening, *step)
            for _, which in (each for each in declines if each[0] == number):
                answer(evening, "decline", who, which)
                db.session.flush()
            seen += others(evening, who) if number % 10 == 0 else []
        evening.at += LAPSES_AFTER
        seen += others(evening, who)
        db.session.rollback()
    return seen


def others(evening: Evening, who: int) -> list[str]:
    """All that everybody else sees, but for ids and secrets."""
    texts = []
    for one, me in enumerate(evening.people):
        if one != who:
            texts += [own_pages(me, evening.at), *mails_to(me, evening.at)]
    return [re.sub(SECRETS, "…", text) for text in texts]


def test_nothing_is_left_of_it_in_the_tables(app: Flask) -> None:
    """Of somebody who is deleted: neither a side, nor a mail, nor the words that they wrote."""
    with app.test_request_context():
        evening = begin()
        introduce(evening, 0, 1, 1)
        for one in (1, 2):
            answer(evening, "accept", one, 0)
        introduce(evening, 3, 4, 0)
        db.session.flush()
        assert db.session.scalar(select(IntroductionSide.id).limit(1))
        for one in (0, 4):
            leave(evening, one)
        left = db.session.scalars(select(OutboxMail)).all()
        assert not [mail for mail in left if NAMES[0] in json.dumps(mail.values)]
        assert [each for each in evening.told.values() if each.is_joined]
        (got,) = queries.got_by(evening.people[1], at=evening.at)
        assert (got.state, got.introducer, got.reason) == (State.JOINED, "", "")
        db.session.rollback()
