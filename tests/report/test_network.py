"""Nobody can be told from the others in the network of an evening."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, combinations_with_replacement

import pytest

from eventapp.report.figures import FEWEST, to_fives
from eventapp.report.network import LEAST, Group, kept_groups, meetings_of, network_of, to_keep
from eventapp.report.network_chart import WIDEST, network_chart
from tests.properties import given, st

PEOPLE = range(30)
PAIR = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda p: p[0] != p[1])
PAIRS = st.sets(PAIR.map(frozenset), max_size=90)
NEWCOMERS = st.frozensets(st.sampled_from(PEOPLE))


def members(groups: list[Group], degrees: Counter[int]) -> list[list[int]]:
    """Who is in each group, by what it says of itself."""
    return [
        [who for who, met in degrees.items() if one.least <= met <= (one.most or len(PEOPLE))]
        for one in groups
    ]


@given(pairs=PAIRS, newcomers=NEWCOMERS)
def test_each_group_has_five_and_says_only_roundings(
    pairs: set[frozenset[int]], newcomers: frozenset[int]
) -> None:
    degrees = Counter(person for pair in pairs for person in pair)
    groups = network_of(pairs, newcomers)
    assert bool(groups) == (len(degrees) >= LEAST)
    inside = members(groups, degrees)
    assert sorted(who for group in inside for who in group) == sorted(degrees) or not groups
    for number, (group, people) in enumerate(zip(groups, inside, strict=True)):
        assert len(people) >= FEWEST
        assert group.people == to_fives(len(people))
        new = len(newcomers.intersection(people))
        enough = min(new, len(people) - new) >= FEWEST
        assert group.newcomers == (to_fives(new) if enough else None)
        for other, meetings in zip(inside[: number + 1], group.meetings, strict=True):
            among = [pair for pair in pairs if _is_between(pair, people, other)]
            are_enough = min(len(among), len(frozenset().union(*among))) >= FEWEST
            assert meetings == (to_fives(len(among)) if are_enough else 0)


def _is_between(pair: frozenset[int], ours: list[int], theirs: list[int]) -> bool:
    one, other = pair
    return (one in ours and other in theirs) or (other in ours and one in theirs)


@given(pairs=PAIRS, swap=st.permutations(PEOPLE))
def test_who_is_who_says_nothing(pairs: set[frozenset[int]], swap: list[int]) -> None:
    renamed = {frozenset(swap[who] for who in pair) for pair in pairs}
    assert network_of(pairs, ()) == network_of(renamed, ())


def test_a_group_too_small_joins_its_neighbour() -> None:
    ring = {frozenset({who, (who + 1) % 12}) for who in range(12)}
    assert [(one.least, one.most, one.people) for one in network_of(ring, ())] == [(2, None, 10)]
    crowd = ring | {frozenset(pair) for pair in combinations(range(20, 28), 2)}
    groups = network_of(crowd, ())
    assert [(one.least, one.most, one.people) for one in groups] == [(2, 6, 10), (7, None, 10)]
    assert groups[1].meetings == (0, 30)
    assert kept_groups(to_keep(groups)) == groups


@given(pairs=PAIRS, newcomers=NEWCOMERS)
def test_the_drawing_tells_what_the_table_tells(
    pairs: set[frozenset[int]], newcomers: frozenset[int]
) -> None:
    groups = network_of(pairs, newcomers)
    chart, table = network_chart(groups), meetings_of(groups)
    assert (chart is None) == (len(groups) < 2)
    if chart is None:
        return
    assert [len(ring.dots) for ring in chart.rings] == [group.people for group in groups]
    drawn = {
        (groups.index(tie.other.group), groups.index(tie.one.group)): tie for tie in chart.ties
    }
    widths = {at: tie.width for at, tie in drawn.items()}
    widths |= {(at, at): ring.loop for at, ring in enumerate(chart.rings) if ring.loop}
    most = max(map(max, table)) or 1
    for one, other in combinations_with_replacement(range(len(groups)), 2):
        assert table[one][other] == table[other][one]
        width = widths.get((one, other), 0)
        assert width == pytest.approx(WIDEST * table[one][other] / most, abs=0.05)


def test_meetings_are_counted_from_five_on_and_of_five_people() -> None:
    crowd = {frozenset(pair) for pair in combinations(range(8), 2)}
    shy = {frozenset({who % 8, who}) for who in range(20, 32)}
    four = {frozenset(pair) for pair in combinations(range(20, 24), 2)}
    assert len(four) > FEWEST
    for few in (set(), four):
        assert [one.meetings for one in network_of(crowd | shy | few, ())] == [(0,), (10, 30)]
    circle = [frozenset({20 + who, 20 + (who + 1) % 5}) for who in range(5)]
    for some, counted in ((circle[:4], 0), (circle, 5)):
        assert [one.meetings for one in network_of(crowd | shy | set(some), ())] == [
            (0,),
            (0, counted),
            (5, 5, 30),
        ]
