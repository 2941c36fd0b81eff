"""Who is led to whom at an event: a pure function, with one answer for each input.

The rules:

1. Only who ticked it is suggested, or is shown anybody: `agrees`, `wants_a_host`, `hosts`.
2. Two of whom one blocked the other are never led to each other; who met before, not again.
3. A newcomer who wants a host gets one who has been here before, or else one who is new as well:
   of those who greet the fewest so far. Nobody greets more than GREETED_MOST.
4. Everybody who agreed gets up to SUGGESTED_MOST people, newcomers first, each with a reason: what
   one can tell the other (`Interests.reason_to_meet`) or, for a newcomer, that somebody has been
   here before. A newcomer whose host has not been here before either is led to somebody who has,
   first of all.
5. Nobody is suggested to more than LED_MOST. Where that leaves newcomers without anybody who has
   been here before, it is raised, up to LED_MOST_OF_ALL, while nobody is suggested to more than
   three times as many as half of those suggested.
6. What was suggested stays while both agree and a reason is left. Who comes later gets what is
   left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import NamedTuple

from eventapp.attendees.queries.topics import Interests

SUGGESTED_MOST = 3  # to one guest
GREETED_MOST = 4  # by one host
LED_MOST, LED_MOST_OF_ALL = 3, 9  # to one guest; at three, no half of them can be below a third
LOOKED_AT = 40  # of those who share a topic

Pair = tuple[int, int]  # to whom, and whom

# What makes a reason: what a guest says, and what the other says; the best first.
WAYS = (
    ("asked", "offered"),
    ("offered", "sought"),
    ("offered", "wanted"),
    ("sought", "sought"),
    ("wanted", "wanted"),
)


@dataclass(frozen=True)
class Guest:
    id: int
    interests: Interests
    visits: int = 0  # to earlier events of the community
    agrees: bool = False  # to be suggested to others, and to have others suggested
    wants_a_host: bool = False
    hosts: bool = False

    @property
    def is_new(self) -> bool:
        return self.visits == 0


class Led(NamedTuple):
    """One guest is led to another."""

    to: int
    whom: int
    as_host: bool = False


def plan_suggestions(
    guests: Iterable[Guest],
    *,
    apart: Collection[Pair] = (),
    met: Collection[Pair] = (),
    given: Iterable[Led] = (),
) -> list[Led]:
    """All that stands from now on. `given` is what stood before; `apart` and `met` have each pair
    in the directions in which it counts.
    """
    people = {one.id: one for one in sorted(guests, key=lambda one: one.id)}
    kept = [led for led in sorted(given) if _still_holds(led, people, apart)]
    barred = {*apart, *met}
    best = _Plan(people, barred, kept, LED_MOST)
    for most in range(LED_MOST + 1, LED_MOST_OF_ALL + 1):
        if not best.newcomers_alone:
            break
        more = _Plan(people, barred, kept, most)
        if len(more.newcomers_alone) < len(best.newcomers_alone) and more.is_even:
            best = more
    return best.all


def _still_holds(led: Led, people: Mapping[int, Guest], apart: Collection[Pair]) -> bool:
    to, whom = people.get(led.to), people.get(led.whom)
    if to is None or whom is None or (led.to, led.whom) in apart:
        return False
    if led.as_host:
        return to.wants_a_host and to.is_new and whom.hosts
    return to.agrees and whom.agrees and has_reason(to, whom)


def has_reason(to: Guest, whom: Guest) -> bool:
    is_topic = to.interests.reason_to_meet(whom.interests) is not None
    return is_topic or (to.is_new and not whom.is_new)


class _Plan:
    def __init__(
        self, people: Mapping[int, Guest], barred: Collection[Pair], kept: list[Led], most: int
    ) -> None:
        self._people, self._barred, self._most = people, barred, most
        self._known = {id_: set[int]() for id_ in people}  # whom each is led to
        self._host_of: dict[int, int] = {}
        self._greeted, self._led = Counter[int](), Counter[int]()
        self._suggested = {id_: list[int]() for id_, one in people.items() if one.agrees}
        self._free = {new: _Free(self._those_who_agree(new=new)) for new in (False, True)}
        for led in kept:
            self._lead(led)
        self._find_hosts()
        self._find_people()

    def _those_who_agree(self, *, new: bool) -> list[Guest]:
        return [self._people[id_] for id_ in self._suggested if self._people[id_].is_new is new]

    @property
    def all(self) -> list[Led]:
        hosts = [Led(to, whom, as_host=True) for to, whom in sorted(self._host_of.items())]
        return hosts + [Led(to, whom) for to, them in self._suggested.items() for whom in them]

    @property
    def newcomers_alone(self) -> list[int]:
        """Newcomers who are led to nobody who has been here before, though somebody has."""
        anybody = any(not self._people[id_].is_new for id_ in self._suggested)
        return [
            id_
            for id_ in self._suggested
            if anybody and self._people[id_].is_new and not self._knows_anybody_of_before(id_)
        ]

    @property
    def is_even(self) -> bool:
        counts = self._led.values()
        return not counts or max(counts) <= 3 * median(counts)

    def _find_hosts(self) -> None:
        hosts = [one for one in self._people.values() if one.hosts]
        for to in self._people.values():
            if to.is_new and to.wants_a_host and to.id not in self._host_of:
                free = [one for one in hosts if self._may_greet(one, to)]
                if free:
                    whom = min(free, key=lambda one: self._rank_of_host(one, to))
                    self._lead(Led(to.id, whom.id, as_host=True))

    def _may_greet(self, host: Guest, to: Guest) -> bool:
        may = to.id != host.id and (to.id, host.id) not in self._barred
        return may and self._greeted[host.id] < GREETED_MOST

    def _rank_of_host(self, host: Guest, to: Guest) -> tuple[bool, int, bool, int]:
        without_topic = to.interests.reason_to_meet(host.interests) is None
        return host.is_new, self._greeted[host.id], without_topic, host.id

    def _find_people(self) -> None:
        newcomers = [id_ for id_ in self._suggested if self._people[id_].is_new]
        others = [id_ for id_ in self._suggested if not self._people[id_].is_new]
        for turn in range(SUGGESTED_MOST):
            for id_ in (*newcomers, *others):
                if len(self._suggested[id_]) == turn:
                    whom = self._best_for(self._people[id_])
                    if whom is not None:
                        self._lead(Led(id_, whom))

    def _best_for(self, to: Guest) -> int | None:
        if to.is_new and not self._knows_anybody_of_before(to.id):
            before = self._by_topic(to, (False,))
            before = self._anybody_of_before(to) if before is None else before
            return before if before is not None else self._by_topic(to, (True,))
        found = self._by_topic(to, (False, True))
        return self._anybody_of_before(to) if found is None and to.is_new else found

    def _by_topic(self, to: Guest, news: Iterable[bool]) -> int | None:
        """Somebody by the best way there is: of those least led to, with most topics in common."""
        groups = [self._free[new] for new in news]
        for own, theirs in WAYS:
            shared = Counter[int]()
            for key in getattr(to.interests, own):
                for group in groups:
                    shared.update(islice(group.who_say(theirs, key), LOOKED_AT))
            may = [id_ for id_ in shared if self._may_lead(to.id, id_)]
            if may:
                return min(may, key=lambda id_: (self._led[id_], -shared[id_], id_))
        return None

    def _anybody_of_before(self, to: Guest) -> int | None:
        may = (id_ for id_ in self._free[False].ids if self._may_lead(to.id, id_))
        return min(may, key=lambda id_: (self._led[id_], id_), default=None)

    def _knows_anybody_of_before(self, to: int) -> bool:
        return any(not self._people[id_].is_new for id_ in self._known[to])

    def _may_lead(self, to: int, whom: int) -> bool:
        return to != whom and whom not in self._known[to] and (to, whom) not in self._barred

    def _lead(self, led: Led) -> None:
        self._known[led.to].add(led.whom)
        if led.as_host:
            if led.whom in self._suggested.get(led.to, ()):
                self._suggested[led.to].remove(led.whom)
                self._led[led.whom] -= 1
            self._host_of[led.to] = led.whom
            self._known[led.whom].add(led.to)
            self._greeted[led.whom] += 1
            return
        self._suggested[led.to].append(led.whom)
        self._led[led.whom] += 1
        if self._led[led.whom] >= self._most:
            whom = self._people[led.whom]
            self._free[whom.is_new].take_out(whom)


class _Free:
    """Guests who may be suggested to more, by what they say. In their order, which is stable."""

    def __init__(self, guests: Iterable[Guest]) -> None:
        self.ids: dict[int, None] = {}
        self._by: dict[tuple[str, str], dict[int, None]] = {}
        for one in guests:
            self.ids[one.id] = None
            for place in _places(one):
                self._by.setdefault(place, {})[one.id] = None

    def who_say(self, line: str, key: str) -> Iterator[int]:
        return iter(self._by.get((line, key), ()))

    def take_out(self, guest: Guest) -> None:
        self.ids.pop(guest.id, None)
        for place in _places(guest):
            self._by[place].pop(guest.id, None)


def _places(guest: Guest) -> Iterator[tuple[str, str]]:
    for line in ("offered", "sought", "wanted"):
        for key in getattr(guest.interests, line):
            yield line, key
