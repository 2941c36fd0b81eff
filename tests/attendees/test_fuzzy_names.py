"""Whoever types a name with a mistake in it finds the person who was meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from bench.mistakes import MISTAKES, queries
from bench.names import names
from eventapp.attendees.queries import find_by_name, ids_by_name
from eventapp.core import text
from eventapp.core.db import db
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions import enter, enter_all, rename
from tests.attendees.rows import NOW, community, event, on_a_database
from tests.core.test_fuzzy import edits
from tests.make import Make
from tests.properties import given, st


def found(event: Any, typed: str, limit: int = 20) -> list[str]:
    return [rsvp.name for rsvp in db.session.scalars(find_by_name(event.id, typed, limit=limit))]


@pytest.mark.slow
@pytest.mark.parametrize("count", [120, pytest.param(500, marks=pytest.mark.long)])
def test_of_mistyped_names_95_in_100_are_among_the_first_five(make: Make, count: int) -> None:
    evening, called = make.event(), names(3000)
    with make.act():
        guests = [{"name": name, "status": "going"} for name in called]
        enter_all(db.session.get_one(Event, evening.id), guests, at=NOW)
    asked = queries(called, count)
    assert {query.mistake for query in asked} == MISTAKES.keys()
    with make.act():
        missed = [
            query
            for query in asked
            if text.fold(query.name) not in map(text.fold, found(evening, query.typed, limit=5))
        ]
    assert len(missed) <= count * 0.05, missed


LETTERS = "aben王"
NAMES = st.lists(st.text(LETTERS + "é", min_size=1, max_size=9), min_size=1, max_size=4)


@given(words=NAMES, others=st.lists(NAMES, max_size=3), data=st.data())
@on_a_database
def test_one_mistake_in_a_longer_word_hides_nobody(
    app: Flask, words: list[str], others: list[list[str]], data: st.DataObject
) -> None:
    long = [place for place, word in enumerate(words) if len(text.fold(word)) >= 4]
    if not long:
        return
    place = data.draw(st.sampled_from(long))
    spoilt = data.draw(st.sampled_from(sorted(edits(text.fold(words[place]), LETTERS))))
    typed = [*words[:place], spoilt, *words[place + 1 :]]
    with app.app_context():
        here = event(community(), "here")
        guest = enter(here, " ".join(words), status="going", at=NOW)
        for other in others:
            enter(here, " ".join(other), status="going", at=NOW)
        shuffled = " ".join(data.draw(st.permutations(typed)))
        assert guest.id in ids_by_name(here.id, shuffled, limit=20)
        db.session.rollback()


@pytest.mark.parametrize(
    "typed",
    [
        "José Núñez de la Fuente",
        "jose nunez fuente",
        "fuente nunez jose",
        "jos nuñ",
        "jsoe nunes",
        "nuñes de la funte",
        "jose de los nunez",
        "nunzz jos",
        "josé fuentes",
    ],
)
def test_names_are_found_as_people_type_them(make: Make, typed: str) -> None:
    evening = make.event()
    for name in ("José Núñez de la Fuente", "Eva Ruiz", "Jordi Puig"):
        make.rsvp(evening, name, person=None)
    with make.act():
        assert found(evening, typed) == ["José Núñez de la Fuente"]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("ana gil", ["Ana Gil", "Gil Ana", "Ana Gil Ruiz", "Ana Gilabert", "Anna Gil"]),
        ("gil ana", ["Gil Ana", "Ana Gil", "Ana Gil Ruiz", "Ana Gilabert", "Anna Gil"]),
        ("anna gil", ["Anna Gil", "Ana Gil", "Gil Ana", "Ana Gil Ruiz", "Ana Gilabert"]),
    ],
)
def test_the_nearest_name_comes_first(make: Make, typed: str, order: list[str]) -> None:
    evening = make.event()
    for name in sorted(order, key=hash):
        make.rsvp(evening, name, person=None)
    with make.act():
        assert found(evening, typed) == order


def test_names_that_are_nearly_so_stay_away_where_enough_are_called_so(make: Make) -> None:
    evening = make.event()
    for number in range(5):
        make.rsvp(evening, f"Marta {number}", person=None)
    make.rsvp(evening, "Maria", person=None)
    with make.act():
        assert found(evening, "marta") == [f"Marta {number}" for number in range(5)]
        assert found(evening, "marta 1") == ["Marta 1"]


def test_pages_repeat_nobody_and_leave_nobody_out(make: Make) -> None:
    evening = make.event()
    for name in ("Maria", "Mario", "Mariam", "Marta", "Marie", "Mari Paz"):
        make.rsvp(evening, name, person=None)
    with make.act():
        everybody = ids_by_name(evening.id, "maria", limit=20)
        pages = [ids_by_name(evening.id, "maria", limit=2, offset=n) for n in (0, 2, 4)]
        assert [id_ for page in pages for id_ in page] == everybody
        assert found(evening, "maria")[:2] == ["Maria", "Mariam"]


def test_who_does_not_meet_the_conditions_is_not_nearly_found_either(make: Make) -> None:
    evening = make.event()
    make.rsvp(evening, "Ana Ruiz", status="pending")
    with make.act():
        assert ids_by_name(evening.id, "ana riuz", Rsvp.status == "going", limit=9) == []
        assert len(ids_by_name(evening.id, "ana riuz", Rsvp.status == "pending", limit=9)) == 1


def test_who_is_called_otherwise_is_found_so_with_a_mistake_too(make: Make) -> None:
    evening = make.event()
    rsvp = make.rsvp(evening, "Ana Ruiz", person=None)
    with make.act():
        rename(db.session.get_one(Rsvp, rsvp.id), "Beatriz Sanz")
    with make.act():
        assert found(evening, "ruis") == []
        assert found(evening, "beatirz") == ["Beatriz Sanz"]


def test_a_search_asks_the_database_three_times_however_many_are_found(
    make: Make, count_queries: Callable[[], Any]
) -> None:
    evening = make.event()
    for number in range(30):
        make.rsvp(evening, f"Maria {number} Garcia", person=None)
    for typed in ("maria garcia", "mraia garzia", "nobody of this name"):
        with make.act(), count_queries() as statements:
            ids_by_name(evening.id, typed, limit=20)
        assert len(statements) <= 3, statements
