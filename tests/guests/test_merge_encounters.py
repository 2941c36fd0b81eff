"""Two guests become one: whom they met, who met them, and what each account keeps for itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from eventapp.contacts.queries import contacts_of, known_to
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.met.actions import tell_who_met_them
from eventapp.met.queries import names_of
from eventapp.model import (
    Block,
    Encounter,
    NameWord,
    NotedName,
    Notice,
    OutboxMail,
    Person,
    Rsvp,
    Status,
)
from eventapp.rsvp.actions import say
from tests.contacts.evening import card, met, noted
from tests.guests.merging import merge

NOW = clock.now()


@pytest.fixture
def event(make):
    return make.event(starts_at=NOW - timedelta(hours=1))


def pairs(make):
    return {(row.noter_id, row.met_id): row for row in make.rows(Encounter)}


def contacts(make, rsvp):
    """Whom the account of this guest has: name → phone, None where they share none."""
    with make.act():
        person = db.session.get_one(Person, rsvp.person_id)
        known = contacts_of(person, known_to(person), at=NOW)
        return {one.name: one.phone for one in known}


# A guest without an account, and one with


def test_who_met_the_one_who_goes_met_who_stays_once_they_say_so(make, event):
    ana, again = make.rsvp(event, "Ana Ruiz"), make.rsvp(event, "Ana", person=None)
    beto, carla = make.rsvp(event, "Beto"), make.rsvp(event, "Carla")
    noted(make, beto, ana, note="a", tags=["x"], follow_up_on=date(2026, 12, 2), tell_at=NOW)
    noted(make, beto, again, note="b", tags=["x", "y"], follow_up_on=date(2026, 12, 1))
    noted(make, carla, again, note="c", tell_at=NOW)
    noted(make, ana, carla)
    noted(make, ana, again)
    merge(make, ana, again)
    rows = pairs(make)
    assert sorted(rows) == sorted([(beto.id, ana.id), (carla.id, ana.id), (ana.id, carla.id)])
    both, hers = rows[beto.id, ana.id], rows[carla.id, ana.id]
    assert (both.note, both.tags, both.follow_up_on) == ("a\nb", ["x", "y"], date(2026, 12, 1))
    assert (both.unsure_since, both.tell_at) == (None, NOW)
    assert (hers.note, bool(hers.unsure_since), hers.tell_at) == ("c", True, None)
    assert set(contacts(make, carla)) == {"Ana Ruiz"}, "by the name of who stays"


def test_two_who_said_so_of_two_guests_do_not_share_cards_by_it(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana", person=None)
    beto = make.rsvp(event, "Beto")
    for one in (ana, beto):
        card(make, one.person)
    noted(make, beto, again)
    noted(make, ana, beto)
    merge(make, ana, again)
    assert contacts(make, ana) == {"Beto": None}
    assert contacts(make, beto) == {"Ana": None}


def test_of_two_guests_without_accounts_one_is_met(make, event):
    one, other = (make.rsvp(event, "Ana", person=None) for _ in range(2))
    beto, carla = make.rsvp(event, "Beto"), make.rsvp(event, "Carla")
    for met_one in (one, other):
        noted(make, beto, met_one, note=f"of {met_one.id}")
    noted(make, carla, other)
    left = merge(make, one, other)
    rows = pairs(make)
    assert sorted(rows) == sorted([(beto.id, left.id), (carla.id, left.id)])
    assert rows[beto.id, left.id].note == f"of {one.id}\nof {other.id}"
    assert not any(row.unsure_since for row in rows.values())


# Two accounts


def test_each_account_keeps_its_own_contacts(make, event):
    ana, again = make.rsvp(event, "Ana Ruiz"), make.rsvp(event, "Ana")
    beto, carla = make.rsvp(event, "Beto"), make.rsvp(event, "Carla")
    for one in (ana, again, beto, carla):
        card(make, one.person, phone=f"+3460000000{one.id % 10}")
    met(make, ana, beto)
    met(make, again, carla, note="bread")
    noted(make, again, beto, note="beer")
    before = {one.name: contacts(make, one) for one in (ana, again, beto, carla)}
    merge(make, ana, again)
    assert {one.name: contacts(make, one) for one in (ana, again, beto, carla)} == before
    own = make.row(Rsvp, person_id=again.person_id)
    assert sorted(pairs(make)) == sorted(
        [
            *[(ana.id, beto.id), (beto.id, ana.id)],
            *[(own.id, carla.id), (carla.id, own.id), (own.id, beto.id)],
        ]
    )


def test_an_account_keeps_the_names_that_it_noted(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana")
    for rsvp in (ana, again):
        with make.act():
            name = {"name": "Xi", "name_key": "xi", "note": str(rsvp.id), "noted_at": NOW}
            db.session.add(NotedName(rsvp_id=rsvp.id, **name))
    merge(make, ana, again)
    for rsvp in (ana, again):
        with make.act():
            person = db.session.get_one(Person, rsvp.person_id)
            assert [one.note for one in names_of(person)] == [str(rsvp.id)]


def test_who_asked_the_account_that_goes_asks_nobody_until_they_say_so(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana")
    beto, carla = make.rsvp(event, "Beto"), make.rsvp(event, "Carla")
    noted(make, beto, again, tell_at=NOW - timedelta(minutes=1))
    noted(make, carla, again, declined_at=NOW, note="stout")
    merge(make, ana, again)
    own, rows = make.row(Rsvp, person_id=again.person_id), pairs(make)
    assert rows[beto.id, ana.id].unsure_since
    assert rows[carla.id, own.id].declined_at == NOW, "no other is asked whom they declined"
    assert make.due(tell_who_met_them) == 0


def test_whom_somebody_blocked_comes_back_by_no_merge(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Anna")
    beto, carla = make.rsvp(event, "Beto"), make.rsvp(event, "Carla")
    noted(make, beto, again, note="no more")
    noted(make, carla, again)
    with make.act():
        for blocker, blocked in ((beto, again), (ana, carla)):
            pair = {"blocker_id": blocker.person_id, "blocked_id": blocked.person_id}
            db.session.add(Block(name="Anna", since=NOW, **pair))
    merge(make, ana, again)
    own, rows = make.row(Rsvp, person_id=again.person_id), pairs(make)
    assert sorted(rows) == sorted([(beto.id, own.id), (carla.id, ana.id)])
    assert contacts(make, beto) == contacts(make, carla) == {}


def test_nobody_is_told_twice_of_what_stays_with_an_account(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana")
    beto, carla = make.rsvp(event, "Beto"), make.rsvp(event, "Carla")
    noted(make, again, beto)
    noted(make, carla, again, follow_up_on=date(2026, 12, 1))
    with make.act():
        for kind, person, which in (("did_you_meet", beto, ""), ("follow_up", carla, "2026-12-01")):
            told = {"kind": kind, "person_id": person.person_id, "which": which, "at": NOW}
            db.session.add(Notice(rsvp_id=again.id, **told))
    merge(make, ana, again)
    own = make.row(Rsvp, person_id=again.person_id)
    told = {row.kind: row.rsvp_id for row in make.rows(Notice)}
    assert told == {"did_you_meet": own.id, "follow_up": ana.id}


def test_the_own_answer_is_on_no_list_and_mailed_nothing(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Ana", companions=2)
    noted(make, again, make.rsvp(event, "Beto"))
    left = merge(make, ana, again)
    own = make.row(Rsvp, person_id=again.person_id)
    assert (own.status, own.party, bool(own.removed_at)) == ("cancelled", 1, True)
    assert left.party == 3
    assert own.id not in {word.rsvp_id for word in make.rows(NameWord)}
    assert not make.rows(OutboxMail)
    assert not {again.key, again.ticket, again.badge} & {own.key, own.ticket, own.badge}


def test_whoever_answers_again_with_the_own_answer_is_found_again(make, event):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Anna")
    merge(make, ana, again)
    own = make.row(Rsvp, person_id=again.person_id)
    with make.act():
        say(db.session.get_one(Rsvp, own.id), Status.GOING, at=NOW, note="")
    own = make.row(Rsvp, person_id=again.person_id)
    assert (own.status, own.removed_at) == ("going", None)
    assert own.id in {word.rsvp_id for word in make.rows(NameWord)}
