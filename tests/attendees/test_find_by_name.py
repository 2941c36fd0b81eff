"""Names are found by how their words begin, or nearly so, whatever the accents; each one once."""

from __future__ import annotations

import pytest
from flask import Flask

from eventapp.attendees.queries import find_by_name
from eventapp.attendees.queries.names import FEW
from eventapp.core import fuzzy, text
from eventapp.core.db import db
from eventapp.core.name_words import begin, found_by, index_words, typed_words, words_of
from eventapp.rsvp.actions import enter
from tests.attendees.rows import NOW, community, event, on_a_database
from tests.make import Make
from tests.properties import given, st

ALPHABET = "aáAbßñN' -王\U00020000"
NAMES = st.text(ALPHABET, min_size=1, max_size=12)


def is_called(name: str, typed: str) -> bool:
    longest, *others = sorted(dict.fromkeys(typed_words(typed)), key=len, reverse=True) or [""]
    return (
        bool(longest)
        and begin([longest], index_words(name))
        and all(begin([one], text.words(name)) for one in others)
    )


def is_nearly_called(name: str, typed: str) -> bool:
    words = list(dict.fromkeys(typed_words(typed)))
    near = [
        begin([one], index_words(name))
        or any(fuzzy.nearness(one, word) is not None for word in words_of(name))
        for one in words
    ]
    longest, *others = sorted(words, key=len, reverse=True) or [""]
    joined = begin([longest], found_by(name)) and all(
        begin([one], text.words(name)) for one in others
    )
    return bool(words) and (all(near) or joined or begin(["".join(words)], found_by(name)))


@pytest.mark.slow
@given(names=st.lists(NAMES, max_size=12), typed=st.text(ALPHABET, max_size=9))
@on_a_database
def test_all_who_are_called_so_are_found_once(app: Flask, names: list[str], typed: str) -> None:
    with app.app_context():
        at = community()
        here, elsewhere = event(at, "here"), event(at, "elsewhere")
        for name in names:
            enter(here, name, status="going", at=NOW)
            enter(elsewhere, name, status="going", at=NOW)
        found = db.session.scalars(find_by_name(here.id, typed, limit=100)).all()
        called = sorted(name for name in names if is_called(name, typed))
        others = [name for name in names if name not in called and is_nearly_called(name, typed)]
        assert sorted(rsvp.name for rsvp in found[: len(called)]) == called
        assert sorted(rsvp.name for rsvp in found[len(called) :]) == (
            sorted(others) if len(called) < FEW else []
        )
        assert all(rsvp.event_id == here.id for rsvp in found)
        db.session.rollback()


def test_what_follows_a_prefix_may_be_any_letter(make: Make) -> None:
    evening = make.event()
    make.rsvp(evening, "Li\U00020000", person=None)
    with make.act():
        [found] = db.session.scalars(find_by_name(evening.id, "li", limit=10)).all()
    assert found.name == "Li\U00020000"


def test_a_limit_holds_and_goes_on_where_it_stopped(make: Make) -> None:
    evening = make.event()
    for number in range(7):
        make.rsvp(evening, f"Ana {number}", person=None)
    with make.act():
        pages = [
            db.session.scalars(find_by_name(evening.id, "ana", limit=3, offset=offset)).all()
            for offset in (0, 3, 6)
        ]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({rsvp.id for page in pages for rsvp in page}) == 7


@pytest.mark.parametrize("typed", ["", "   ", "...", "\x00", "'"])
def test_no_words_find_nobody(make: Make, typed: str) -> None:
    evening = make.event()
    make.rsvp(evening, "Ana Ruiz")
    with make.act():
        assert db.session.scalars(find_by_name(evening.id, typed, limit=10)).all() == []


def test_a_long_text_is_no_trouble(make: Make) -> None:
    evening = make.event()
    make.rsvp(evening, "Ana Ruiz")
    with make.act():
        typed = " ".join(f"w{number}" for number in range(20_000))
        assert db.session.scalars(find_by_name(evening.id, typed, limit=10)).all() == []
