"""Whatever guests say, decline, take back and change: the form by a key shows whom it may, without
any card; mails tell what its speaker still says, once, and at most daily; and who declined is
suggested at the next event as before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.attendees.queries import Viewer
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.greeting.actions import plan_now
from eventapp.greeting.queries import led_to
from eventapp.met import actions, likely
from eventapp.met.queries import Attendee, meeting_if_seen, meetings_with, states_of
from eventapp.model import Encounter, Event, Notice, OutboxMail, Rsvp
from tests.contacts.evening import card
from tests.make import Make
from tests.met.evening import last_night
from tests.properties import HealthCheck, given, settings, st

GUESTS = st.integers(0, 2)
LISTINGS = st.sampled_from(["nobody", "attendees", "everyone", None])
STEPS = st.one_of(
    st.tuples(st.sampled_from(["say", "say", "decline", "forget"]), GUESTS, GUESTS),
    st.tuples(st.just("list"), GUESTS, LISTINGS),
    st.tuples(st.just("day"), st.just(0), st.just(0)),
)


STORIES = st.lists(STEPS, min_size=3, max_size=14)
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=7, suppress_health_check=SUPPRESSED)
@given(steps=STORIES)
def test_whatever_guests_do_the_form_and_the_mails_keep_to_consent(
    app: Flask, make: Make, steps: list[tuple[str, int, Any]]
) -> None:
    follow(app, make, steps)


@pytest.mark.long
@settings(max_examples=150, suppress_health_check=SUPPRESSED)
@given(steps=STORIES)
def test_the_same_in_a_thousand_steps(
    app: Flask, make: Make, steps: list[tuple[str, int, Any]]
) -> None:
    follow(app, make, steps)


def follow(app: Flask, make: Make, steps: list[tuple[str, int, Any]]) -> None:
    event, at = last_night(make), clock.now()
    rsvps = [make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea", "Carla")]
    for rsvp in rsvps:
        card(make, rsvp.person, shared=["email", "phone"])
    ids = [rsvp.id for rsvp in rsvps]
    with app.app_context():
        for verb, one, other in steps:
            at += timedelta(minutes=1)
            if verb == "day":
                at += timedelta(days=1)
                tell(at)
            elif verb == "list":
                with transaction():
                    changed = update(Rsvp).where(Rsvp.id == ids[one])
                    db.session.execute(changed.values(listing=other))
            elif one != other:
                act(verb, ids[one], ids[other], at)
            db.session.expire_all()
            for id_ in ids:
                check_form(id_, ids)
        check_suggestions(ids, make.event(), at)


def asking(rsvp_id: int) -> Attendee:
    rsvp = db.session.get_one(Rsvp, rsvp_id)
    assert rsvp.person is not None
    return Attendee(rsvp.event, rsvp.person, rsvp, Viewer(rsvp.person, rsvp), rsvp.key)


def act(verb: str, one: int, other: int, at: datetime) -> None:
    guest = asking(one)
    if not (meeting := meeting_if_seen(guest, other)):
        return
    with transaction():
        if verb == "say":
            actions.say_we_met(guest, meeting.them, at=at, note={})
        else:
            getattr(actions, verb)(guest, meeting.them, at=at)


def check_form(rsvp_id: int, ids: list[int]) -> None:
    guest = asking(rsvp_id)
    said = set(states_of(guest))
    shown = [*meetings_with(guest, sorted(said)).values()]
    shown += likely.others_there(guest, limit=50, offset=0)
    assert all(not meeting.card for meeting in shown)
    assert len(shown) == len({meeting.them.id for meeting in shown})
    agreed = {
        id_ for id_ in ids if db.session.get_one(Rsvp, id_).listing in ("attendees", "everyone")
    }
    assert {meeting.them.id for meeting in shown} == (agreed | said_with(rsvp_id)) - {rsvp_id}


def check_suggestions(ids: list[int], next_event: Event, at: datetime) -> None:
    """At the next event, where all agreed and have a topic in common, those are suggested with whom
    nothing is said: declining shows in nothing.
    """
    topics: dict[str, Any] = {"ask_me_about": "wine", "want_to_learn": "wine"}
    topics |= {"listing": "attendees", "may_be_suggested": True}
    people = {id_: db.session.get_one(Rsvp, id_).person_id for id_ in ids}
    with transaction():
        for id_, person_id in people.items():
            row = {"person_id": person_id, "name": str(id_), "name_key": str(id_), **topics}
            more = {"status": "going", "short_code": f"{id_:06}", "created_at": at}
            db.session.add(Rsvp(event_id=next_event.id, confirmed_at=at, **row, **more))
    with transaction():
        plan_now(db.session.get_one(Event, next_event.id), at=next_event.starts_at)
    comes = {
        rsvp.person_id: rsvp
        for rsvp in db.session.scalars(select(Rsvp).where(Rsvp.event_id == next_event.id))
    }
    for id_, person_id in people.items():
        suggested = led_to(comes[person_id], at=next_event.starts_at).people
        met = {people[other] for other in said_with(id_)}
        assert {one.them.person_id for one in suggested} == {*people.values()} - met - {person_id}


def said_with(rsvp_id: int) -> set[int]:
    """Whom this guest said they met, and who said so of them, unless it was taken back."""
    rows = db.session.scalars(select(Encounter).where(Encounter.taken_back_at.is_(None))).all()
    pairs = [(row.noter_id, row.met_id) for row in rows]
    return {b for a, b in pairs if a == rsvp_id} | {a for a, b in pairs if b == rsvp_id}


def tell(at: datetime) -> None:
    """A day's mails: one a person at most, and only of those who say so and were not declined."""
    before, notices = set(db.session.scalars(select(OutboxMail.id))), notice_ids()
    with transaction():
        actions.tell_who_met_them.do(actions.tell_who_met_them.find(at), at)
    sent = [mail for mail in db.session.scalars(select(OutboxMail)) if mail.id not in before]
    assert len(sent) == len({mail.to_email for mail in sent})
    for notice in db.session.scalars(select(Notice).where(Notice.id.not_in(notices))):
        noter = db.session.get_one(Rsvp, notice.rsvp_id)
        there = Rsvp.event_id == noter.event_id, Rsvp.person_id == notice.person_id
        met = db.session.scalars(select(Rsvp).where(*there)).one()
        pair = Encounter.noter_id == noter.id, Encounter.met_id == met.id
        said = db.session.scalars(select(Encounter).where(*pair)).one()
        assert not said.taken_back_at
        assert not said.declined_at


def notice_ids() -> set[int]:
    return set(db.session.scalars(select(Notice.id)))
