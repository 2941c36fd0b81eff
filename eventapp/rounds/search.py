"""The search for a plan of rounds: a grid, then swaps of two people while they cost no more than
what they mend.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import ceil
from random import Random

from eventapp.rounds.swaps import Swaps, Table

SIZE_LEAST = 2

# What a table costs. Each outweighs all of those after it that one swap can change.
APART = 10_000_000
AGAIN = 20_000  # each time that a pair sat together before
NEWCOMERS_ALONE = 1_000
NEWCOMER_TOO_MANY = 100
NO_REASON = 1

# How long it looks for something better.
TURNS_MOST = 8  # over the rounds
SWEEPS_MOST = 8  # over the tables of a round, in the first turn

Pair = frozenset[int]


@dataclass(frozen=True)
class Seated:
    """Somebody who takes part; their topics are keys of phrases."""

    id: int
    is_newcomer: bool = False
    offers: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()

    def has_reason_with(self, other: Seated) -> bool:
        return bool(self.wants & (other.offers | other.wants) or self.offers & other.wants)


class Search:
    """A plan in the making. People are their places in `seated` here."""

    def __init__(
        self,
        seated: Sequence[Seated],
        sizes: Sequence[int],
        rounds: int,
        together: Mapping[Pair, int],
        apart: Collection[Pair],
        random: Random,
    ) -> None:
        self._seated, self._apart, self._random = seated, apart, random
        self._new = [one.is_newcomer for one in seated]
        self._new_most = ceil(sum(self._new) / len(sizes)) if sizes else 0
        self._are_all_new = all(self._new)
        self._reasons = _reasons(seated)
        self._pair_cost = _pair_costs(seated, together, apart)
        self._rounds = _grid(self._mixed(), sizes, rounds)
        for tables in self._rounds:
            self._count(tables, AGAIN)

    def improve(self) -> None:
        """Swap people, round by round: at random, and then whoever is in the way as well, while a
        pair sits together twice or newcomers are not spread.
        """
        for turn in range(TURNS_MOST):
            for tables in self._rounds:
                self._count(tables, -AGAIN)
                swaps = Swaps(tables, self._cost, self._random)
                if turn:
                    swaps.separate(self._pair_cost, AGAIN)
                swaps.mix(1 if turn else SWEEPS_MOST)
                self._count(tables, AGAIN)
            if self.cost < NEWCOMER_TOO_MANY:
                break

    @property
    def cost(self) -> int:
        """Of all rounds. Below AGAIN, nobody sits with somebody again."""
        return sum(self._cost(table) - AGAIN * _pairs(table) for table in self._all_tables())

    @property
    def seats(self) -> int:
        """How many there are in all rounds."""
        return sum(map(len, chain.from_iterable(self.as_ids())))

    @property
    def keeps_apart(self) -> bool:
        return self.seats == len(self._seated) * len(self._rounds)

    def as_ids(self) -> list[list[Table]]:
        """Without whoever could not be parted from somebody at their table."""
        return [list(filter(None, map(self._ids, tables))) for tables in self._rounds]

    def _ids(self, table: Table) -> Table:
        at_table = [self._seated[one].id for one in table]
        in_the_way = Counter(
            id_
            for pair in combinations(at_table, 2)
            if frozenset(pair) in self._apart
            for id_ in pair
        )
        ids: Table = []
        for id_ in sorted(at_table, key=lambda id_: in_the_way[id_]):
            if not any(frozenset((id_, other)) in self._apart for other in ids):
                ids.append(id_)
        return sorted(ids) if len(ids) >= SIZE_LEAST else []

    def _all_tables(self) -> Iterable[Table]:
        return chain.from_iterable(self._rounds)

    def _mixed(self) -> list[int]:
        """People in an order that has newcomers beside each other, so that the grid puts them into
        the same rows, and therefore to tables of their own.
        """
        mixed = list(range(len(self._seated)))
        self._random.shuffle(mixed)
        return sorted(mixed, key=lambda one: self._new[one])

    def _count(self, tables: Iterable[Table], each: int) -> None:
        for table in tables:
            for one, other in combinations(table, 2):
                self._pair_cost[one][other] += each
                self._pair_cost[other][one] += each

    def _cost(self, table: Table) -> int:
        """Asked for hundreds of thousands of times: plain loops take half of what sums do."""
        cost = new = 0
        for one, other in combinations(table, 2):
            cost += self._pair_cost[one][other]
        for one in table:
            new += self._new[one]
            if self._reasons[one].isdisjoint(table):
                cost += NO_REASON
        if new == len(table) and not self._are_all_new:
            cost += NEWCOMERS_ALONE
        return cost + NEWCOMER_TOO_MANY * max(0, new - self._new_most)


def _pairs(table: Table) -> int:
    return len(table) * (len(table) - 1) // 2


def _grid(people: Sequence[int], sizes: Sequence[int], rounds: int) -> list[list[Table]]:
    """Each round's tables: row by row, each row moved on by its number times the round's."""
    width = len(sizes)
    rows = [people[at : at + width] for at in range(0, len(people), width or 1)]
    planned: list[list[Table]] = []
    for round_ in range(rounds):
        tables: list[Table] = [[] for _ in sizes]
        for at, row in enumerate(rows):
            if len(row) == width:
                for column, one in enumerate(row):
                    tables[(column + at * round_) % width].append(one)
            else:  # the last row, which is not full
                for column, one in enumerate(row):
                    tables[column].append(one)
        planned.append(tables)
    return planned


def _reasons(seated: Sequence[Seated]) -> list[set[int]]:
    """For each, with whom they share a reason to talk."""
    offering, wanting = defaultdict(set), defaultdict(set)
    for at, one in enumerate(seated):
        for topic in one.offers:
            offering[topic].add(at)
        for topic in one.wants:
            wanting[topic].add(at)
    return [
        set().union(
            *(offering[topic] | wanting[topic] for topic in one.wants),
            *(wanting[topic] for topic in one.offers),
        )
        - {at}
        for at, one in enumerate(seated)
    ]


def _pair_costs(
    seated: Sequence[Seated], together: Mapping[Pair, int], apart: Collection[Pair]
) -> list[list[int]]:
    place = {one.id: at for at, one in enumerate(seated)}
    costs = [[0] * len(seated) for _ in seated]
    for pair, cost in chain(
        ((pair, AGAIN * times) for pair, times in together.items()),
        ((pair, APART) for pair in apart),
    ):
        one, other = (place.get(id_) for id_ in pair)
        if one is not None and other is not None:
            costs[one][other] += cost
            costs[other][one] += cost
    return costs
