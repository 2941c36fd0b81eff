"""Whatever two people say, take back, share, hide and block: while one of them blocks the other,
no list, search, count, contact, file or mail has the other; and afterwards what both gave is back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from flask import Flask, json
from sqlalchemy import select

from eventapp.attendees import queries as attendees
from eventapp.attendees.queries import Viewer
from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import block_between, blocks_of
from eventapp.contacts import actions as cards
from eventapp.contacts import queries as contacts
from eventapp.contacts.feed import feed_text
from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail
from eventapp.greeting.actions import people_to_meet_values, plan_now
from eventapp.greeting.queries import led_to
from eventapp.mails.kinds import says_now
from eventapp.me.export import everything_about
from eventapp.met import actions as met
from eventapp.met import likely
from eventapp.met import queries as meetings
from eventapp.met.actions.follow_up import remind_of_follow_ups
from eventapp.met.actions.gather import tell_who_met_them
from eventapp.met.queries import Attendee
from eventapp.model import Block, CardShare, CardWithdrawal, Encounter, Person, Rsvp, Status
from eventapp.rsvp.actions import confirm, enter
from tests.attendees.rows import NOW, community, event, person
from tests.properties import HealthCheck, Phase, given, settings, st

NAMES = ("Quilana", "Wexbert", "Zorcarla")
DAY = date(2026, 12, 2)
PAIRS = list(permutations(range(len(NAMES)), 2))
VERBS = (
    *("say", "say", "block", "unblock", "decline", "undo_decline", "forget"),
    *("tick", "untick", "withdraw", "share_again", "hide", "show", "tell"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.sampled_from(PAIRS)), min_size=50, max_size=50
)
EXPORTS_EVERY = 7  # steps, a minute each: reading all takes longer than the rest
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=2, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS)
def test_two_of_whom_one_blocks_the_other_have_nothing_of_each_other(
    app: Flask, steps: list[tuple[str, tuple[int, int]]]
) -> None:
    follow(app, steps)


@pytest.mark.long
@settings(max_examples=100, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS)
def test_the_same_in_thousands_of_steps(
    app: Flask, steps: list[tuple[str, tuple[int, int]]]
) -> None:
    follow(app, steps)


def follow(app: Flask, steps: list[tuple[str, tuple[int, int]]]) -> None:
    with app.test_request_context():
        guests = evening()
        at = NOW + timedelta(minutes=1)
        for verb, (one, other) in [*(("say", pair) for pair in PAIRS), *steps]:
            at += timedelta(minutes=1)
            act(verb, guests[one], guests[other], at)
            db.session.flush()
            facts = Facts.read()
            look(guests[one], guests[other], facts, at)
            look(guests[other], guests[one], facts, at)
        db.session.rollback()


def evening() -> list[Rsvp]:
    here = event(community(), "one")
    here.published_at = NOW
    guests = []
    for number, name in enumerate(NAMES):
        one = person(number)
        one.name = name
        said: dict[str, Any] = {
            "ask_me_about": "rust",
            "want_to_learn": "rust",
            "listing": "attendees",
        }
        said |= {"may_be_suggested": True, "wants_a_host": True, "hosts_since": NOW}
        row = enter(here, name, status=Status.GOING, at=NOW, person=one, confirmed_at=NOW, **said)
        db.session.flush()
        values = {"company": f"Firm{name}", "given_name": f"Given{name}"}
        cards.keep_card(one, values, shared=["email"], at=NOW)
        guests.append(row)
    db.session.flush()
    plan_now(here, at=NOW)
    return guests


def asking(rsvp: Rsvp) -> Attendee:
    assert rsvp.person is not None
    return Attendee(rsvp.event, rsvp.person, rsvp, Viewer(rsvp.person, rsvp))


def act(verb: str, one: Rsvp, other: Rsvp, at: datetime) -> None:
    guest, me, them = asking(one), one.person, other.person
    assert me is not None
    assert them is not None
    match verb:
        case "tick" | "untick":
            cards.keep_card(me, {}, shared=["email"] if verb == "tick" else [], at=at)
        case "withdraw":
            cards.withdraw(me, them, at=at)
        case "share_again":
            cards.share_again(me, them)
        case "hide" | "show":
            confirm(one, at=at, listing="nobody" if verb == "hide" else "attendees")
        case "unblock":
            if block := block_between(me, other):
                conduct.unblock(me, block.id)
        case "tell":
            for due in (tell_who_met_them, remind_of_follow_ups):
                later = at + timedelta(days=1)
                due.do(due.find(later), later)
        case _ if meetings.meeting_if_seen(guest, other.id):
            do_as_seen(verb, guest, other, at)


def do_as_seen(verb: str, guest: Attendee, other: Rsvp, at: datetime) -> None:
    """What takes that the page shows them."""
    match verb:
        case "say":
            met.say_we_met(guest, other, at=at, note={"follow_up_on": DAY, "tags": ["x"]})
        case "block":
            conduct.block(guest.person, other, at=at)
        case "undo_decline":
            met.undo_decline(guest, other)
        case _:
            getattr(met, verb)(guest, other, at=at)


@dataclass(frozen=True)
class Facts:
    """What the rows say, read once for both who look: each set has pairs of ids."""

    blocks: set[tuple[int, int]]  # blocker, blocked
    withdrawals: set[tuple[int, int]]  # owner, holder
    tickers: set[int]
    said: dict[tuple[int, int], Encounter]  # noter's and met one's RSVP

    @classmethod
    def read(cls) -> Facts:
        def pairs(*columns: Any) -> set[tuple[int, int]]:
            return {(one, other) for one, other in db.session.execute(select(*columns))}

        said = select(Encounter).where(Encounter.taken_back_at.is_(None))
        return cls(
            pairs(Block.blocker_id, Block.blocked_id),
            pairs(CardWithdrawal.owner_id, CardWithdrawal.holder_id),
            set(db.session.scalars(select(CardShare.person_id))),
            {(row.noter_id, row.met_id): row for row in db.session.scalars(said)},
        )

    def are_apart(self, one: Rsvp, other: Rsvp) -> bool:
        pair = one.person_id, other.person_id
        return not self.blocks.isdisjoint({pair, pair[::-1]})

    def blocks_of(self, person: Person) -> set[tuple[int, int]]:
        return {pair for pair in self.blocks if pair[0] == person.id}

    def crosses(self, owner: Rsvp, holder: Rsvp) -> bool:
        """Whether a card does, but for blocks."""
        both = self.said.get((owner.id, holder.id)), self.said.get((holder.id, owner.id))
        both_say_so = all(row is not None and row.declined_at is None for row in both)
        pair = owner.person_id, holder.person_id
        return both_say_so and owner.person_id in self.tickers and pair not in self.withdrawals

    def questions_to(self, one: Rsvp) -> list[Encounter]:
        """Who said that they met this one, and has no answer, but for whom a block hides."""
        return [
            row
            for (by, met), row in self.said.items()
            if met == one.id and not row.declined_at and (one.id, by) not in self.said
            if not self.are_apart(one, row.noter)
        ]


def look(one: Rsvp, other: Rsvp, facts: Facts, at: datetime) -> None:
    me, them = one.person, other.person
    assert me is not None
    assert them is not None
    apart = facts.are_apart(one, other)
    assert {(me.id, block.blocked_id) for block in blocks_of(me)} == facts.blocks_of(me)
    card = attendees.card_fields_for(me, [them.id])
    assert bool(card) == (facts.crosses(other, one) and not apart)
    said = (one.id, other.id) in facts.said
    assert (other.id in [row.id for known in contacts.known_to(me) for row in known.noted]) == (
        said and not apart
    )
    if not apart:
        return
    shown = "\n".join(everything_shown(one, other, at))
    for word in (other.name, them.email, f"Firm{other.name}", f"Given{other.name}"):
        assert word not in shown
    assert meetings.meeting_if_seen(asking(one), other.id) is None
    assert sum(meetings.questions_to(me, at).values()) == len(facts.questions_to(one))
    assert attendees.count_listed(one.event, Viewer(me, one)) == len(listed(one)) - 1


def listed(one: Rsvp) -> list[Rsvp]:
    return list(attendees.listed(one.event, Viewer(one.person, one), limit=50))


def everything_shown(one: Rsvp, other: Rsvp, at: datetime) -> Iterator[str]:
    """Each thing that is read for a page, a file or a mail, in words."""
    guest, me = asking(one), one.person
    assert me is not None
    viewer = guest.viewer
    yield from (row.name for row in listed(one))
    found = attendees.listed(one.event, viewer, typed=other.name, limit=50)
    yield from (row.name for row in found)
    yield from (face.rsvp.name for face in attendees.who_comes(one.event, viewer, at=at).faces)
    yield from (each.them.name for each in led_to(one, at=at).people)
    yield from (each.them.name for each in led_to(one, at=at).greets)
    yield repr(people_to_meet_values(one, at))
    yield from (each.them.name for each in likely.others_there(guest, limit=50, offset=0))
    typed = (other.name, "rust", f"Firm{other.name}")[at.minute % 3]  # dear, and blocks last
    some = likely.find_meetings(guest, typed, limit=50, offset=0)
    yield from (each.them.name for each in some)
    yield from (row.name for row in meetings.guests_called(guest, other.name))
    states = list(meetings.states_of(guest))
    yield from (each.them.name for each in meetings.meetings_with(guest, states).values())
    assert other.id not in states
    known = contacts.known_to(me)
    yield repr(contacts.contacts_of(me, known, at=at))
    yield feed_text(me, known, at=at).replace("\r\n ", "")
    yield repr(attendees.holders_of(me)) + repr(contacts.withdrawn_from(me))
    if at.minute % EXPORTS_EVERY == 0:
        exported = everything_about(me, at=at)
        del exported["people_you_blocked"]
        yield json.dumps(exported, ensure_ascii=False)
    yield from mails_to(me, at)


def mails_to(person: Person, at: datetime) -> Iterator[str]:
    """As they would be sent now."""
    waiting = select(OutboxMail).where(OutboxMail.to_email == person.email)
    yield from (repr(says_now(mail, at)) for mail in db.session.scalars(waiting))
