"""The figures of an event, none of which tells what one guest said of whom they met.

A figure about fewer than FEWEST people is not there, counts are rounded to fives, and shares to
five per cent. That alone would not do: a host who reads the report before and after one answer
would see where 12, shown as 10, became 13, shown as 15. So the figures that come from answers are
kept as they were first shown, and made anew only once at least FEWEST people have answered
otherwise since (`may_replace`). A report therefore either is the one before, or differs from it by
what five people said: subtracting the two gives something about five, never about one. Nothing else
makes them anew, so that a host who undoes a check-in or takes somebody off the list sees none of
them move. Who knows what four of the five said may still guess at the fifth, within the rounding,
as wherever people are counted in groups of five.

What became of introductions is counted in the same way, and kept apart: it is known later.

Who came, cancelled or waits is no secret from organisers, whose guest list has it by name. These
counts are not kept, only rounded like the others, so that a report may be passed on. A recap says
exactly how many came: how many is nobody's answer, and the event's page says how many are coming.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import median, quantiles

from eventapp.model import CameOfIt

FEWEST = 5  # people that a figure is about
FEWEST_IN_QUARTERS = 4 * FEWEST  # so that a quarter of them are no fewer

Figures = Mapping[str, float]  # by name; what is about too few is missing
Pair = tuple[int, int]  # the noter and the one met, by the ids of their RSVPs


@dataclass(frozen=True)
class Answers:
    """What the guests of an event said of whom they met."""

    said: frozenset[Pair] = frozenset()
    declined: frozenset[Pair] = frozenset()  # by the one met

    @property
    def met(self) -> set[frozenset[int]]:
        """The pairs of whom one says that they met, and the other has not declined it."""
        declined = {frozenset(pair) for pair in self.declined}
        return {frozenset(pair) for pair in self.said} - declined

    @property
    def by_person(self) -> dict[int, tuple[list[int], list[int]]]:
        """Whom each of those who answered says they met, and whom they declined."""
        people = {noter for noter, _ in self.said} | {met for _, met in self.declined}
        by: dict[int, tuple[list[int], list[int]]] = {person: ([], []) for person in people}
        for noter, met in sorted(self.said):
            by[noter][0].append(met)
        for noter, met in sorted(self.declined):
            by[met][1].append(noter)
        return by


@dataclass(frozen=True)
class Introduced:
    """A guest whom somebody introduced to another, as both of them wanted."""

    guest: int
    introduction: int
    came_of_it: str | None  # as the guest says: see CameOfIt


@dataclass(frozen=True)
class Guests:
    """Those whom the answers are about."""

    newcomers: frozenset[int]  # who came, and to no event of the community before
    asked: frozenset[int]  # the morning after


def may_replace(kept: Collection[str], now: Collection[str]) -> bool:
    """Whether at least FEWEST people have answered otherwise since. Each collection has one mark
    for each who answered, another one for another answer. Whoever answered otherwise is at most
    once among those that went, and once among those that came.
    """
    gone, come = set(kept) - set(now), set(now) - set(kept)
    return max(len(gone), len(come)) >= FEWEST


def figures_of(answers: Answers, guests: Guests) -> Figures:
    """What is told of these answers. A meeting is confirmed if both say so."""
    people = Counter(person for pair in answers.met for person in pair)
    newcomers = [person for person in guests.newcomers if people[person] >= 2]
    answered = guests.asked & answers.by_person.keys()
    return {
        **_spread(list(people.values())),
        **counts(
            newcomers=len(guests.newcomers),
            met_people=len(people),
            newcomers_met_two=len(newcomers),
        ),
        **_confirmed(answers.said),
        **share_of("answered_share", len(answered), len(guests.asked), people=len(answered)),
    }


def by_guest(introduced: Collection[Introduced]) -> dict[int, list[tuple[int, str | None]]]:
    """By what each of these guests was joined, and what they say came of it."""
    said: dict[int, list[tuple[int, str | None]]] = {each.guest: [] for each in introduced}
    for each in introduced:
        said[each.guest].append((each.introduction, each.came_of_it))
    return said


def introduction_figures(introduced: Collection[Introduced]) -> Figures:
    """Of introductions that joined two, and of those who say what came of it who call it useful: no
    share of introductions that are too few to be counted. Not how many say "not yet", and how many
    "no": three shares would add up to more than all where one of them is of nobody.
    """
    guests = {each.guest for each in introduced}
    if len(guests) < FEWEST:
        return {}
    told = [each.came_of_it for each in introduced if each.came_of_it]
    people = len({each.guest for each in introduced if each.came_of_it})
    counted = counts(
        introduced=len(guests), introductions=len({each.introduction for each in introduced})
    )
    if "introductions" not in counted:
        return counted
    useful = share_of("useful_share", told.count(CameOfIt.USEFUL), len(told), people=people)
    return {**counted, **useful}


def counts(**people: int) -> Figures:
    """Of these counts of people those that are not too few, rounded."""
    return {name: to_fives(count) for name, count in people.items() if count >= FEWEST}


def to_fives(number: float) -> int:
    return int((number + FEWEST / 2) // FEWEST) * FEWEST


def _spread(met_by_each: list[int]) -> Figures:
    """The median of how many others each met, and the quartiles."""
    if len(met_by_each) < FEWEST:
        return {}
    middle = {"met_median": median(met_by_each)}
    if len(met_by_each) < FEWEST_IN_QUARTERS:
        return middle
    lower, _, upper = quantiles(met_by_each, n=4, method="inclusive")
    return {"met_lower_quartile": lower, **middle, "met_upper_quartile": upper}


def _confirmed(said: frozenset[Pair]) -> Figures:
    """Of the pairs of whom at least one says that they met, those of whom both do."""
    pairs = {frozenset(pair) for pair in said}
    confirmed = [one for one, other in said if one < other and (other, one) in said]
    people = len(frozenset().union(*pairs))
    return share_of("confirmed_share", len(confirmed), len(pairs), people=people)


def share_of(name: str, part: int, whole: int, *, people: int | None = None) -> Figures:
    """Per cent, if there are enough people in it: the whole, where it is not said. None looks like
    one, and all like all but one: otherwise it would tell something of each.
    """
    if (whole if people is None else people) < FEWEST:
        return {}
    some = min(max(part, 1), whole - 1)
    return {name: min(max(to_fives(100 * some / whole), FEWEST), 100 - FEWEST)}
