"""Organisers' questions: what becomes of answers when a question is renamed, removed or added."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db, lock
from eventapp.events.copies import copy_event
from eventapp.model import Event, Question, Rsvp, heading_key
from eventapp.rsvp import actions
from eventapp.rsvp.actions import SameQuestion
from eventapp.rsvp.actions.questions import moved_answers
from eventapp.rsvp.queries import answer_titles
from tests.make import Make
from tests.properties import given, st
from tests.rsvp.asking import ask, asked, plan


def answers(make: Make, rsvp: Rsvp) -> Any:
    return make.row(Rsvp, id=rsvp.id).answers


def test_a_renamed_question_keeps_its_answers_and_its_place_at_the_door(make: Make) -> None:
    event = make.event()
    ask(make, event, asked("Diet", shows_at_door=True), asked("Size"))
    rsvp = make.rsvp(event, answers={"Diet": "Vegan", "Size": "M"})
    diet, size = plan(make, event)
    ids = ask(make, event, replace(size, label="T-shirt"), replace(diet, label="What you eat"))
    assert ids == [size.id, diet.id]
    assert answers(make, rsvp) == {"What you eat": "Vegan", "T-shirt": "M"}
    assert make.row(Event).door_answers == ["What you eat"]


def test_two_questions_may_change_their_labels_with_each_other(make: Make) -> None:
    event = make.event()
    ask(make, event, asked("Lunch"), asked("Dinner"))
    rsvp = make.rsvp(event, answers={"Lunch": "Rice", "Dinner": "Soup"})
    lunch, dinner = plan(make, event)
    ask(make, event, replace(lunch, label="Dinner"), replace(dinner, label="Lunch"))
    assert answers(make, rsvp) == {"Dinner": "Rice", "Lunch": "Soup"}


def test_answers_to_a_question_that_goes_stay(make: Make) -> None:
    event = make.event()
    ask(make, event, asked("Diet", shows_at_door=True))
    rsvp = make.rsvp(event, answers={"Diet": "Vegan"})
    ask(make, event)
    assert answers(make, rsvp) == {"Diet": "Vegan"}
    assert (make.rows(Question), make.row(Event).door_answers) == ([], [])
    ask(make, event, asked("diet?"))
    assert answers(make, rsvp) == {"diet?": "Vegan"}


def test_a_column_of_a_list_becomes_the_answer_to_the_question_that_says_the_same(
    make: Make,
) -> None:
    event = make.event(door_answers=["COMPANY", "Table"])
    rsvp = make.rsvp(event, answers={"COMPANY": "Acme", "Table": "4"})
    ask(make, event, asked("Company?", shows_at_door=True))
    assert answers(make, rsvp) == {"Company?": "Acme", "Table": "4"}
    assert make.row(Event).door_answers == ["Table", "Company?"]


def test_no_answer_is_lost_where_two_come_under_one_label(make: Make) -> None:
    event = make.event()
    ask(make, event, asked("Diet"), asked("Food"))
    both = make.rsvp(event, answers={"Diet": "Vegan", "Food": "Rice"})
    one = make.rsvp(event, answers={"Diet": "Vegan"})
    _, food = plan(make, event)
    ask(make, event, replace(food, label="Diet"))
    assert answers(make, both) == {"Diet": "Rice", "Diet (2)": "Vegan"}
    assert answers(make, one) == {"Diet": "Vegan"}


HEADINGS = ("Diet", "diet?", "Diet (2)", "Food", "Table")
labels = st.lists(st.sampled_from(HEADINGS), max_size=3, unique_by=heading_key)


@given(
    answers=st.dictionaries(st.sampled_from(HEADINGS), st.sampled_from(["", "a", "b", "c"])),
    before=labels,
    after=labels,
)
def test_whatever_is_renamed_every_question_keeps_its_answer_and_no_words_are_lost(
    answers: dict[str, str], before: list[str], after: list[str]
) -> None:
    renamed = dict(zip(before, after, strict=False))
    moved = moved_answers(answers, renamed, {heading_key(label): label for label in after})
    assert {words for words in moved.values() if words} == {
        words for words in answers.values() if words
    }
    for old, new in renamed.items():
        if answers.get(old):
            assert moved[new] == answers[old]


@pytest.mark.parametrize("twin", ["Diet", "DIET?", " diet"])
def test_the_same_question_is_not_asked_twice(make: Make, twin: str) -> None:
    with pytest.raises(SameQuestion):
        ask(make, make.event(), asked("Diet"), asked(twin))


def test_a_form_sent_twice_asks_once(make: Make) -> None:
    event = make.event()
    first = ask(make, event, asked("Diet"))
    assert ask(make, event, asked("Diet")) == first
    with make.act():
        there = db.session.get_one(Event, event.id)
        lock(there)
        assert not actions.set_questions(there, [asked("Diet")])


def test_of_two_rows_with_the_same_id_the_second_is_new(make: Make) -> None:
    event = make.event()
    ask(make, event, asked("Diet"), asked("Size"))
    rsvp = make.rsvp(event, answers={"Diet": "Vegan", "Size": "M"})
    diet, size = plan(make, event)
    ids = ask(make, event, diet, replace(diet, label="Food"), replace(diet, label="Size"))
    assert (ids[0], ids[2], len(set(ids))) == (diet.id, size.id, 3)
    assert [one.label for one in plan(make, event)] == ["Diet", "Food", "Size"]
    assert answers(make, rsvp) == {"Diet": "Vegan", "Size": "M"}


def test_another_events_questions_and_guests_stay_as_they_are(make: Make) -> None:
    event, other = make.event(), make.event()
    ask(make, event, asked("Diet"))
    (theirs,) = ask(make, other, asked("Diet"))
    guest = make.rsvp(other, answers={"Diet": "Vegan"})
    ask(make, event, replace(plan(make, event)[0], label="Food"), asked("Mine", id=theirs))
    assert answers(make, guest) == {"Diet": "Vegan"}
    assert [one.label for one in plan(make, other)] == ["Diet"]


def test_a_copy_of_the_event_asks_the_same_of_its_own(make: Make) -> None:
    event = make.event(door_answers=["Table"])
    ask(make, event, asked("Diet", "one_of", "Vegan", "Rice", required=True, shows_at_door=True))
    make.rsvp(event, answers={"Diet": "Vegan"})
    with make.act():
        copy = copy_event(
            db.session.get_one(Event, event.id), starts_at=clock.now(), at=clock.now()
        )
    (diet,) = plan(make, copy)
    assert diet == replace(plan(make, event)[0], id=diet.id)
    assert make.row(Event, id=copy.id).door_answers == ["Diet"]
    ask(make, copy, replace(diet, label="Food"))
    assert [one.label for one in plan(make, event)] == ["Diet"]


def test_titles_of_answers_begin_with_the_questions_answered_or_not(make: Make) -> None:
    event = make.event()
    make.rsvp(event, answers={"Table": "4", "Diet": "Vegan"})
    ask(make, event, asked("Size"), asked("Diet"))
    with make.act():
        titles = answer_titles(db.session.get_one(Event, event.id))
    assert titles == ["Size", "Diet", "Table"]


def test_an_event_without_questions_does_not_look_for_them(make: Make, count_queries: Any) -> None:
    event = make.event()
    with make.act():
        there = db.session.get_one(Event, event.id)
        with count_queries() as statements:
            assert there.asked == []
        assert not statements
