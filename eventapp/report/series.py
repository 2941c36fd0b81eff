"""The figures of a community's events together: who keeps coming, and what became of each event.

Who came is no secret from organisers, so these counts are only rounded, as in `figures.py`. Of whom
people met, an event's row has the figures that its own report shows, and nothing is added up: what
one answer changes cannot be found by subtracting here what cannot be there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from eventapp.report.figures import Figures, counts, share_of

LATELY = 6  # events that say who is a regular
REGULAR = 3  # of these

Visits = Mapping[int, Sequence[int]]  # of each person: the places, in order, of events they came to


def series_of(visits: Visits, events: int) -> Figures:
    """Of so many events, the first of them at place 0."""
    lately = [[event for event in to if event >= events - LATELY] for to in visits.values()]
    had_a_next = [to for to in visits.values() if to[0] < events - 1]
    came_back = [to for to in had_a_next if len(to) > 1]
    never_again = [to for to in visits.values() if len(to) == 1 and to[0] < events - 2]
    return {
        **counts(
            people=len(visits),
            regulars=sum(len(to) >= REGULAR for to in lately),
            came_once=len(never_again),
        ),
        **share_of("came_back_share", len(came_back), len(had_a_next)),
    }


def visitors_of_each(visits: Visits, events: int) -> list[dict[str, int]]:
    """Who of those that came to each event came first then, for the third time within LATELY, and
    to no other of two or more since.
    """
    each: list[Counter[str]] = [Counter() for _ in range(events)]
    for to in visits.values():
        each[to[0]]["newcomers"] += 1
        if len(to) == 1 and to[0] < events - 2:
            each[to[0]]["came_once"] += 1
        for earlier, event in zip(to, to[REGULAR - 1 :], strict=False):
            each[event]["regulars"] += earlier > event - LATELY
    return [dict(counted) for counted in each]
