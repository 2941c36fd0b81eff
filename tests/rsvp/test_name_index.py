"""The words that a name is found by, and those that are nearly so, come and go with the guests."""

from __future__ import annotations

from threading import Event as Signal
from threading import Thread
from typing import Any

from sqlalchemy import select

from eventapp.core import fuzzy
from eventapp.core.db import db
from eventapp.me.actions.anonymise import anonymise
from eventapp.model import Event, NearWord, Rsvp
from eventapp.rsvp.actions import enter_all, lock_seats, rename
from tests.attendees.rows import NOW
from tests.make import Make


def near_words(make: Make, event: Any) -> set[str]:
    rows = make.rows(NearWord, event_id=event.id)
    words = {row.word for row in rows}
    assert {(row.key, row.word) for row in rows} == {
        (key, word) for word in words for key in fuzzy.index_keys(word)
    }
    return words


def test_each_word_is_kept_once_for_all_guests(make: Make) -> None:
    evening, other = make.event(), make.event()
    with make.act():
        here = db.session.get_one(Event, evening.id)
        guests = [{"name": f"Ana Ruiz de Nº{n}", "status": "going"} for n in range(1500)]
        enter_all(here, guests, at=NOW)
        enter_all(here, guests[:3], at=NOW)
    make.rsvp(other, "Ana Gil")
    assert {"ana", "ruiz", "no1499"} <= near_words(make, evening)
    assert near_words(make, other) == {"ana", "gil"}


def test_who_is_called_otherwise_takes_along_only_words_that_nobody_else_has(make: Make) -> None:
    evening, other = make.event(), make.event()
    ana = make.rsvp(evening, "Ana Ruiz Zubizarreta", person=None)
    make.rsvp(evening, "Eva Ruiz", person=None)
    make.rsvp(other, "Ana Zubizarreta", person=None)
    with make.act():
        rename(db.session.get_one(Rsvp, ana.id), "Anna Ruiz")
    assert near_words(make, evening) == {"anna", "ruiz", "eva"}
    assert near_words(make, other) == {"ana", "zubizarreta"}


def test_who_is_forgotten_leaves_no_word(make: Make) -> None:
    evening = make.event()
    ana = make.rsvp(evening, "Ana Zubizarreta", person=None)
    with make.act():
        anonymise(db.session.get_one(Rsvp, ana.id))
    assert near_words(make, evening) == set()


def test_an_event_takes_its_words_along(make: Make) -> None:
    evening = make.event()
    make.rsvp(evening, "Ana Ruiz", person=None)
    with make.act():
        db.session.delete(db.session.get_one(Event, evening.id))
    assert near_words(make, evening) == set()


def test_a_word_stays_for_whom_is_added_while_its_last_guest_is_renamed(make: Make) -> None:
    evening = make.event()
    ana = make.rsvp(evening, "Ana Ruiz", person=None)
    about_to_commit, asked = Signal(), Signal()

    def add_another() -> None:
        with make.act():
            here = db.session.get_one(Event, evening.id)
            lock_seats(here)
            enter_all(here, [{"name": "Eva Ruiz", "status": "pending"}], at=NOW)
            about_to_commit.set()
            asked.wait(0.5)  # for as long as the other one waits for the lock, or a moment

    adding = Thread(target=add_another)
    adding.start()
    about_to_commit.wait(10)
    with make.act():
        rename(db.session.scalars(select(Rsvp).where(Rsvp.id == ana.id)).one(), "Ana Gil")
        asked.set()
    adding.join()
    assert near_words(make, evening) == {"ana", "gil", "eva", "ruiz"}
