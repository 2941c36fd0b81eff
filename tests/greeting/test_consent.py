"""Whatever guests tick, withdraw, hide, block, say and plan: nobody is shown, on a page or in a
mail, who does not agree to it at that moment, or from whom they are apart.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.insert import insert_once
from eventapp.greeting.actions import (
    Choice,
    choose,
    people_to_meet_values,
    plan_now,
    tell_hosts_who_is_in,
    tell_people_to_meet,
)
from eventapp.greeting.queries import led_to
from eventapp.mails.kinds import says_now
from eventapp.me.export.people import people_to_meet
from eventapp.model import Block, CheckIn, Encounter, OutboxMail, Rsvp, Status
from eventapp.rsvp.actions import cancel, confirm
from tests.greeting.evening import regular
from tests.make import Make
from tests.properties import HealthCheck, Phase, given, settings, st

NAMES = ("Quilana", "Wexbert", "Zorcarla", "Yxdora")
VERBS = (
    *("suggest", "unsuggest", "greet", "ungreet", "want", "unwant", "hide", "show", "block"),
    *("unblock", "say", "decline", "cancel", "plan", "plan", "tell", "come"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.sampled_from([*permutations(range(len(NAMES)), 2)])),
    min_size=12,
    max_size=24,
)
TICKS = {"suggest": "may_be_suggested", "want": "wants_a_host", "greet": "hosts"}


@pytest.mark.slow
@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_nobody_is_led_to_who_does_not_agree_now(
    app: Flask, make: Make, steps: list[tuple[str, tuple[int, int]]]
) -> None:
    lines: dict[str, Any] = {"ask_me_about": "rust"}
    event = make.event()
    known = [
        regular(make, event, name, hosts_since=clock.now(), **lines, want_to_learn=wrote(name))
        for name in NAMES[:2]
    ]
    ticks = {"listing": "attendees", "may_be_suggested": True, "wants_a_host": True}
    new = [make.rsvp(event, name, **ticks, looking_for=wrote(name)) for name in NAMES[2:]]
    ids, at = [one.id for one in (*known, *new)], clock.now()
    with app.app_context():
        for verb, (one, other) in [("plan", (0, 1)), *steps]:
            at += timedelta(seconds=30)
            with transaction():
                rows = {id_: db.session.get_one(Rsvp, id_) for id_ in ids}
                act(verb, rows[ids[one]], rows[ids[other]], at)
            db.session.expire_all()
            for id_ in ids:
                look(db.session.get_one(Rsvp, id_), [i for i in ids if i != id_], at)


def wrote(name: str) -> str:
    """A line that nobody else has."""
    return name[::-1].lower()


def act(verb: str, one: Rsvp, other: Rsvp, at: datetime) -> None:
    pair: dict[str, Any] = {"event_id": one.event_id, "noter_id": one.id, "met_id": other.id}
    match verb:
        case "hide" | "show":
            confirm(one, at=at, listing="nobody" if verb == "hide" else "attendees")
        case "block":
            people = {"blocker_id": one.person_id, "blocked_id": other.person_id}
            insert_once(Block, {**people, "name": other.name, "since": at})
        case "unblock":
            db.session.execute(delete(Block).where(*block_by(one, other)))
        case "say":
            insert_once(Encounter, {**pair, "noted_at": at})
        case "decline":
            said = update(Encounter).filter_by(**pair)
            db.session.execute(said.values(declined_at=at))
        case "cancel":
            with suppress(Refusal):
                cancel(one, at=at)
        case "plan":
            plan_now(one.event, at=at)
        case "tell":
            for due in (tell_people_to_meet, tell_hosts_who_is_in):
                due.do(due.find(at), at)
        case "come":
            row: dict[str, Any] = {"event_id": one.event_id, "rsvp_id": one.id, "people": 1}
            insert_once(CheckIn, {**row, "door": "A", "at": at, "by": "link:1"})
        case _:
            tick(verb, one, at)


def block_by(one: Rsvp, other: Rsvp) -> tuple[Any, ...]:
    return Block.blocker_id == one.person_id, Block.blocked_id == other.person_id


def tick(verb: str, one: Rsvp, at: datetime) -> None:
    chosen = Choice(one.hosts_since is not None, one.may_be_suggested, one.wants_a_host, False)
    ticked: dict[str, Any] = {TICKS[verb.removeprefix("un")]: not verb.startswith("un")}
    choose(one, replace(chosen, **ticked), at=at)


def look(one: Rsvp, others: list[int], at: datetime) -> None:
    assert one.person is not None
    led = led_to(one, at=at)
    shown = repr(people_to_meet_values(one, at)) + "".join(mails_to(one, at))
    exported = repr(people_to_meet(one.person, at))
    people = {each.them.id for each in led.people}
    for other in (db.session.get_one(Rsvp, id_) for id_ in others):
        both = comes(one) and comes(other) and not apart(one, other)
        if other.id in people:
            assert both
            assert one.may_be_suggested
            assert other.may_be_suggested
        is_host = led.host is not None and led.host.them.id == other.id
        if is_host:
            assert both
            assert one.wants_a_host
            assert other.hosts_since
        is_greeted = other.id in {each.them.id for each in led.greets}
        if is_greeted:
            assert both
            assert one.hosts_since
            assert other.wants_a_host
        if not (other.id in people or is_host or is_greeted):
            assert other.name not in shown
            assert wrote(other.name) not in shown
            assert other.name not in exported


def comes(one: Rsvp) -> bool:
    return one.status == Status.GOING and one.listing in ("attendees", "everyone")


def apart(one: Rsvp, other: Rsvp) -> bool:
    pairs = (block_by(one, other), block_by(other, one))
    return any(db.session.scalar(select(Block.id).where(*pair)) for pair in pairs)


def mails_to(one: Rsvp, at: datetime) -> list[str]:
    """What the mails about people to meet say if they are sent now."""
    waiting = select(OutboxMail).where(
        OutboxMail.about_id == one.id, OutboxMail.template.like("greeting/%")
    )
    return [repr(says_now(mail, at)) for mail in db.session.scalars(waiting)]
