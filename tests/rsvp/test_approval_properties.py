"""Whatever guests and hosts do: who has a place at an event that asks for approval, or waits for
one, was let in by a host, with as many people at most; and who was declined has none.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.account.actions import Visitor
from eventapp.communities.actions import record
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.outbox import newest
from eventapp.guests import approval
from eventapp.guests.acts import Doing
from eventapp.model import AWAITED, Event, MailedCode, Person, Rsvp, Status
from eventapp.rsvp import actions
from eventapp.rsvp.actions import Answer
from tests.guests.approving import approve_everybody, ask_no_more
from tests.make import Make
from tests.properties import HealthCheck, example, given, settings, st

PEOPLE = 3
GUEST_STEPS = (
    *("answers", "answers", "types digits", "types digits", "types older digits", "signs in"),
    *("answers signed in", "changes", "says", "says", "cancels", "corrects the address"),
)
OF_ALL = {"approves all": approve_everybody, "asks no more": ask_no_more}
HOST_STEPS = (
    *("approves", "approves", "declines", "takes back the no", "asks", "places", *OF_ALL),
)
STEPS = st.tuples(
    st.sampled_from(GUEST_STEPS + HOST_STEPS),
    st.integers(0, PEOPLE - 1),
    st.sampled_from(["going", "going", "going", "maybe", "not_going"]),
    st.integers(0, 3),
)
SEATED = (Status.GOING, Status.WAITLISTED)
GUEST = Visitor("en", "v")
stories = count(1)


@dataclass
class Story:
    """An event, and whom its hosts said yes or no to, by RSVP and person."""

    event_id: int
    number: int
    at: datetime
    codes: list[tuple[int, str]] = field(default_factory=list)  # with their digits
    yes: dict[tuple[int, int | None], int] = field(default_factory=dict)  # to how many people
    no: set[tuple[int, int | None]] = field(default_factory=set)

    @property
    def event(self) -> Event:
        return db.session.get_one(Event, self.event_id, populate_existing=True)

    def email(self, one: int) -> str:
        return f"guest{one}.{self.number}@example.org"

    def rsvp(self, one: int) -> Rsvp | None:
        theirs = select(Rsvp).join(Person).where(Person.email == self.email(one))
        return db.session.scalar(theirs.execution_options(populate_existing=True))

    def rsvps(self, *statuses: str) -> list[Rsvp]:
        found = select(Rsvp).where(Rsvp.event_id == self.event_id, Rsvp.status.in_(statuses))
        return list(db.session.scalars(found.execution_options(populate_existing=True)))

    def said_yes(self, *rsvps: Rsvp) -> None:
        for rsvp in rsvps:
            self.yes[rsvp.id, rsvp.person_id] = rsvp.party
            self.no.discard((rsvp.id, rsvp.person_id))


@pytest.mark.slow
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=24))
@example([("answers", 0, "going", 0), ("approves", 0, "", 0), ("corrects the address", 1, "", 0)])
@example([("answers", 0, "going", 0), ("declines", 0, "", 0), ("types digits", 0, "", 0)])
def test_who_has_a_place_was_let_in_by_a_host(
    app: Flask, make: Make, steps: list[tuple[str, int, str, int]]
) -> None:
    event = make.event(needs_approval=True, capacity=4)
    story = Story(event.id, next(stories), clock.now())
    with app.app_context():
        for verb, one, said, companions in steps:
            story.at += timedelta(seconds=1)
            with contextlib.suppress(Refusal):
                step(story, verb, one, said, companions)
            check(story)


def check(story: Story) -> None:
    event = story.event
    seated, taken = story.rsvps(*SEATED), 0
    for rsvp in seated:
        who = (rsvp.id, rsvp.person_id)
        may_come = story.yes.get(who, 0) if event.needs_approval else rsvp.party
        assert rsvp.party <= may_come, "nobody let them in, or fewer of them"
        taken += rsvp.party if rsvp.holds_a_seat else 0
    for rsvp in story.rsvps(*AWAITED):
        assert (rsvp.id, rsvp.person_id) not in story.no, "a declined guest is awaited again"
    assert event.seats_taken == taken
    assert all(not rsvp.exact_address for rsvp in story.rsvps(*Status) if not rsvp.holds_a_seat)


def step(story: Story, verb: str, one: int, said: str, companions: int) -> None:
    if decide := OF_ALL.get(verb):
        waiting = story.rsvps(Status.PENDING)
        noted = partial(record, by=None, at=story.at)
        decide(story.event, Doing(story.at, noted))
        story.said_yes(*waiting)
        return
    with transaction():
        if verb in HOST_STEPS:
            host(story, verb, story.rsvp(one), companions)
        else:
            typed = Answer(f"Guest {one}", story.email(one), companions, "everyone", answer=said)
            guest(story, verb, typed, story.rsvp(one))


def host(story: Story, verb: str, rsvp: Rsvp | None, number: int) -> None:
    event, at = story.event, story.at
    match verb:
        case "approves" if rsvp and approval.approve(rsvp, at=at):
            story.said_yes(rsvp)
        case "declines" if rsvp and approval.decline(rsvp, at=at):
            story.no.add((rsvp.id, rsvp.person_id))
            story.yes.pop((rsvp.id, rsvp.person_id), None)
        case "takes back the no" if rsvp and approval.reconsider(rsvp):
            story.no.discard((rsvp.id, rsvp.person_id))
        case "asks" if approval.ask_for_approval(event, at=at):
            approved = [one for one in story.rsvps(*Status) if one.approved_at]
            story.said_yes(*approved)  # with whom they bring by now
        case "places":
            actions.change_capacity(event, (2, 4, 8, None)[number], at=at)


def guest(story: Story, verb: str, typed: Answer, rsvp: Rsvp | None) -> None:
    event, at = story.event, story.at
    match verb:
        case "answers":
            actions.answer(event, typed, at=at, by=GUEST)
            keep_digits(story)
        case "answers signed in" if rsvp and rsvp.is_confirmed:
            actions.answer(event, typed, at=at, by=GUEST, confirmed=rsvp.person)
        case "types digits" | "types older digits" if story.codes:
            code_id, digits = story.codes[-1 if verb == "types digits" else 0]
            code = db.session.get_one(MailedCode, code_id, populate_existing=True)
            actions.prove_by_digits(code, digits, by=GUEST, at=at)
        case "corrects the address" if story.codes:
            code = db.session.get_one(MailedCode, story.codes[-1][0], populate_existing=True)
            first = code.rsvp.person_id if code.rsvp else None
            actions.mail_again(code, email=typed.email, by=GUEST, at=at)
            if code.rsvp and code.rsvp.person_id != first:  # hosts decide anew, whoever comes back
                story.no = {who for who in story.no if who[0] != code.rsvp.id}
            keep_digits(story)
        case "signs in" if rsvp:
            actions.confirm(rsvp, at=at)
        case "changes" if rsvp:
            actions.change(rsvp, typed, at=at)
        case "says" if rsvp:
            actions.say(rsvp, typed.answer, at=at)
        case "cancels" if rsvp:
            actions.cancel(rsvp, at=at)


def keep_digits(story: Story) -> None:
    db.session.flush()
    if (mail := newest(1)[0]) and "digits" in mail.values:
        code = db.session.scalars(select(MailedCode).order_by(MailedCode.id.desc()).limit(1)).one()
        story.codes.append((code.id, mail.values["digits"]))
