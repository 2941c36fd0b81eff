"""Who sits with whom in each round: a pure function, with one answer for each input.

In this order: two who are to be apart never share a table; no pair sits together twice while that
can be avoided; newcomers are spread, and never have a table to themselves; everybody sits with
somebody whose topics are a reason to talk.

The rounds still to come are planned together. When somebody leaves or comes late, those are planned
anew, with what has been. A round begins as a grid of people, one row for each place at a table,
whose rows are each moved on one further than the one before: where the number of tables is a prime,
no pair meets twice. Swaps of two people do the rest, while they cost no more than what they mend
(a local search: search.py says what a table costs, swaps.py who changes places).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil
from random import Random

from eventapp.rounds.search import AGAIN, SIZE_LEAST, Pair, Search, Seated
from eventapp.rounds.swaps import Table

FEW, STARTS = 40, 8  # so few people are worth beginning anew
MORE_TABLES = 1  # than there need be, where somebody is still in the way


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

    Groups who are all to be apart make more, smaller tables. Whoever is apart from so many that no
    table could be filled with others has none: everybody else's stay as they are.
    """
    seated, least = _who_fit(sorted(people, key=lambda one: one.id), size, apart)
    plans: list[Search] = []
    for tables in range(least, least + MORE_TABLES + 1):
        sizes = _sizes(len(seated), tables)
        if plans and min(sizes, default=0) < SIZE_LEAST:
            break
        plans.append(_best_plan(seated, sizes, rounds, together or {}, apart))
        if plans[-1].keeps_apart:
            break
    return max(plans, key=lambda plan: plan.seats).as_ids()


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


def _who_fit(
    people: Sequence[Seated], size: int, apart: Collection[Pair]
) -> tuple[list[Seated], int]:
    """Who could fill a table with people they may sit with, and the tables to begin with: as many
    as `size` asks for, and at least one for each of those who are all to be apart.
    """
    away: dict[int, set[int]] = {one.id: set() for one in people}
    for one, other in (pair for pair in apart if pair <= away.keys()):
        away[one].add(other)
        away[other].add(one)
    while True:
        tables = max(len(table_sizes(len(away), size)), _tables_to_part(away))
        tables = min(tables, len(away) // SIZE_LEAST)
        worst = max(away, key=lambda id_: len(away[id_]), default=None)
        if worst is None or not tables or len(away) - len(away[worst]) >= len(away) // tables:
            return [one for one in people if one.id in away], tables
        for other in away.pop(worst):
            away[other].discard(worst)


def _tables_to_part(away: Mapping[int, set[int]]) -> int:
    """How many tables part everybody from those they are apart from, were each as big as needed:
    whoever is apart from most goes first, to the first table that can take them.
    """
    tables: list[set[int]] = []
    for one in sorted(away, key=lambda id_: -len(away[id_])):
        free = next((table for table in tables if table.isdisjoint(away[one])), None)
        if free is None:
            free = set()
            tables.append(free)
        free.add(one)
    return len(tables)


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
