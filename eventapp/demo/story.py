"""What happened at the demo community's past evenings: who came, who stayed away, who met whom, and
who was introduced to whom.

Made up, the same each time, and told without a database: `past.py` has it happen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, combinations

from eventapp.demo.people import FIRST_NAMES, LAST_NAMES, TOPICS_ES
from eventapp.model import CameOfIt
from eventapp.model.limits import INTRODUCTIONS_GOT_A_WEEK_MOST

PEOPLE, EVENINGS, TOPICS = 80, 12, len(TOPICS_ES)
PLACES = {6: 26, 10: 34}  # of the evenings that had too few
MEETS = (0.05, 0.12, 0.22)  # how likely two meet of whom none, one or both are sociable

Pair = tuple[int, int]  # two members, by their numbers


class Fate(Enum):
    """What became of an answer."""

    CAME = "came"
    STAYED_AWAY = "stayed away"  # without a word
    CANCELLED = "cancelled"
    WAITED = "waited"  # for a place, to the end


@dataclass(frozen=True)
class Member:
    name: str
    is_listed: bool  # to others who come
    is_sociable: bool
    joins: int  # the number of the first evening that they hear of
    comes_back: float  # how likely to each of the others
    knows: int  # the number of a topic, about which they can be asked


@dataclass(frozen=True)
class Introduced:
    maker: int
    two: Pair  # the first wants to learn what the second knows
    have_accepted: tuple[bool, bool]
    came_of_it: tuple[CameOfIt | None, CameOfIt | None]  # if both have, two weeks later

    @property
    def is_joined(self) -> bool:
        return all(self.have_accepted)


@dataclass
class PastEvening:
    places: int | None
    fates: dict[int, Fate]  # by the numbers of members, in the order in which they answered
    minutes: dict[int, int] = field(default_factory=dict)  # after the start, when each came
    said: list[Pair] = field(default_factory=list)  # who says they met whom
    declined: list[Pair] = field(default_factory=list)  # who says so of whom, in vain
    introduced: list[Introduced] = field(default_factory=list)

    @property
    def came(self) -> list[int]:
        return [member for member, fate in self.fates.items() if fate == Fate.CAME]

    @property
    def confirmed(self) -> set[Pair]:
        """The pairs of whom both say that they met, each in both orders."""
        return {(one, other) for one, other in self.said if (other, one) in self.said}


@dataclass(frozen=True)
class Story:
    members: Sequence[Member]
    evenings: Sequence[PastEvening]

    def to_learn(self, member: int, number: int) -> list[int]:
        """The topics that a member writes down for an evening: what those know to whom somebody
        introduces them there, or any other that they don't know.
        """
        introduced = [each.two for each in self.evenings[number].introduced]
        topics = {self.members[other].knows for one, other in introduced if one == member}
        any_other = self.members[member].knows + 1 + (member + number) % (TOPICS - 1)
        return sorted(topics) or [any_other % TOPICS]


def story(seed: int = 14) -> Story:
    chance = random.Random(seed)  # noqa: S311  no secret
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    names = chance.sample(names, PEOPLE)
    members = [_member(name, number % TOPICS, chance) for number, name in enumerate(names)]
    evenings = [_evening(number, members, chance) for number in range(EVENINGS)]
    _introduce_all(evenings, members, chance)
    return Story(members, evenings)


def _member(name: str, knows: int, chance: random.Random) -> Member:
    return Member(
        name=name,
        is_listed=chance.random() < 0.9,
        is_sociable=chance.random() < 0.7,
        joins=max(0, chance.randint(-3, EVENINGS - 1)),
        comes_back=chance.choice((0, 0.4, 0.7, 0.9)),
        knows=knows,
    )


def _evening(number: int, members: Sequence[Member], chance: random.Random) -> PastEvening:
    answer = [each for each, member in enumerate(members) if _answers(member, number, chance)]
    chance.shuffle(answer)
    evening = PastEvening(PLACES.get(number), _fates(answer, PLACES.get(number), chance))
    for each in evening.came:
        evening.minutes[each] = int(min(chance.expovariate(1 / 20), 90)) - 10
    _meet(evening, members, chance)
    return evening


def _answers(member: Member, number: int, chance: random.Random) -> bool:
    return member.joins == number or (member.joins < number and chance.random() < member.comes_back)


def _fates(answer: Sequence[int], places: int | None, chance: random.Random) -> dict[int, Fate]:
    """Whoever cancels makes room for the first who waits for a place."""
    cancel = [each for each in answer[:places] if chance.random() < 0.15]
    wait = answer[places:][len(cancel) :] if places else []
    away = {each for each in answer if chance.random() < 0.12}
    fates = {each: Fate.STAYED_AWAY if each in away else Fate.CAME for each in answer}
    return fates | dict.fromkeys(cancel, Fate.CANCELLED) | dict.fromkeys(wait, Fate.WAITED)


def _meet(evening: PastEvening, members: Sequence[Member], chance: random.Random) -> None:
    """Two who meet say so if they answer at all. Some do not remember the other."""
    listed = [each for each in evening.came if members[each].is_listed]
    answer = {each for each in listed if chance.random() < 0.7}
    for one, other in combinations(listed, 2):
        sociable = members[one].is_sociable + members[other].is_sociable
        if chance.random() >= MEETS[sociable]:
            continue
        said = [
            (noter, met)
            for noter, met in ((one, other), (other, one))
            if noter in answer and chance.random() < 0.8
        ]
        evening.said += said
        if len(said) == 1 and said[0][1] in answer and chance.random() < 0.2:
            evening.declined += said


def _introduce_all(
    evenings: Sequence[PastEvening], members: Sequence[Member], chance: random.Random
) -> None:
    """Some introduce two of those they met to each other, if these have not met by then and nobody
    did before: to learn of the one whose topic was a reason less often.
    """
    acquainted: set[Pair] = set()
    told: Counter[int] = Counter()  # how often each topic was the reason
    for evening in evenings:
        acquainted |= evening.confirmed
        for maker in sorted(evening.came):
            met = sorted(other for one, other in evening.confirmed if one == maker)
            apart = [
                (one, other)
                for one, other in combinations(met, 2)
                if (one, other) not in acquainted and members[one].knows != members[other].knows
            ]
            two = chance.choice(apart) if apart and chance.random() < 0.9 else None
            if two and _may_be_asked(evening, two):
                two = min(two, two[::-1], key=lambda pair: told[members[pair[1]].knows])
                told[members[two[1]].knows] += 1
                evening.introduced.append(_introduced(maker, two, chance))
                acquainted |= {two, two[::-1]}


def _may_be_asked(evening: PastEvening, two: Pair) -> bool:
    asked = Counter(chain.from_iterable(each.two for each in evening.introduced))
    return all(asked[one] < INTRODUCTIONS_GOT_A_WEEK_MOST for one in two)


def _introduced(maker: int, two: Pair, chance: random.Random) -> Introduced:
    accepted = chance.random() < 0.9, chance.random() < 0.9
    said = (*CameOfIt, CameOfIt.USEFUL, CameOfIt.USEFUL, None)
    return Introduced(maker, two, accepted, (chance.choice(said), chance.choice(said)))
