"""A field of a card crosses as its owner and both of them agreed, whatever happened before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations, product

import pytest
from flask import Flask

from eventapp.attendees import queries
from eventapp.core.db import db
from eventapp.model import CARD_FIELDS, Card, CardShare, CardWithdrawal, Encounter, Person
from eventapp.rsvp.actions import enter
from tests.attendees.rows import NOW, community, event, on_a_database, person
from tests.properties import given, st

PEOPLE, EVENTS = range(3), range(2)
PAIRS = list(permutations(PEOPLE, 2))
MOMENTS = st.integers(0, 50).map(lambda hours: NOW + timedelta(hours=hours))


@dataclass(frozen=True)
class Said:
    at: datetime
    declined: bool


encounters = st.dictionaries(
    st.tuples(st.sampled_from(EVENTS), st.sampled_from(PAIRS)),
    st.builds(Said, MOMENTS, st.booleans() | st.just(False)),
)
ticks = st.dictionaries(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(CARD_FIELDS)), MOMENTS)
cards = st.dictionaries(
    st.sampled_from(PEOPLE), st.sets(st.sampled_from([f for f in CARD_FIELDS if f != "email"]))
)


@pytest.mark.slow
@given(encounters, ticks, cards, st.sets(st.sampled_from(PAIRS)))
@on_a_database
def test_a_field_crosses_when_both_said_so_and_it_is_ticked_and_not_withdrawn(
    app: Flask,
    said: dict[tuple[int, tuple[int, int]], Said],
    ticked: dict[tuple[int, str], datetime],
    filled: dict[int, set[str]],
    withdrawn: set[tuple[int, int]],
) -> None:
    expected = _expected(said, ticked, filled, withdrawn)
    with app.app_context():
        people = _evening(said, ticked, filled, withdrawn)
        ids = [each.id for each in people]
        for holder in PEOPLE:
            seen = queries.card_fields_for(people[holder], ids)
            for owner, field in product(PEOPLE, CARD_FIELDS):
                is_seen = field in seen.get(people[owner].id, {})
                assert is_seen == ((owner, holder, field) in expected)
            assert all(seen.values())
        for owner in PEOPLE:
            held = {
                (holder.person_id, field): since
                for holder in queries.holders_of(people[owner])
                for field, since in holder.since_of.items()
            }
            assert held == {
                (people[holder].id, field): since
                for (of, holder, field), since in expected.items()
                if of == owner
            }
        db.session.rollback()


def _expected(said, ticked, filled, withdrawn) -> dict[tuple[int, int, str], datetime]:
    """Since when which field is shared, by owner, holder and field: as product.md says it."""
    expected = {}
    for owner, holder in PAIRS:
        mutual = [
            max(said[at, (owner, holder)].at, said[at, (holder, owner)].at)
            for at in EVENTS
            if {(at, (owner, holder)), (at, (holder, owner))} <= said.keys()
            and not said[at, (owner, holder)].declined
            and not said[at, (holder, owner)].declined
        ]
        if not mutual or (owner, holder) in withdrawn:
            continue
        for field in ("email", *filled.get(owner, ())):
            if (owner, field) in ticked:
                expected[owner, holder, field] = max(ticked[owner, field], min(mutual))
    return expected


def _evening(said, ticked, filled, withdrawn) -> list[Person]:
    at = [event(community_, slug) for community_ in [community()] for slug in ("one", "two")]
    people = [person(number) for number in PEOPLE]
    rsvps = {
        (e, p): enter(at[e], people[p].name, status="going", at=NOW, person=people[p])
        for e, p in product(EVENTS, PEOPLE)
    }
    for (e, (noter, met)), how in said.items():
        encounter = Encounter(
            event_id=at[e].id, noter=rsvps[e, noter], met=rsvps[e, met], noted_at=how.at
        )
        encounter.declined_at = how.at if how.declined else None
        db.session.add(encounter)
    for (owner, field), since in ticked.items():
        db.session.add(CardShare(person_id=people[owner].id, field=field, since=since))
    for owner, fields in filled.items():
        values = dict.fromkeys(fields, "said")
        db.session.add(Card(person_id=people[owner].id, changed_at=NOW, **values))
    for owner, holder in withdrawn:
        row = CardWithdrawal(owner_id=people[owner].id, holder_id=people[holder].id, at=NOW)
        db.session.add(row)
    db.session.flush()
    return people
