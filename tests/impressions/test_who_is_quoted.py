"""Whatever hosts choose, drop and hide, and guests allow, decline, narrow, withdraw and block: the
recap quotes, on its page and in mails that wait, what is for everyone or was allowed; and a no is
to the hosts what silence is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.attendees.queries import Viewer, quotes_shown, quotes_to_hosts
from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail
from eventapp.impressions import actions
from eventapp.impressions.actions import Said, ask_about_quotes, mail_recaps
from eventapp.impressions.queries.recap import quotes_of, state_of_quote
from eventapp.mails.kinds import says_now
from eventapp.model import Block, Impression, Person, Quote, Rsvp
from tests.attendees.rows import NOW
from tests.impressions.test_who_reads import (
    AUDIENCES,
    HOST,
    PAIRS,
    PHASES,
    SUPPRESSED,
    act,
    are_apart,
    evening,
    has_come,
    name_for,
)
from tests.properties import given, settings, st

OVER = NOW + timedelta(hours=4)  # the event is
VERBS = (
    *("choose", "choose", "choose", "drop", "allow", "allow", "decline", "change", "withdraw"),
    *("write", "hide", "show", "block", "unblock", "list nobody", "list attendees", "undo", "come"),
)
STEP = st.tuples(st.sampled_from(VERBS), st.sampled_from(PAIRS), st.sampled_from(AUDIENCES))
STORY = st.lists(STEP, min_size=30, max_size=40)

Step = tuple[str, tuple[int, int], str]


@dataclass
class Fact:
    """What was done with an impression, kept beside the tables."""

    writer: Rsvp
    audience: str
    hidden: bool = False
    place: int = 0  # none if it is not chosen
    asked: bool = False  # and can say yes; a no at any time since it was first chosen
    was_chosen: bool = False
    answer: str = ""  # "yes", "no"; "" is silence, or a yes that a narrower audience took back

    @property
    def is_quoted(self) -> bool:
        may_be = self.audience == "everyone" or self.answer == "yes"
        return bool(self.place) and may_be and not self.hidden and has_come(self.writer)

    @property
    def state(self) -> str:
        """As a host sees it: it does not tell a no from silence."""
        if not self.place:
            return "none"
        if self.hidden:
            return "hidden"
        if self.audience == "everyone" or self.answer == "yes":
            return "quoted"
        return "asked" if self.asked else "unasked"


@dataclass
class Story:
    guests: list[Rsvp]
    facts: dict[int, Fact] = field(default_factory=dict)
    last_place: int = 0

    def latest_of(self, number: int) -> int | None:
        own = [id_ for id_, fact in self.facts.items() if fact.writer is self.guests[number]]
        return max(own, default=None)

    def do(self, step: Step, number: int, at: datetime) -> None:
        verb, (one, _), audience = step
        id_ = self.latest_of(one)
        if verb == "write":
            before = set(self.facts)
            act(step, self.guests, number, at)
            for new in set(db.session.scalars(select(Impression.id))) - before:
                self.facts[new] = Fact(self.guests[one], audience)
        elif verb in ("change", "withdraw", "choose", "drop", "allow", "decline", "hide", "show"):
            if id_ is not None:
                self._do_with(verb, id_, audience, number, at)
        else:
            act(step, self.guests, number, at)

    def _do_with(self, verb: str, id_: int, audience: str, number: int, at: datetime) -> None:
        row, fact = db.session.get_one(Impression, id_), self.facts[id_]
        match verb:
            case "choose":
                actions.choose_quote(row, at=at)
                fact.asked = fact.asked or fact.audience != "everyone"
                fact.was_chosen = True
                if not fact.place:
                    self.last_place += 1
                    fact.place = self.last_place
            case "drop":
                dropped = actions.drop_quote(row)
                told = dropped and db.session.get_one(Quote, id_).told_at
                if dropped and not (told or fact.answer):
                    fact.asked = False  # nobody has heard of it
                fact.place = 0
            case "allow":
                actions.allow_quote(row, at=at)
                fact.answer = "yes" if fact.asked else fact.answer
            case "decline":
                actions.decline_quote(row, at=at)
                fact.answer = "no" if fact.was_chosen else fact.answer
            case "change":
                is_narrower = AUDIENCES.index(audience) < AUDIENCES.index(fact.audience)
                actions.change_impression(row, Said(f"W{number}", audience), at=at)
                fact.audience = audience
                fact.answer = "" if is_narrower and fact.answer == "yes" else fact.answer
            case "withdraw":
                assert row.person is not None
                actions.withdraw_impression(row.person, id_)
                del self.facts[id_]
            case "hide":
                actions.hide_impression(row, at=at)
                fact.hidden = True
            case "show":
                actions.show_impression(row)
                fact.hidden = False


@pytest.mark.slow
@settings(max_examples=4, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORY)
def test_the_recap_quotes_what_may_be_quoted(app: Flask, story: list[Step]) -> None:
    follow(app, story)


@pytest.mark.long
@settings(max_examples=150, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORY)
def test_the_same_in_thousands_of_steps(app: Flask, story: list[Step]) -> None:
    follow(app, story)


def follow(app: Flask, steps: list[Step]) -> None:
    with app.test_request_context():
        story = Story(evening())
        publish(story)
        pairs = [(one, (one + 1) % 4) for one in range(4)]
        first = [(verb, pair, "attendees") for verb in ("write", "choose") for pair in pairs]
        for number, step in enumerate([*first, *steps]):
            at = OVER + timedelta(minutes=number)
            story.do(step, number, at)
            db.session.flush()
            db.session.expire_all()
            look(story, step[1], number, at)
        db.session.rollback()


def publish(story: Story) -> None:
    """Its mails are written, and wait."""
    recap = actions.recap_for(story.guests[0].event)
    actions.publish_recap(recap, at=OVER)
    actions.mail_recap(recap, at=OVER)
    db.session.flush()
    mail_recaps.do(mail_recaps.find(OVER), OVER)


def look(story: Story, two: tuple[int, int], number: int, at: datetime) -> None:
    here = story.guests[0].event
    blocks = {(row.blocker_id, row.blocked_id) for row in db.session.scalars(select(Block))}
    for each in (*two, None):
        rsvp = None if each is None else story.guests[each]
        viewer = Viewer(rsvp.person, rsvp, is_organiser=each == HOST) if rsvp else Viewer()
        expected = expected_by(story, viewer, blocks)
        shown = [(one.impression.id, one.name) for one in quotes_shown(here, viewer)]
        assert shown == expected
        if rsvp and number % 4 == 0:
            look_at_mail(rsvp, [id_ for id_, _ in expected], at)
    look_as_host(story, blocks)
    if number % 8 == 0:
        ask_about_quotes.do(ask_about_quotes.find(at), at)


def expected_by(
    story: Story, viewer: Viewer, blocks: set[tuple[int, int]]
) -> list[tuple[int, str | None]]:
    quoted = [
        (fact.place, id_, fact.writer)
        for id_, fact in story.facts.items()
        if fact.is_quoted and not are_apart(viewer.person, fact.writer.person_id or 0, blocks)
    ]
    return [
        (id_, writer.name if viewer.is_own(writer) else name_for(writer, viewer))
        for _, id_, writer in sorted(quoted, key=lambda one: one[:2])
    ]


def look_at_mail(rsvp: Rsvp, quoted: list[int], at: datetime) -> None:
    """The mail that waits for them says what the page would; nothing to who didn't come."""
    waiting = select(OutboxMail).where(OutboxMail.about_id == rsvp.id)
    for mail in db.session.scalars(waiting):
        said = says_now(mail, at)
        words = [db.session.get_one(Impression, id_).words for id_ in quoted]
        assert (said and [one for one, _ in said["quotes"]]) == (words if has_come(rsvp) else None)


def look_as_host(story: Story, blocks: set[tuple[int, int]]) -> None:
    host: Person | None = story.guests[HOST].person
    assert host is not None
    rows = [one.impression for one in quotes_to_hosts(story.guests[0].event, host)]
    quotes = quotes_of(rows)
    states = {row.id: state_of_quote(row, quotes.get(row.id)) for row in rows}
    assert states == {
        id_: fact.state
        for id_, fact in story.facts.items()
        if fact.place
        and has_come(fact.writer)
        and not are_apart(host, fact.writer.person_id or 0, blocks)
    }
