"""An evening at which two people met everybody, and the others nobody else; and what they do of
introductions, kept beside the rows: for properties that try many steps and keep none.
"""

from __future__ import annotations

from datetime import timedelta

from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import blocks_of
from eventapp.contacts import actions as cards
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.introductions import actions, queries
from eventapp.introductions.actions import ask_by_mail, ask_to_pass_by_mail, ask_what_came_of_it
from eventapp.introductions.queries import State
from eventapp.me.actions import delete_person
from eventapp.model import (
    CameOfIt,
    Encounter,
    Person,
    Rsvp,
    Status,
)
from eventapp.rsvp.actions import enter
from tests.attendees.rows import NOW, community, event, person
from tests.introductions.said import MAKERS, NAMES, OTHERS, Evening, Handed, Told


def begin() -> Evening:
    here = event(community(), "one")
    here.published_at, here.seats_taken = NOW, len(NAMES)
    rsvps, people = [], []
    for number, name in enumerate(NAMES):
        one = person(number)
        one.name = name
        lines = {"ask_me_about": f"line{name}, rust", "want_to_learn": "rust"}
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
            evening.quiet.add(one)
        case "resume":
            actions.resume_introductions(me)
            evening.quiet.discard(one)
        case "suggest":
            actions.allow_suggesting(me, at=at)
            evening.suggestible.add(one)
        case "hush":
            actions.end_suggesting(me)
            evening.suggestible.discard(one)
        case "pass" | "agree" | "refuse" | "stop":
            pass_on(evening, verb, one, other, which)
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
    ask_by_mail.do(ask_by_mail.find(evening.at), evening.at)
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


def pass_on(evening: Evening, verb: str, one: int, other: int, which: int) -> None:
    me, at = evening.people[one], evening.at
    try:
        if verb == "pass":
            known = queries.introducible(me)
            if whom := queries.introducible_with(known, evening.rsvps[other].id):
                wish = actions.Wish("Zoe", "outside", "a job", ("company",), 7)
                row = actions.ask_to_pass(me, whom, wish, at=at)
                ask_to_pass_by_mail.do(ask_to_pass_by_mail.find(at), at)
                evening.passed[row.id] = Handed(one, other, row.ends_at)
        elif verb == "stop":
            for passed in queries.passed_by(me)[which:]:
                actions.end_passing(passed, at=at)
                evening.passed[passed.row.id].is_over = True
        elif asked := queries.passed_of(me):
            passed = asked[which % len(asked)]
            said = evening.passed[passed.row.id]
            if verb == "agree":
                actions.agree(passed, ("company",), at=at)
                said.has_agreed = True
            else:
                actions.refuse(passed, at=at)
                said.is_over |= said.has_agreed
    except Refusal:
        pass


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
    kept = {id_: said for id_, said in evening.passed.items() if one not in (said.by, said.whom)}
    evening.passed = kept
