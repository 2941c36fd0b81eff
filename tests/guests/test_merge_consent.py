"""Whoever two guests are, and whatever was said of and by them: once hosts make them one, nobody
sees a person, a field of a card, or that somebody says they met, which they did not see before; and
no account loses a note of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.attendees.queries import card_fields_for, holders_of, listed, viewer_of
from eventapp.contacts import actions as cards
from eventapp.contacts.queries import contacts_of, known_to
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.merge import merge_guests, two_of
from eventapp.me.export.people import people_met, people_who_noted
from eventapp.met.actions import tell_who_met_them
from eventapp.met.queries import Attendee, meetings_with, names_of, questions_to, states_of
from eventapp.model import Block, Encounter, Event, NotedName, OutboxMail, Person, Rsvp
from eventapp.rsvp.queries import rsvp_of
from tests.make import Make
from tests.properties import HealthCheck, Phase, given, settings, st

NOW = clock.now()
GUESTS = 5  # of whom the first two become one
ONE = "the one"  # what others call either of these, before and after
ACCOUNT, TYPED, NAME = "an account", "an address that somebody typed", "a name alone"
GUEST = st.tuples(
    st.sampled_from([ACCOUNT, ACCOUNT, ACCOUNT, TYPED, NAME]),
    st.sampled_from([None, "nobody", "attendees", "everyone"]),
)
OTHERS = st.tuples(st.just(ACCOUNT), st.sampled_from(["nobody", "attendees"]))
SAID = st.tuples(
    st.tuples(st.integers(0, GUESTS - 1), st.integers(0, GUESTS - 1)),
    st.sampled_from(["", "by both", "by both", "declined", "taken back", "unsure"]),
)
BLOCKS = st.lists(st.tuples(st.integers(0, GUESTS - 1), st.integers(2, GUESTS - 1)), max_size=1)
STORY = st.tuples(
    st.tuples(GUEST, GUEST, OTHERS, OTHERS, OTHERS),
    st.lists(SAID, min_size=4, max_size=14),
    BLOCKS,
)


class Seen(NamedTuple):
    """What an account sees. Each has the other's name, of whom it is."""

    people: set[str]
    sure: set[str]  # of these, who says so too
    asking: set[str]
    fields: set[tuple[str, str]]
    holders: set[tuple[int, str]]
    notes: list[str]


PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # making a story shorter takes minutes


SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=10, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(STORY)
def test_nobody_sees_more_once_two_are_one(app: Flask, make: Make, story: Any) -> None:
    follow(app, make, story)


