"""What /privacy promises: some months after an event, nobody is named there any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from eventapp.account.actions import (
    forget_old_codes,
    forget_old_sessions,
    new_code,
    start_session,
)
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail, forget_old, queue
from eventapp.guests.tickets import send_tickets
from eventapp.me.actions import NOBODY, forget_past_events, forget_people_without_events
from eventapp.met.actions import forget_who_was_asked
from eventapp.model import (
    CheckIn,
    Encounter,
    Event,
    MailedCode,
    NameWord,
    Notice,
    NoticeKind,
    Organiser,
    Person,
    Rsvp,
    Session,
)
from eventapp.rsvp.actions import forget_undelivered, note_told
from tests.make import Make
from tests.met.evening import let_in


def forget(make: Make) -> int:
    return make.due(forget_past_events)


def forget_people(make: Make) -> int:
    return make.due(forget_people_without_events)


def past_event(make: Make, community=None, *, days: int, months: int = 12):
    community = community or make.community(keep_months=months)
    return make.event(community, starts_at=clock.now() - timedelta(days=days, hours=3))


def test_a_guest_is_forgotten_when_the_months_are_over(make):
    event = past_event(make, days=367)
    ana = make.rsvp(event, "Ana", ask_me_about="bread", answers={"Diet": "none"})
    let_in(make, ana)
    assert forget(make) == 1
    assert forget(make) == 0
    row = make.row(Rsvp, id=ana.id)
    assert (row.name, row.person_id, row.ask_me_about, row.answers) == (NOBODY, None, "", {})
    assert row.key != ana.key
    assert not make.rows(NameWord, rsvp_id=ana.id)


def test_who_is_called_like_the_forgotten_is_forgotten_too(make):
    make.rsvp(past_event(make, days=367), NOBODY)
    assert (forget(make), forget(make)) == (1, 0)
    assert make.row(Rsvp).person_id is None


def test_what_an_event_counts_stays(make):
    event = past_event(make, days=367)
    let_in(make, make.rsvp(event, "Ana", companions=2))
    forget(make)
    assert make.row(CheckIn).people == 1
    assert make.row(Event).seats_taken == 3


def test_nobody_is_forgotten_before(make):
    ana = make.rsvp(past_event(make, days=360), "Ana")
    bea = make.rsvp(past_event(make, days=367, months=24), "Bea")
    assert forget(make) == 0
    assert {row.name for row in make.rows(Rsvp)} == {ana.name, bea.name}


def test_who_met_whom_there_is_forgotten_too(make):
    event = past_event(make, days=367)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea"))
    with make.act():
        met = {"event_id": event.id, "noter_id": ana.id, "met_id": bea.id}
        db.session.add(Encounter(**met, noted_at=event.ends_at))
    assert make.rows(Encounter)
    forget(make)
    assert not make.rows(Encounter)


def test_who_comes_to_a_later_event_stays_a_person(make):
    old = make.rsvp(past_event(make, days=367), "Ana")
    new = make.rsvp(make.event(), "Ana", person=old.person)
    assert forget(make) == 1
    assert make.row(Rsvp, id=old.id).name == NOBODY
    assert make.row(Rsvp, id=new.id).person_id == old.person_id


def test_an_organiser_stays_a_person(make):
    community = make.community()
    olga = make.organiser(community)
    event = past_event(make, community, days=367)
    make.rsvp(event, "Olga", person=olga)
    assert forget(make) == 1
    assert make.row(Organiser).person_id == olga.id


def test_who_is_on_no_list_any_more_is_no_person_any_more(make):
    long_ago = clock.now() - timedelta(days=400)
    gone, guest, olga, recent, signed_in = (
        make.person(created_at=at) for at in (*[long_ago] * 3, clock.now(), long_ago)
    )
    make.rsvp(make.event(), person=guest)
    community = make.community()
    with make.act():
        row = {"community_id": community.id, "person_id": olga.id, "since": clock.now()}
        db.session.add(Organiser(**row))
        start_session(signed_in, user_agent="", at=clock.now())
    assert forget_people(make) == 1
    kept = {person.id for person in make.rows(Person)}
    assert kept == {guest.id, olga.id, recent.id, signed_in.id}
    assert gone.id not in kept


def test_a_guest_with_a_name_alone_is_forgotten(make):
    make.rsvp(past_event(make, days=367), "Walter Walk-in", person=None)
    assert forget(make) == 1
    assert make.row(Rsvp).name == NOBODY


def test_the_digits_of_a_forgotten_answer_go_with_it(make):
    event = past_event(make, days=367)
    ana = make.rsvp(event, "Ana")
    with make.act():
        new_code("ana@example.org", at=clock.now(), valid=timedelta(hours=1), rsvp=ana)
    forget(make)
    assert not make.rows(MailedCode)


def test_no_mail_says_whose_a_forgotten_answer_was(make):
    old = make.rsvp(past_event(make, days=367), "Ana")
    new = make.rsvp(make.event(), "Ana", person=old.person)
    bea = make.rsvp(make.row(Event, id=old.event_id), "Bea")
    elsewhere = make.rsvp(make.row(Event, id=new.event_id), "Bea", person=bea.person)
    goes = {"old": (old, old.person), "met Bea": (old, bea.person), "met": (bea, old.person)}
    stays = {"new": (new, old.person), "elsewhere": (elsewhere, bea.person)}
    with make.act():
        mail: dict[str, Any] = {"to": "x@example.org", "language": "en", "values": {}}
        for name, (about, to) in (goes | stays).items():
            notice_id = note_told(NoticeKind.DID_YOU_MEET, to, about, at=clock.now())
            queue(name, notice_id=notice_id, at=clock.now(), **mail)
        queue("about old", about_id=old.id, at=clock.now(), **mail)
        queue("about new", about_id=new.id, at=clock.now(), **mail)
    assert forget(make) == 2
    assert [row.template for row in make.rows(OutboxMail)] == [*stays, "about new"]
    assert len(make.rows(Notice)) == len(stays)


def test_codes_and_sessions_that_expired_are_forgotten(make):
    ana, now = make.person(), clock.now()
    with make.act():
        for days in (0, 6, 8):
            new_code("ana@example.org", at=now - timedelta(days=days), valid=timedelta(minutes=1))
        for days in (0, 400):
            start_session(ana, user_agent="", at=now - timedelta(days=days))
    assert make.due(forget_old_codes, forget_old_sessions) == 2
    assert (len(make.rows(MailedCode)), len(make.rows(Session))) == (2, 1)


@pytest.mark.parametrize(("days", "is_open"), [(59, True), (61, False)])
def test_who_was_asked_about_whom_is_forgotten_once_nobody_can_answer(make, days, is_open):
    past_event(make, days=200)  # another event keeps other days
    event = past_event(make, days=days)
    ana, bea = (make.rsvp(event, name) for name in ("Ana", "Bea"))
    with make.act():
        for kind in (NoticeKind.DID_YOU_MEET, NoticeKind.TICKET):
            notice_id = note_told(kind, bea.person, ana, at=clock.now())
            mail: dict[str, Any] = {"to": "bea@example.org", "language": "en", "values": {}}
            queue(kind, notice_id=notice_id, at=clock.now(), **mail)
    make.due(forget_who_was_asked)
    stay = {NoticeKind.TICKET, *([NoticeKind.DID_YOU_MEET] if is_open else [])}
    assert {row.kind for row in make.rows(Notice)} == stay
    assert {row.template for row in make.rows(OutboxMail)} == stay


@pytest.mark.parametrize(("days", "stays"), [(89, True), (91, False)])
def test_old_mails_are_forgotten(make, days, stays):
    at = clock.now() - timedelta(days=days)
    with make.act():
        queue("met/mail/morning_after", to="x@example.org", language="en", values={}, at=at)
    make.due(forget_undelivered, forget_old)
    assert bool(make.rows(OutboxMail)) == stays


@pytest.mark.parametrize("arrived", [True, False])
def test_who_was_told_is_not_told_again_however_old_the_mail_is(make, arrived):
    event = make.event(starts_at=clock.now() + timedelta(days=30))
    make.rsvp(event, source="import", confirmed_at=None)
    then, end = clock.now() - timedelta(days=91), {"failed_at": clock.now(), "failure": "refused"}
    with make.act():
        send_tickets(db.session.get_one(Event, event.id), at=then)
        db.session.execute(update(OutboxMail).values({"sent_at": then} if arrived else end))
    make.due(forget_undelivered, forget_old)
    assert not make.rows(OutboxMail)
    with make.act():
        assert send_tickets(db.session.get_one(Event, event.id), at=clock.now()) == (
            0 if arrived else 1
        )
    assert len(make.rows(OutboxMail)) == len(make.rows(Notice)) - arrived
