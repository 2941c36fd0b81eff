"""What people of the demo say at its past evenings: nothing twice, and why it is said."""

from __future__ import annotations

from itertools import chain

import pytest

from eventapp.demo.people import TOPICS
from eventapp.demo.reasons import REASONS, reasons_of
from eventapp.demo.story import story
from eventapp.demo.taken import TAKEN
from eventapp.model.limits import IMPRESSION_MOST, INTRODUCTION_REASON_MOST, LINE_MOST

LANGUAGES = ("es", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_twice(language: str) -> None:
    past = story()
    assert len(TAKEN[language]) == len(past.evenings)
    assert all(len(taken) >= 3 for taken in TAKEN[language])
    taken = list(chain.from_iterable(TAKEN[language]))
    reasons = list(reasons_of(past, language).values())
    for said, most in ((taken, IMPRESSION_MOST), (reasons, INTRODUCTION_REASON_MOST)):
        assert len(said) == len(set(said)) > 30
        assert max(map(len, said)) <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_names_the_two(language: str) -> None:
    past = story()
    assert REASONS[language].keys() == set(TOPICS[language])
    for introduced, reason in reasons_of(past, language).items():
        names = [past.members[each].name for each in introduced.two]
        assert all(name.split()[0] in reason for name in names)
        if names[0].split()[0] == names[1].split()[0]:
            assert all(name in reason for name in names)


def test_one_of_the_two_wants_to_learn_what_the_other_knows() -> None:
    past = story()
    for number, evening in enumerate(past.evenings):
        for introduced in evening.introduced:
            learner, knower = introduced.two
            assert past.members[knower].knows in past.to_learn(learner, number)
        for member in evening.fates:
            to_learn = past.to_learn(member, number)
            assert past.members[member].knows not in to_learn
            assert len(", ".join(TOPICS["es"][topic] for topic in to_learn)) <= LINE_MOST