@pytest.mark.long
@settings(max_examples=300, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(STORY)
def test_the_same_in_hundreds_of_stories(app: Flask, make: Make, story: Any) -> None:
    follow(app, make, story)


def follow(app: Flask, make: Make, story: Any) -> None:
    event = make.event(starts_at=NOW - timedelta(hours=1))
    rows = [guest_of(make, event, number, *each) for number, each in enumerate(story[0])]
    with make.act():
        note(event, rows, story[1])
        block(rows, story[2])
    before = all_see(app, rows)
    with make.act():
        two = two_of(*(db.session.get_one(Rsvp, row.id) for row in rows[:2]))
        kept, gone = two.kept.id, two.gone.id
        two_ids = [two.kept.person_id, two.gone.person_id]
        merge_guests(two, seen="", at=NOW)
    after = all_see(app, rows)
    kinds = {row.person_id: kind for row, (kind, _) in zip(rows, story[0], strict=True)}
    are_accounts = all(kinds[row.person_id] == ACCOUNT for row in rows[:2])
    for person_id, now in after.items():
        then = before[person_id]
        for name in ("people", "sure", "asking", "fields", "holders"):
            assert getattr(now, name) <= getattr(then, name), (name, person_id, kept, gone)
        if kinds[person_id] == ACCOUNT and not story[2]:
            assert all(any(note in words for words in now.notes) for note in then.notes)
        if are_accounts and not story[2]:
            assert now.sure - {ONE} == then.sure - {ONE}, "what crossed stays"
            assert (ONE in now.sure) == (ONE in then.sure) or person_id in two_ids
    assert_told_no_more(app, make, rows, before)


def guest_of(make: Make, event: Event, number: int, kind: str, listing: str | None) -> Rsvp:
    """Each field of a card is its owner's alone."""
    name = f"Guest {number}"
    if kind == NAME:
        return make.rsvp(event, name, listing=listing, person=None)
    proof: dict[str, Any] = {} if kind == ACCOUNT else {"verified_at": None}
    person = make.person(name=name, **proof)
    at = NOW if kind == ACCOUNT else None
    rsvp = make.rsvp(event, name, listing=listing, person=person, confirmed_at=at)
    with make.act():
        there = db.session.get_one(Person, rsvp.person_id)
        cards.keep_card(there, {"phone": f"+3460000000{number}"}, shared=["phone"], at=NOW)
    return rsvp


def note(event: Event, rows: Sequence[Rsvp], said: Sequence[Any]) -> None:
    back = {(met, noter): "" for (noter, met), how in said if how == "by both"}
    for (noter, met), how in {**back, **dict(said)}.items():
        if noter != met:
            written = "" if how == "taken back" else f"note {noter} of {met};"
            db.session.add(
                Encounter(
                    event_id=event.id,
                    noter_id=rows[noter].id,
                    met_id=rows[met].id,
                    noted_at=NOW - timedelta(minutes=9),
                    note=written,
                    declined_at=NOW if how in ("declined", "taken back") else None,
                    taken_back_at=NOW if how == "taken back" else None,
                    unsure_since=NOW if how == "unsure" else None,
                    tell_at=NOW if how in ("", "by both") else None,
                )
            )
    for row in rows:
        name = {"name": f"Name {row.id}", "name_key": f"name {row.id}", "noted_at": NOW}
        db.session.add(NotedName(rsvp_id=row.id, note=f"named by {row.id};", **name))


def block(rows: Sequence[Rsvp], blocks: Sequence[tuple[int, int]]) -> None:
    """One, in one of the two directions, which makes no difference."""
    for one, other in blocks:
        pair = {"blocker_id": rows[one].person_id, "blocked_id": rows[other].person_id}
        if one != other and None not in pair.values():
            db.session.add(Block(name="X", since=NOW, **pair))


def all_see(app: Flask, rows: Sequence[Rsvp]) -> dict[int, Seen]:
    with app.app_context():
        event = db.session.get_one(Event, rows[0].event_id)
        ids = [row.person_id for row in rows if row.person_id]
        return {id_: seen_by(db.session.get_one(Person, id_), event) for id_ in ids}


def called(name: str) -> str:
    return ONE if name in ("Guest 0", "Guest 1") else name


def seen_by(person: Person, event: Event) -> Seen:
    known = known_to(person)
    taken_home = contacts_of(person, known, at=NOW)
    they = dict(_meetings_of(person, event))
    card = card_fields_for(person, [one.id for one in db.session.scalars(select(Person))])
    noted = people_met(person)
    viewer = viewer_of(event, person)
    names = {*(one.name for one in taken_home), *they, *(one["name"] for one in noted)}
    names |= {one.name for one in listed(event, viewer, limit=100)} - {person.name}
    sure = {one.name for one in taken_home if one.mutual}
    sure |= {name for name, state in they.items() if state == "mutual"}
    sure |= {one["name"] for one in noted if one["they_say_so_too"]}
    asking = {one["name"] for one in people_who_noted(person)}
    asking |= {f"question {n}" for n in range(questions_to(person, NOW).get(event, 0))}
    notes = [one.note or "" for each in taken_home for one in each.occasions]
    return Seen(
        {called(name) for name in names | asking},
        {called(name) for name in sure},
        {called(name) for name in asking},
        {(called(one.name), one.phone) for one in taken_home if one.phone}
        | {(str(owner), value) for owner, values in card.items() for value in values.values()},
        {(one.person_id, field) for one in holders_of(person) for field in one.fields},
        [*_of_others(person, notes), *(one.note for one in names_of(person))],
    )


def _meetings_of(person: Person, event: Event) -> Iterator[tuple[str, str]]:
    rsvp = rsvp_of(event, person)
    if rsvp:
        guest = Attendee(event, person, rsvp, viewer_of(event, person))
        for meeting in meetings_with(guest, list(states_of(guest))).values():
            yield meeting.them.name, meeting.state


def _of_others(person: Person, notes: Sequence[str]) -> list[str]:
    """Without what one of the two wrote of the other."""
    of_the_two = ("note 0 of 1;", "note 1 of 0;")
    return [one for one in notes if one and one not in of_the_two]


def assert_told_no_more(
    app: Flask, make: Make, rows: Sequence[Rsvp], before: dict[int, Seen]
) -> None:
    """By mail: whom the worker tells that somebody met them saw that before."""
    make.due(tell_who_met_them)
    addresses = {row.person.email: row.person_id for row in rows if row.person}
    with app.app_context():
        for mail in db.session.scalars(select(OutboxMail)).all():
            told = [*mail.values["asking"], *mail.values["confirmed"]]
            if (person_id := addresses.get(mail.to_email)) is not None:
                assert {called(one["name"]) for one in told} <= before[person_id].asking
