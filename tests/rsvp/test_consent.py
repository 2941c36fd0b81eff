"""What is shown of a guest is what they said themselves, whatever others typed in their name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.account import actions as account
from eventapp.account.actions import Visitor
from eventapp.attendees.queries import Viewer, listed
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.outbox import newest
from eventapp.events.queries import event_at
from eventapp.model import Event, MailedCode, Person, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import Answer
from tests.badges.reading import badges_of
from tests.properties import HealthCheck, given, settings, st
from tests.rsvp.asking import ask, asked

LISTINGS = (None, "nobody", "attendees", "everyone")
ANSWERS = ("going", "going", "maybe", "not_going")

VERBS = (
    *("stranger answers", "stranger guesses", "somebody comes", "somebody cancels"),
    *("answers", "types digits", "types older digits", "confirms", "confirms as listed"),
    *("changes", "says", "cancels", "signs in", "answers signed in"),
)
acts = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 5),
        st.sampled_from(LISTINGS),
        st.sampled_from(ANSWERS),
    ),
    min_size=4,
    max_size=14,
)
stories = count(1)
GUEST = Visitor("en", "v")


@dataclass
class Story:
    """An event, a guest and strangers; and what the guest said for themselves, if anything."""

    slug: str
    at: datetime
    email: str
    question: int  # of the hosts: its id
    codes: list[tuple[int, str]] = field(default_factory=list)  # the guest's, with their digits
    foreign: list[int] = field(default_factory=list)  # those of strangers
    said: Answer | None = None  # by a form of their own that was proven
    is_proven: bool = False
    listing: str | None = None
    hosts: bool = False  # whether the guest ticked that they would greet
    number: int = 0
    answer: str = "going"  # what the next form says

    def form(self, whose: str, companions: int, listing: str | None) -> Answer:
        self.number += 1
        words = f"{whose} {self.number}"
        return Answer(
            words,
            self.email,
            companions,
            listing,
            ask_me_about=f"ask {words}",
            want_to_learn=f"learn {words}",
            answer=self.answer,
            note=f"note {words}",
            hosts=whose != "own" or companions % 2 == 1,
            answers={self.question: f"eats {words}"},
        )

    def decided(self, said: Answer) -> None:
        self.said, self.is_proven, self.listing = said, True, said.listing
        self.hosts |= said.hosts

    def proved_alone(self) -> None:
        self.is_proven = True

    @property
    def rsvp(self) -> Rsvp | None:
        mine = select(Rsvp).join(Person).where(Person.email == self.email)
        return db.session.scalar(mine)


def act(story: Story, verb: str, number: int, listing: str | None) -> None:
    """One step. What the rules refuse changes nothing."""
    story.at += timedelta(minutes=11)
    with transaction():
        others_act(story, verb, number, listing)
        guest_acts(story, verb, number, listing)


def others_act(story: Story, verb: str, number: int, listing: str | None) -> None:
    event, at = event_at(story.slug), story.at
    match verb:
        case "stranger answers":
            typed = story.form("stranger", number, listing)
            story.foreign.append(actions.answer(event, typed, at=at, by=Visitor("en", "s")).id)
        case "stranger guesses" if story.foreign:
            code = db.session.get_one(MailedCode, story.foreign[-1])
            assert actions.prove_by_digits(code, "wrong", by=GUEST, at=at) is None
        case "somebody comes":
            other = replace(story.form("other", number, None), email=f"{number}.{story.email}")
            actions.answer(event, other, at=at, by=Visitor("en", "o"))
        case "somebody cancels":
            others = select(Rsvp).join(Person).where(Person.email == f"{number}.{story.email}")
            if other_rsvp := db.session.scalar(others):
                actions.cancel(other_rsvp, at=at)


def guest_acts(story: Story, verb: str, number: int, listing: str | None) -> None:
    event, rsvp, at = event_at(story.slug), story.rsvp, story.at
    more: dict[str, Any] = {"at": at, "by": GUEST}
    match verb:
        case "answers":
            code = actions.answer(event, story.form("own", number, listing), at=at, by=GUEST)
            db.session.flush()
            story.codes.append((code.id, newest(1)[0].values["digits"]))
        case "types digits" | "types older digits" if story.codes:
            code_id, digits = story.codes[-1 if verb == "types digits" else 0]
            code = db.session.get_one(MailedCode, code_id)
            assert actions.prove_by_digits(code, digits, **more)
            story.decided(Answer.kept(code.typed, story.email))
        case "confirms" if rsvp:
            actions.confirm(rsvp, at=at)
            story.proved_alone()
        case "confirms as listed" if rsvp and listing:
            actions.confirm(rsvp, at=at, listing=listing)
            story.proved_alone()
            story.listing = listing
        case "changes" if rsvp:
            typed = story.form("own", number, listing)
            actions.change(rsvp, typed, at=at)
            story.decided(typed)
        case "says" if rsvp:
            actions.say(rsvp, story.answer, at=at)
            story.proved_alone()
        case "cancels" if rsvp:
            actions.cancel(rsvp, at=at)
            story.proved_alone()
        case "signs in" if rsvp:
            code = account.mail_sign_in(story.email, at=at, by=GUEST, go_to=None)
            db.session.flush()
            account.try_digits(code, newest(1)[0].values["digits"], **more)
        case "answers signed in" if rsvp and rsvp.person and rsvp.person.verified_at:
            typed = story.form("own", number, listing)
            actions.answer(event, typed, at=at, by=GUEST, confirmed=rsvp.person)
            story.decided(typed)


def shown(event: Event) -> Iterator[tuple[str, str, str]]:
    """Each place where others see something of the guest: to whom, their name, their words."""
    guest = Rsvp(id=0, status="going", confirmed_at=clock.now())
    viewers = {"everyone": Viewer(), "attendees": Viewer(Person(), guest)}
    for who, viewer in viewers.items():
        for row in listed(event, viewer, limit=100):
            if row is not viewer.rsvp:
                yield who, row.name, f"{row.ask_me_about}|{row.want_to_learn}"


def check(story: Story) -> None:
    db.session.expire_all()
    event, rsvp = event_at(story.slug), story.rsvp
    going = select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.status == "going")
    assert event.seats_taken == sum(each.party for each in db.session.scalars(going))
    assert event.seats_taken <= (event.capacity or 0)
    if rsvp is None:
        return
    ask = story.said.ask_me_about if story.said else ""
    learn = story.said.want_to_learn if story.said else ""
    listing = story.listing if story.is_proven else None
    listed_to = {"everyone": ["everyone", "attendees"], "attendees": ["attendees"]}
    expected = listed_to.get(listing or "", []) if rsvp.status == "going" else []
    assert sorted(who for who, _, _ in shown(event)) == sorted(expected)
    assert all(words == f"{ask}|{learn}" for _, _, words in shown(event))
    assert (rsvp.hosts_since is not None) == story.hosts
    assert rsvp.note in ("", story.said.note if story.said else "")
    assert rsvp.answers.get("Diet", "") == (
        story.said.answers[story.question] if story.said else ""
    )
    if story.said:
        assert rsvp.name == story.said.name
    for badge in badges_of(event):
        if badge.name == rsvp.name:
            assert (badge.ask, badge.tells) == (ask, ())


@pytest.mark.slow
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=acts)
def test_whatever_strangers_type_a_guest_is_shown_as_they_said_and_seats_add_up(
    app: Flask, make: Any, acts: list[tuple[str, int, str | None, str]]
) -> None:
    event = make.event(capacity=8, starts_at=clock.now() + timedelta(days=9))
    (question,) = ask(make, event, asked("Diet"))
    story = Story(event.slug, clock.now(), f"guest{next(stories)}@example.org", question)
    with app.app_context():
        for verb, number, listing, story.answer in acts:
            with contextlib.suppress(Refusal):
                act(story, verb, number, listing)
            check(story)
