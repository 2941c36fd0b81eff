"""Who says their name and the last letters of their address is let in, once, and nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction, RepeatedScan
from eventapp.kiosk.self_check_in import (
    NAMESAKES_MOST,
    Claim,
    TooManyWrongLetters,
    is_end_of,
    proves_something,
    self_check_in,
)
from eventapp.kiosk.wrong_tries import TryLimit, forget_wrong_tries
from eventapp.model import CheckIn, DoorLog, Event, WrongTries

PHONE = TryLimit("a phone", 3)
OTHER_PHONE = TryLimit("another phone", 3)
NETWORK = TryLimit("a network", 5)


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def ana(make, event):
    return make.rsvp(event, "Ana María López", person=make.person("ana.lopez@example.org"))


@pytest.fixture
def say(make, event):
    """What becomes of a name and letters: outcome and reason."""

    def saying(name, letters, *, scan_id=None, at=None, limits=(PHONE, NETWORK)):
        now = at or clock.now()
        action = DoorAction(
            scan_id or str(uuid4()), "Tablet", "link:1", happened_at=now, heard_at=now
        )
        with make.act():
            door = event_at_door(event.slug)
            result = self_check_in(door, Claim(name, letters), action, limits)
        return result.outcome, result.reason

    return saying


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana María López", "opez"),
        ("ana lopez", "LOPEZ"),
        ("LÓPEZ, ana", "a.lopez"),
        ("ana m", "opez@example.org"),
        ("lopez", " opez@"),
    ],
)
def test_name_and_letters_let_in(make, say, ana, name, letters):
    assert say(name, letters) == ("admitted", None)
    assert make.row(CheckIn).rsvp_id == ana.id
    assert (make.row(CheckIn).door, make.row(CheckIn).by) == ("Tablet", "link:1")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana López", "opex"),
        ("Ana Lopex", "opez"),  # a door's search may forgive that, a proof does not
        ("Beto", "opez"),
        ("nuria", "opez"),
        ("Ana López", "@example.org"),
        ("Ana López", "mple.org"),
        ("Ana López", "opez@gmail.com"),
        ("Ana López", "xana.lopez"),
        ("", "opez"),
        ("—", "opez"),
    ],
)
def test_anything_less_is_not_found(make, say, event, ana, name, letters):
    make.rsvp(event, "Beto Gil", person=make.person("beto@example.org"))
    assert say(name, letters) == ("denied", "unknown")
    assert not make.rows(CheckIn)
    assert make.row(DoorLog).rsvp_id is None


@pytest.mark.parametrize(
    ("typed", "is_theirs"),
    [
        ("jo@x.org", True),
        ("jo", False),
        ("o@x.org", False),
        ("jo@y.org", False),
        ("@x.org", False),
        ("", False),
    ],
)
def test_a_short_address_is_typed_whole(typed, is_theirs):
    assert is_end_of("jo@x.org", typed) is is_theirs
    assert not is_theirs or proves_something(typed)


def test_two_who_could_be_meant_are_both_not_found(make, say, event):
    for number in (1, 2):
        make.rsvp(event, "Ana Ruiz", person=make.person(f"ana{number}.ruiz@example.org"))
    assert say("Ana Ruiz", "ruiz") == ("denied", "unknown")
    assert say("Ana Ruiz", "ana2.ruiz") == ("admitted", None)


def test_a_name_that_half_of_the_list_shares_means_nobody(make, say, event, ana):
    for number in range(NAMESAKES_MOST):
        make.rsvp(event, f"Ana {'abcdefghijkl'[number] * 4}")
    assert say("ana", "opez") == ("denied", "unknown")
    assert say("ana lop", "opez") == ("admitted", None)


def test_who_has_no_address_asks_at_the_door(make, say, event):
    make.rsvp(event, "Ana Ruiz", person=None)
    assert say("Ana Ruiz", "ruiz") == ("denied", "unknown")


def test_a_guest_of_another_event_is_not_found(make, say):
    make.rsvp(make.event(), "Ana López", person=make.person("ana.lopez@example.org"))
    assert say("Ana López", "opez") == ("denied", "unknown")


@pytest.mark.parametrize(
    ("status", "reason"),
    [("waitlisted", "waitlisted"), ("cancelled", "cancelled"), ("pending", "not_approved")],
)
def test_who_has_no_place_is_not_let_in(make, say, event, status, reason):
    make.rsvp(event, "Ana Ruiz", status=status, person=make.person("a.ruiz@example.org"))
    assert say("Ana Ruiz", "ruiz") == ("denied", reason)
    assert not make.rows(CheckIn)


def test_outside_the_hours_nothing_is_compared(make, say, event, ana):
    opens, closes = event.door_opens_at, event.door_closes_at
    for at, reason in ((opens - timedelta(seconds=1), "too_early"), (closes, "too_late")):
        assert say("Ana López", "opez", at=at) == say("Nobody", "none", at=at) == ("denied", reason)
    assert {row.rsvp_id for row in make.rows(DoorLog)} == {None}


def test_a_party_comes_in_once(make, say, event):
    make.rsvp(event, "Ana Ruiz", companions=2, person=make.person("a.ruiz@example.org"))
    assert say("Ana Ruiz", "ruiz") == ("admitted", None)
    assert say("Ana Ruiz", "ruiz") == ("already", None)
    assert make.row(Event, id=event.id).admitted == 3


def tried(make) -> dict[str, int]:
    """How many wrong letters came from where."""
    return {row.source: row.tries for row in make.rows(WrongTries)}


def test_a_phone_that_tries_letters_is_told_to_wait(make, say, ana):
    for number in range(PHONE.wrong_most):
        assert say("Ana López", f"{number:04d}") == ("denied", "unknown")
    for letters in ("nope", "opez"):
        with pytest.raises(TooManyWrongLetters):
            say("Ana López", letters)
    assert not make.rows(CheckIn)
    assert len(make.rows(DoorLog)) == PHONE.wrong_most


def test_another_phone_lets_the_same_guest_in(make, say, ana):
    for _ in range(PHONE.wrong_most):
        say("Ana López", "nope")
    assert say("Ana López", "opez", limits=(OTHER_PHONE, NETWORK)) == ("admitted", None)
    assert make.row(CheckIn).rsvp_id == ana.id


def test_new_phones_of_one_network_get_no_more_tries_than_it_has(make, say, ana):
    for number in range(NETWORK.wrong_most):
        say("Ana López", "nope", limits=(TryLimit(f"phone {number}", 3), NETWORK))
    with pytest.raises(TooManyWrongLetters):
        say("Ana López", "opez", limits=(OTHER_PHONE, NETWORK))
    elsewhere = (OTHER_PHONE, TryLimit("another network", 5))
    assert say("Ana López", "opez", limits=elsewhere) == ("admitted", None)


def test_after_a_while_the_same_phone_may_try_again(make, say, ana):
    now = clock.now()
    for _ in range(PHONE.wrong_most):
        say("Ana López", "nope", at=now)
    with pytest.raises(TooManyWrongLetters):
        say("Ana López", "opez", at=now + PHONE.counted_for - timedelta(seconds=1))
    assert say("Ana López", "opez", at=now + PHONE.counted_for) == ("admitted", None)


def test_the_right_letters_cost_no_try(make, say, ana):
    for _ in range(NETWORK.wrong_most + 1):
        say("Ana López", "opez")
    assert tried(make) == {PHONE.source: 0, NETWORK.source: 0}


def test_a_repeat_is_no_further_try(make, say, ana):
    scan_id = str(uuid4())
    say("Ana López", "nope", scan_id=scan_id)
    for letters in ("opez", "nope"):
        with pytest.raises(RepeatedScan):
            say("Ana López", letters, scan_id=scan_id)
    assert tried(make) == {PHONE.source: 1, NETWORK.source: 1}
    assert not make.rows(CheckIn)


def test_many_guesses_at_once_get_no_more_tries(app, make, event, ana):
    def guess(number):
        now = clock.now()
        action = DoorAction(str(uuid4()), "Tablet", "x", happened_at=now, heard_at=now)
        limits = [TryLimit(f"phone {number % 4}", 3), NETWORK]
        if number % 2:
            limits.reverse()
        with app.app_context():
            try:
                with transaction():
                    claim = Claim("ana", f"{number:04d}")
                    return self_check_in(event_at_door(event.slug), claim, action, limits).reason
            except TooManyWrongLetters as no:
                return no.code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(4 * NETWORK.wrong_most)))
    assert answers.count("unknown") == NETWORK.wrong_most
    assert set(answers) == {"unknown", TooManyWrongLetters.code}
    assert tried(make)[NETWORK.source] == NETWORK.wrong_most


def test_counts_that_are_over_are_forgotten(make, say, ana):
    say("Ana López", "nope")
    for at, gone in ((clock.now(), 0), (clock.now() + PHONE.counted_for, 2)):
        with time_machine.travel(at):
            assert make.due(forget_wrong_tries) == gone
    assert not make.rows(WrongTries)


def test_an_event_that_is_deleted_leaves_no_counts(make, say, event, ana):
    say("Ana López", "nope")
    with make.act():
        db.session.delete(db.session.get_one(Event, event.id))
    assert not make.rows(WrongTries)
