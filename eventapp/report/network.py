"""The evening as a network without names: how many met how many, and who met whom by that.

A dot and a line for each guest and each meeting would tell guests apart: hosts who saw two of them
talk would find them by the number of their lines. So groups are shown, of guests who met about as
many others, each of at least FEWEST; a group that is smaller joins its neighbour. All numbers are
rounded to fives, and nothing else is known of a group, but how many of it are newcomers where at
least FEWEST are and as many are not: whoever is in it cannot be told from the others in it. Nor are
fewer than FEWEST meetings counted, or those of fewer than FEWEST people. It is kept, and made anew,
with the figures that come from answers: `figures.py` says why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eventapp.report.figures import FEWEST, to_fives

LEAST = 10  # people in it
STEPS = (1, 2, 4, 7)  # the least that guests of a group met


@dataclass(frozen=True)
class Group:
    least: int  # that each of them met
    most: int | None  # None: or more
    people: int  # rounded, as all below
    newcomers: int | None  # None: too few, or all but too few
    # With each of the groups before it, and among themselves; 0: too few, or of too few people
    meetings: tuple[int, ...]


def network_of(pairs: Iterable[frozenset[int]], newcomers: Collection[int]) -> list[Group]:
    """Of the pairs that met, those who met fewest first. Empty for too few people."""
    met = list(pairs)
    degrees = Counter(person for pair in met for person in pair)
    if len(degrees) < LEAST:
        return []
    steps = _steps(degrees)
    place = {
        person: max(number for number, least in enumerate(steps) if degree >= least)
        for person, degree in degrees.items()
    }
    people, new = (
        Counter(place.values()),
        Counter(place[one] for one in degrees if one in newcomers),
    )
    between: defaultdict[tuple[int, ...], list[frozenset[int]]] = defaultdict(list)
    for pair in met:
        between[tuple(sorted((place[one] for one in pair), reverse=True))].append(pair)
    return [
        Group(
            least=least,
            most=steps[number + 1] - 1 if number + 1 < len(steps) else None,
            people=to_fives(people[number]),
            newcomers=_newcomers(new[number], people[number]),
            meetings=tuple(_meetings(between[number, other]) for other in range(number + 1)),
        )
        for number, least in enumerate(steps)
    ]


def _steps(degrees: Counter[int]) -> Sequence[int]:
    """Those of STEPS from each of which on, to the next, there are at least FEWEST people."""
    kept: list[int] = []
    people = 0
    for number in range(len(STEPS) - 1, -1, -1):
        most = STEPS[number + 1] if number + 1 < len(STEPS) else None
        people += sum(
            STEPS[number] <= degree and (most is None or degree < most)
            for degree in degrees.values()
        )
        if people >= FEWEST:
            kept.insert(0, STEPS[number])
            people = 0
    if people and kept:  # too few below the first group: they are in it
        kept[0] = STEPS[0]
    return kept


def _meetings(pairs: Collection[frozenset[int]]) -> int:
    people = frozenset().union(*pairs)
    return to_fives(len(pairs)) if min(len(pairs), len(people)) >= FEWEST else 0


def _newcomers(new: int, people: int) -> int | None:
    return to_fives(new) if min(new, people - new) >= FEWEST else None


def meetings_of(groups: Sequence[Group]) -> list[list[int]]:
    """Of each group, with each of them."""
    return [
        [groups[max(one, other)].meetings[min(one, other)] for other in range(len(groups))]
        for one in range(len(groups))
    ]


def to_keep(groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [{**vars(group), "meetings": list(group.meetings), "fewest": FEWEST} for group in groups]


def kept_groups(kept: Iterable[dict[str, Any]]) -> list[Group]:
    return [_kept_group(**group) for group in kept]


def _kept_group(meetings: Sequence[int], fewest: int = 0, **group: Any) -> Group:
    """Earlier versions counted fewer than FEWEST meetings, too, and kept no `fewest`: what they
    rounded to FEWEST may be such, and is left out.
    """
    counted = (0 if fewest < FEWEST and count == FEWEST else count for count in meetings)
    return Group(**group, meetings=tuple(counted))
