"""Who sits with whom. Pure: no database plays a part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from random import Random

import pytest

from eventapp.rounds.plan import plan_rounds, seat_those_left, table_sizes
from eventapp.rounds.search import Pair, Seated
from eventapp.rounds.swaps import Table
from tests.properties import given, settings, st

Plan = Sequence[Sequence[Table]]


def crowd(people: int, *, seed: int = 1) -> list[Seated]:
    """A third of them new, each with a topic to ask about and one to learn."""
    random = Random(seed)
    topics = [f"topic {number}" for number in range(max(5, people // 6))]

    def topic() -> frozenset[str]:
        return frozenset(random.sample(topics, 1))

    return [Seated(id_, random.random() < 1 / 3, topic(), topic()) for id_ in range(people)]


def pairs(plan: Plan) -> Counter[Pair]:
    tables = (table for tables in plan for table in tables)
    return Counter(frozenset(pair) for table in tables for pair in combinations(table, 2))


def seated(tables: Iterable[Table]) -> list[int]:
    return sorted(id_ for table in tables for id_ in table)


@pytest.mark.parametrize(
    ("people", "size", "sizes"),
    [
        (0, 4, []), (1, 4, []), (2, 4, [2]), (3, 2, [3]), (5, 2, [3, 2]), (5, 4, [3, 2]),
        (6, 6, [6]), (7, 6, [4, 3]), (13, 6, [5, 4, 4]), (600, 6, [6] * 100),
    ],
)  # fmt: skip
def test_tables_are_alike_and_nobody_sits_alone(people: int, size: int, sizes: list[int]) -> None:
    assert table_sizes(people, size) == sizes
    planned = plan_rounds(crowd(people), size=size, rounds=1)
    assert [[len(table) for table in tables] for tables in planned] == [sizes]


@pytest.mark.parametrize(
    ("people", "size", "rounds"),
    [
        (6, 2, 5), (7, 2, 3), (8, 2, 7), (9, 3, 4), (12, 2, 11), (12, 3, 4), (15, 3, 5),
        (16, 4, 5), (20, 4, 4), (25, 5, 5), (42, 6, 6), (100, 4, 6), (600, 6, 5), (600, 2, 6),
    ],
)  # fmt: skip
def test_no_pair_sits_together_twice_where_a_plan_without_exists(
    people: int, size: int, rounds: int
) -> None:
    plan = plan_rounds(crowd(people), size=size, rounds=rounds)
    assert [seated(tables) for tables in plan] == [list(range(people))] * rounds
    assert max(pairs(plan).values()) == 1


def test_what_cannot_be_avoided_is_shared_out() -> None:
    plan = plan_rounds(crowd(6), size=3, rounds=4)
    assert max(pairs(plan).values()) <= 3


def test_who_were_kept_apart_never_share_a_table() -> None:
    apart = [frozenset(pair) for pair in combinations(range(5), 2)]
    plan = plan_rounds(crowd(12), size=6, rounds=3, apart=apart)
    assert not set(apart) & pairs(plan).keys()
    assert all(seated(tables) == list(range(12)) for tables in plan)
    assert all(len(table) <= 3 for tables in plan for table in tables), "so there are more of them"


def test_who_nobody_may_sit_with_has_no_table() -> None:
    apart = [frozenset({0, other}) for other in (1, 2, 3)]
    (tables,) = plan_rounds(crowd(4), size=2, rounds=1, apart=apart)
    assert not set(apart) & pairs([tables]).keys()
    assert all(len(table) >= 2 for table in tables)


@pytest.mark.parametrize(("people", "size"), [(30, 4), (30, 6), (120, 6)])
def test_who_is_apart_from_all_changes_nothing_for_the_others(
    people: int, size: int, takes_less_than: Callable[..., None]
) -> None:
    apart = [frozenset({0, other}) for other in range(1, people)]
    plan = plan_rounds(crowd(people), size=size, rounds=4, apart=apart)
    for tables in plan:
        assert seated(tables) == list(range(1, people))
        assert sorted(map(len, tables)) == sorted(table_sizes(people - 1, size))
    takes_less_than(2, lambda: plan_rounds(crowd(people), size=size, rounds=4, apart=apart))


@pytest.mark.parametrize(("people", "size", "blocks"), [(24, 6, 20), (30, 4, 25), (30, 4, 28)])
def test_who_is_apart_from_most_makes_no_table_smaller(people: int, size: int, blocks: int) -> None:
    apart = [frozenset({0, other}) for other in range(1, blocks + 1)]
    for tables in plan_rounds(crowd(people), size=size, rounds=4, apart=apart):
        assert not set(apart) & pairs([tables]).keys()
        assert set(range(1, people)) <= set(seated(tables))
        assert min(map(len, tables)) >= size - 1


def test_few_are_parted_by_smaller_tables() -> None:
    (tables,) = plan_rounds(crowd(4), size=4, rounds=1, apart=[frozenset({0, 1})])
    assert sorted(map(len, tables)) == [2, 2]


OTHERS = range(20, 600)


def at_random(blocks: int) -> set[Pair]:
    random = Random(1)
    return {frozenset(random.sample(range(600), 2)) for _ in range(blocks)}


def of_few(people: int, others: int) -> set[Pair]:
    """Each of a few is apart from so many of 600."""
    random, few = Random(1), range(people)
    return {frozenset((one, other)) for one in few for other in random.sample(OTHERS, others)}


@pytest.mark.parametrize(
    "apart",
    [
        at_random(1200),
        at_random(6000),
        at_random(600) | of_few(1, 575),
        of_few(2, 572),
        of_few(10, 120),
        {frozenset(pair) for pair in combinations(range(50), 2)},
        {frozenset(pair) for pair in combinations(range(130), 2)},
    ],
    ids=["random", "more", "one and random", "two", "ten", "all of 50", "all of 130"],
)
def test_a_thousand_blocks_cost_little_and_seat_everybody(
    apart: set[Pair], takes_less_than: Callable[..., None]
) -> None:
    people, plans = crowd(600), list[list[list[Table]]]()
    takes_less_than(2, lambda: plans.append(plan_rounds(people, size=5, rounds=4, apart=apart)))
    assert not apart & pairs(plans[0]).keys()
    for tables in plans[0]:
        assert seated(tables) == list(range(600))
        assert max(map(len, tables)) - min(map(len, tables)) <= 1


@pytest.mark.parametrize("blocks", [0, 1200])
def test_many_meet_nobody_again_though_there_are_blocks(blocks: int) -> None:
    apart = at_random(blocks)
    together: Counter[Pair] = Counter()
    for _ in range(6):
        plan = plan_rounds(crowd(600), size=5, rounds=2, apart=apart, together=together)
        together += pairs(plan[:1])
    assert max(together.values()) == 1


def test_who_is_apart_from_all_of_many_costs_little(takes_less_than: Callable[..., None]) -> None:
    people, apart = crowd(600), at_random(600)
    apart |= {frozenset({0, other}) for other in range(1, 600)}
    plans: list[list[list[Table]]] = []
    takes_less_than(2, lambda: plans.append(plan_rounds(people, size=5, rounds=4, apart=apart)))
    assert not apart & pairs(plans[0]).keys()
    assert all(seated(tables) == list(range(1, 600)) for tables in plans[0])


def test_newcomers_are_spread() -> None:
    people = [Seated(id_, is_newcomer=id_ < 12) for id_ in range(36)]
    for tables in plan_rounds(people, size=4, rounds=5):
        assert {sum(id_ < 12 for id_ in table) for table in tables} <= {0, 1, 2}


def test_no_newcomers_have_a_table_to_themselves() -> None:
    people = [Seated(id_, is_newcomer=id_ < 20) for id_ in range(30)]
    for tables in plan_rounds(people, size=4, rounds=4):
        assert all(max(table) >= 20 for table in tables)


def test_most_sit_with_a_reason_to_talk() -> None:
    people = {one.id: one for one in crowd(60)}
    plan = plan_rounds(people.values(), size=4, rounds=4)

    def has_reason(id_: int, table: Table) -> bool:
        return any(people[id_].has_reason_with(people[other]) for other in table if other != id_)

    found = [has_reason(id_, table) for tables in plan for table in tables for id_ in table]
    mixed = Random(1).sample(range(60), 60)
    chance = [
        has_reason(id_, mixed[at : at + 4]) for at in range(0, 60, 4) for id_ in mixed[at : at + 4]
    ]
    assert sum(found) / len(found) > max(0.8, 1.2 * sum(chance) / len(chance))


def test_the_same_people_give_the_same_plan_in_whatever_order() -> None:
    people = crowd(30)
    plan = plan_rounds(people, size=4, rounds=3)
    assert plan_rounds(reversed(people), size=4, rounds=3) == plan


@settings(max_examples=40)
@given(st.data())
def test_people_come_and_go_between_the_rounds(data: st.DataObject) -> None:
    there = set(range(data.draw(st.integers(6, 60))))
    size = data.draw(st.integers(2, 6))
    everybody = crowd(90)
    together: Counter[Pair] = Counter()
    for _ in range(3):
        tables = plan_rounds(
            [everybody[id_] for id_ in there], size=size, rounds=2, together=together
        )[0]
        assert seated(tables) == sorted(there)
        sizes = [len(table) for table in tables]
        assert max(sizes) - min(sizes) <= 1
        assert min(sizes) >= 2
        assert max(sizes) <= max(size, 3)
        together += pairs([tables])
        there -= data.draw(st.sets(st.sampled_from(sorted(there)), max_size=len(there) - 6))
        there |= data.draw(st.sets(st.integers(0, 89), max_size=10))
    if len(there) >= 8 * size:
        assert max(together.values()) == 1


@settings(max_examples=60)
@given(st.data())
def test_who_left_or_blocked_since_the_plan_is_parted_and_nobody_forgotten(
    data: st.DataObject,
) -> None:
    people = data.draw(st.integers(2, 24))
    (planned,) = plan_rounds(crowd(people), size=data.draw(st.integers(2, 6)), rounds=1)
    there = data.draw(st.sets(st.integers(0, people - 1)))
    pair = st.sets(st.integers(0, people - 1), min_size=2, max_size=2).map(frozenset)
    apart = data.draw(st.sets(pair, max_size=4))
    tables = seat_those_left(planned, there, apart)
    assert not apart & pairs([tables]).keys()
    assert all(len(table) >= 2 for table in tables)
    assert len(seated(tables)) == len(set(seated(tables)))
    unseated = there - set(seated(tables))
    assert set(seated(tables)) <= there
    assert all(
        any(frozenset((one, other)) in apart for other in table)
        for one in unseated
        for table in tables
    ), "only who may sit at no table has none"


def test_six_hundred_are_planned_in_two_seconds(takes_less_than: Callable[..., None]) -> None:
    people = crowd(600)
    takes_less_than(2, lambda: plan_rounds(people, size=5, rounds=4))
