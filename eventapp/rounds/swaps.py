"""Improves the tables of one round by swapping two people at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from random import Random

TRIES = 4  # places for each person at a table, when they are mixed
FITTING_MOST = 24  # of those who would fit at a table, who are tried there

Table = list[int]
Place = tuple[int, int]  # the table, and which of its people


class Swaps:
    def __init__(
        self, tables: Sequence[Table], cost: Callable[[Table], int], random: Random
    ) -> None:
        self._tables, self._cost, self._random = tables, cost, random
        self._costs = [cost(table) for table in tables]

    def mix(self, sweeps: int) -> None:
        """Swap people at random, at the tables that cost most first."""
        for _ in range(sweeps):
            before = sum(self._costs)
            for at in sorted(range(len(self._tables)), key=lambda at: -self._costs[at]):
                if self._costs[at]:
                    self._mix_table(at)
            if sum(self._costs) == before:
                break

    def _mix_table(self, at: int) -> None:
        for place, _ in product(range(len(self._tables[at])), range(TRIES)):
            to = self._random.randrange(len(self._tables))
            there = self._random.randrange(len(self._tables[to]))
            if to != at:
                self._swap((at, place), (to, there))

    def separate(self, pair_cost: Sequence[Sequence[int]], least: int) -> None:
        """Swap each person whose pairs cost `least` or more with the best of those who fit at
        their table.
        """
        place_of = {
            one: (at, place)
            for at, table in enumerate(self._tables)
            for place, one in enumerate(table)
        }
        for at, table in enumerate(self._tables):
            for place in range(len(table) if self._costs[at] >= least else 0):
                one, others = table[place], [*table[:place], *table[place + 1 :]]
                now = sum(pair_cost[one][other] for other in others)
                if now < least:
                    continue
                costs = map(sum, zip(*(pair_cost[other] for other in others), strict=True))
                fit = [who for who, cost in enumerate(costs) if cost < now and who not in table]
                tried = self._random.sample(fit, min(len(fit), FITTING_MOST))
                cost_with = {who: self._cost_of_swap((at, place), place_of[who]) for who in tried}
                best = min(tried, key=cost_with.__getitem__, default=None)
                if best is not None and self._swap((at, place), place_of[best]):
                    place_of[one], place_of[best] = place_of[best], place_of[one]

    def _cost_of_swap(self, one: Place, other: Place) -> int:
        """How much more the two tables would cost."""
        self._exchange(one, other)
        new = sum(self._cost(self._tables[at]) for at, _ in (one, other))
        self._exchange(one, other)
        return new - self._costs[one[0]] - self._costs[other[0]]

    def _swap(self, one: Place, other: Place) -> bool:
        """Have two people change places, unless their tables would cost more by that."""
        at, to = one[0], other[0]
        self._exchange(one, other)
        new = self._cost(self._tables[at]), self._cost(self._tables[to])
        if sum(new) > self._costs[at] + self._costs[to]:
            self._exchange(one, other)
            return False
        self._costs[at], self._costs[to] = new
        return True

    def _exchange(self, one: Place, other: Place) -> None:
        (at, place), (to, there) = one, other
        tables = self._tables
        tables[at][place], tables[to][there] = tables[to][there], tables[at][place]
