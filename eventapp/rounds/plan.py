"""Who sits with whom in each round: a pure function, with one answer for each input.

In this order: two who are to be apart never share a table; no pair sits together twice while that
can be avoided; newcomers are spread, and never have a table to themselves; everybody sits with
somebody whose topics are a reason to talk.

The rounds still to come are planned together. When somebody leaves or comes late, those are planned
anew, with what has been. A round begins as a grid of people, one row for each place at a table,
whose rows are each moved on one further than the one before: where the number of tables is a prime,
no pair meets twice. Swaps of two people do the rest, while they cost no more than what they mend
(a local search).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil
from random import Random

from eventapp.rounds.search import AGAIN, SIZE_LEAST, Pair, Search, Seated, Table

FEW, STARTS = 40, 8  # so few people are worth beginning anew


def table_sizes(people: int, size: int) -> list[int]:
    """How many sit at each table, at most one apart. Nobody sits alone: one too many for pairs
    makes a table of three.
    """
    if people < SIZE_LEAST:
        return []
    tables = ceil(people / size)
    if people // tables < SIZE_LEAST:
        tables -= 1
    return _sizes(people, tables)


def plan_rounds(
    people: Iterable[Seated],
    *,
    size: int,
    rounds: int,
    together: Mapping[Pair, int] | None = None,
    apart: Collection[Pair] = (),
) -> list[list[Table]]:
    """The tables of each round to come, as ids. `together` has how often a pair sat together in
    the rounds before.

    Those in `apart` make the tables smaller where nothing else parts them. Where not even pairs do,
    whoever is still in the way has no table.
    """
    seated = sorted(people, key=lambda one: one.id)
    sizes = table_sizes(len(seated), size)
    while True:
        plan = _best_plan(seated, sizes, rounds, together or {}, apart)
        more = _sizes(len(seated), len(sizes) + 1)
        if plan.keeps_apart or min(more, default=0) < SIZE_LEAST:
            return plan.as_ids()
        sizes = more


def seat_those_left(
    tables: Iterable[Table], people: Collection[int], apart: Collection[Pair]
) -> list[Table]:
    """Planned tables, without whoever left since, and with those who are to be apart by now parted.
    Who would sit alone joins another table; where no table can take them, they have none.
    """
    seated: list[Table] = []
    to_seat: Table = []
    for table in tables:
        stay: Table = []
        for one in filter(people.__contains__, table):
            (stay if _may_join(one, stay, apart) else to_seat).append(one)
        if len(stay) >= SIZE_LEAST:
            seated.append(stay)
        else:
            to_seat.extend(stay)
    for one in to_seat:
        free = [table for table in seated if _may_join(one, table, apart)]
        if free:
            min(free, key=len).append(one)
        else:
            seated.append([one])
    return [table for table in seated if len(table) >= SIZE_LEAST]


def _may_join(one: int, table: Table, apart: Collection[Pair]) -> bool:
    return not any(frozenset((one, other)) in apart for other in table)


def _sizes(people: int, tables: int) -> list[int]:
    return [people // tables + (at < people % tables) for at in range(tables)]


def _best_plan(
    seated: Sequence[Seated],
    sizes: Sequence[int],
    rounds: int,
    together: Mapping[Pair, int],
    apart: Collection[Pair],
) -> Search:
    starts = STARTS if len(seated) <= FEW else 1
    plans = (
        Search(seated, sizes, rounds, together, apart, Random(start))  # noqa: S311 (no secret)
        for start in range(starts)
    )
    best = next(plans)
    best.improve()
    for plan in plans:
        if best.cost < AGAIN:
            break
        plan.improve()
        best = min(best, plan, key=lambda one: one.cost)
    return best
