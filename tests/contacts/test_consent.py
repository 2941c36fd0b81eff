"""Whatever people say, decline, take back, tick and withdraw: contacts, files, counts, searches and
QR codes have the fields that their owners share with whom they met, and no others; the feed and the
mail of a follow-up have none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from eventapp.attendees.queries import Viewer
from eventapp.contacts import actions as cards
from eventapp.contacts import queries
from eventapp.contacts.address_books import FORMATS
from eventapp.contacts.feed import feed_text
from eventapp.contacts.queries import Wanted
from eventapp.contacts.vcard import short_vcard, vcards
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.met import actions as met
from eventapp.met.queries import Attendee, meeting_if_seen
from eventapp.model import CardWithdrawal, Encounter, OutboxMail, Person, Rsvp
from tests.contacts.evening import card
from tests.make import Make
from tests.met.evening import last_night
from tests.properties import HealthCheck, given, settings, st

NAMES = ("Ana", "Bea", "Carla")
FIELDS = ("email", "phone", "company")
COMPANIES = ("Hortaleza", "Quantum", "Zephyr")  # too unlike for a search to mix them up
GUESTS = st.integers(0, len(NAMES) - 1)
PAIRS = st.sampled_from(["say", "say", "say", "decline", "forget", "withdraw", "share_again"])
STEPS = st.one_of(
    st.tuples(PAIRS, GUESTS, GUESTS),
    st.tuples(st.just("tick"), GUESTS, st.sets(st.sampled_from(FIELDS))),
)


STORIES = st.lists(STEPS, min_size=4, max_size=16)
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=5, suppress_health_check=SUPPRESSED)
@given(steps=STORIES)
def test_whatever_people_do_contacts_keep_to_consent(
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
    rsvps = [make.rsvp(event, name, listing="everyone") for name in NAMES]
    for number, rsvp in enumerate(rsvps):
        phone = f"+3460000000{number}"
        card(make, rsvp.person, shared=[], phone=phone, company=COMPANIES[number])
    ids = [rsvp.id for rsvp in rsvps]
    with app.app_context():
        for verb, one, other in steps:
            at += timedelta(minutes=1)
            act(verb, ids[one], ids[other] if isinstance(other, int) else other, at)
            db.session.expire_all()
            for id_ in ids:
                check(db.session.get_one(Rsvp, id_), ids)
        with transaction():
            db.session.execute(delete(OutboxMail))


def act(verb: str, one: int, other: Any, at: Any) -> None:
    rsvp = db.session.get_one(Rsvp, one)
    assert rsvp.person is not None
    if verb == "tick":
        with transaction():
            cards.keep_card(rsvp.person, {}, shared=other, at=at)
        return
    them = db.session.get_one(Rsvp, other)
    guest = Attendee(rsvp.event, rsvp.person, rsvp, Viewer(rsvp.person, rsvp))
    if one == other or not meeting_if_seen(guest, other):
        return
    with transaction():
        if verb == "say":
            met.say_we_met(guest, them, at=at, note={"follow_up_on": date(2026, 10, 8)})
        elif verb == "withdraw":
            cards.withdraw(rsvp.person, person_of(them), at=at)
        elif verb == "share_again":
            cards.share_again(rsvp.person, person_of(them))
        else:
            getattr(met, verb)(guest, them, at=at)


def person_of(rsvp: Rsvp) -> Person:
    assert rsvp.person is not None
    return rsvp.person


def check(holder: Rsvp, ids: list[int]) -> None:
    person, at = person_of(holder), clock.now()
    known = queries.known_to(person)
    contacts = queries.contacts_of(person, known, at=at)
    told = [vcards(contacts).decode(), *(write(contacts).decode() for write in FORMATS.values())]
    quiet = feed_text(person, known, at=at).replace("\r\n ", "")
    sharing = 0
    for other in (db.session.get_one(Rsvp, id_) for id_ in ids if id_ != holder.id):
        shared = fields_shared(other, holder)
        sharing += "email" in shared
        for field, value in values_of(other).items():
            assert value not in quiet
            for file in told:
                assert (value in ungrouped(file)) == (field in shared), (field, file)
        found = queries.wanted_among(person, known, Wanted(values_of(other)["company"]))
        assert bool(found) == ("company" in shared)
    assert queries.inside(person, known, []).with_email == sharing
    own = short_vcard(queries.shared_card(person, at=at)).replace("\r\n ", "")
    ticked = {share.field for share in queries.shares_of(person)}
    assert {field for field, value in values_of(holder).items() if value in own} == ticked


def ungrouped(file: str) -> str:
    """A file on one line, with the digits of its phones together."""
    return re.sub(r"(?<=\d) (?=\d)", "", file.replace("\r\n ", ""))


def values_of(rsvp: Rsvp) -> dict[str, str]:
    own = queries.card_of(person_of(rsvp))
    return {"email": person_of(rsvp).email, "phone": own.phone, "company": own.company}


def fields_shared(owner: Rsvp, holder: Rsvp) -> set[str]:
    """What the owner shares with the holder, by the rows alone."""
    own, other = person_of(owner), person_of(holder)
    took_back = {
        (row.owner_id, row.holder_id) for row in db.session.scalars(select(CardWithdrawal))
    }
    both = says(owner, holder) and says(holder, owner)
    if not both or (own.id, other.id) in took_back:
        return set()
    return {share.field for share in queries.shares_of(own)}


def says(one: Rsvp, other: Rsvp) -> bool:
    pair = Encounter.noter_id == one.id, Encounter.met_id == other.id
    row = db.session.scalar(select(Encounter).where(*pair))
    return row is not None and not (row.taken_back_at or row.declined_at)
