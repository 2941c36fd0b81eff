"""What is told of guests' answers, and that it tells nobody's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.report.figures import (
    FEWEST,
    Answers,
    Guests,
    counts,
    figures_of,
    may_replace,
    share_of,
)
from eventapp.report.figures import to_fives as rounded
from eventapp.report.queries import by_quarter_hour
from tests.make import utc
from tests.properties import given, st

NOBODY = Guests(newcomers=frozenset(), asked=frozenset())
PEOPLE = range(1, 13)
PAIRS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda p: p[0] != p[1])
ANSWERS = st.builds(Answers, said=st.frozensets(PAIRS), declined=st.frozensets(PAIRS, max_size=3))


def marks(answers: Answers) -> list[str]:
    return [f"{person}: {said}" for person, said in answers.by_person.items()]


def who_differ(one: Answers, other: Answers) -> set[int]:
    """Those whose answers are not the same in both."""
    before, after = one.by_person, other.by_person
    return {who for who in before.keys() | after if before.get(who) != after.get(who)}


@given(reports=st.lists(ANSWERS, min_size=2, max_size=12))
def test_two_reports_are_equal_or_differ_by_what_five_people_said(reports: list[Answers]) -> None:
    kept = Answers()
    for now in reports:
        if may_replace(marks(kept), marks(now)):
            assert len(who_differ(kept, now)) >= FEWEST
            kept = now


@given(kept=ANSWERS, pair=PAIRS)
def test_one_answer_changes_no_report(kept: Answers, pair: tuple[int, int]) -> None:
    toggled = Answers(said=kept.said ^ {pair}, declined=kept.declined)
    declined = Answers(said=kept.said - {pair}, declined=kept.declined ^ {pair})
    for now in (toggled, declined):
        assert not may_replace(marks(kept), marks(now))
        assert not may_replace(marks(now), marks(kept))


def test_five_who_answer_otherwise_make_it_anew() -> None:
    four = frozenset((person, 12) for person in range(1, 5))
    assert not may_replace([], marks(Answers(said=four)))
    assert may_replace([], marks(Answers(said=four | {(5, 12)})))
    others = frozenset((noter, 11) for noter, _ in four | {(5, 12)})
    assert may_replace(marks(Answers(said=four | {(5, 12)})), marks(Answers(said=others)))


@given(answers=ANSWERS, newcomers=st.frozensets(st.sampled_from(PEOPLE)))
def test_no_figure_is_about_fewer_than_five(answers: Answers, newcomers: frozenset[int]) -> None:
    told = figures_of(answers, Guests(newcomers=newcomers, asked=frozenset(PEOPLE)))
    declined = {frozenset(pair) for pair in answers.declined}
    met = {frozenset(pair) for pair in answers.said} - declined
    of_each = {who: sum(who in pair for pair in met) for who in PEOPLE}
    assert ("met_median" in told) == (sum(map(bool, of_each.values())) >= FEWEST)
    met_two = [who for who in newcomers if of_each[who] >= 2]
    assert ("newcomers_met_two" in told) == (len(met_two) >= FEWEST)
    assert ("answered_share" in told) == (len(answers.by_person) >= FEWEST)
    assert "met_lower_quartile" not in told, "a quarter of twelve people are three"


def test_what_was_declined_is_neither_met_nor_confirmed() -> None:
    ring = {(who, who % 6 + 1) for who in range(1, 7)}
    back = {(2, 1), (3, 2), (4, 3)}
    told = figures_of(Answers(said=frozenset(ring | back)), NOBODY)
    assert told == {"met_people": 5, "met_median": 2, "confirmed_share": 50}
    declined = frozenset({(4, 5), (5, 6)})
    told = figures_of(Answers(said=frozenset(ring | back), declined=declined), NOBODY)
    assert told == {"met_people": 5, "met_median": 2, "confirmed_share": 50}, "5 met nobody"


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (7, 5), (8, 10), (12, 10), (12.5, 15)])
def test_it_is_rounded_to_fives(count: float, shown: int) -> None:
    assert rounded(count) == shown


def test_counts_of_too_few_are_not_there() -> None:
    assert counts(came=13, no_shows=4, waitlisted=5) == {"came": 15, "waitlisted": 5}


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 5, 20), (1, 5, 20), (4, 5, 80), (5, 5, 80), (3, 10, 30), (1, 400, 5), (399, 400, 95)],
)
def test_no_share_tells_that_it_is_of_all_or_of_none(part: int, whole: int, shown: int) -> None:
    assert share_of("share", part, whole) == {"share": shown}
    assert share_of("share", part, whole, people=4) == {}


def test_arrivals_of_too_few_in_a_quarter_of_an_hour_are_not_there() -> None:
    start = utc(2027, 5, 4, 17)
    came = {start + timedelta(minutes=after): 3 for after in (0, 10, 15, 30, 35, 40)}
    assert by_quarter_hour(came) == {start: 5, start + timedelta(minutes=30): 10}
