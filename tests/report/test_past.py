"""The demo's past, lived through by the actions that people cause, is reported as it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from statistics import median, quantiles

from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.demo.past import Past
from eventapp.demo.story import Fate, PastEvening, Story, story
from eventapp.model import CameOfIt, Community, IntroductionSide, OutboxMail, Person, Rsvp
from eventapp.report.actions import keep_figures
from tests.browser import Browser
from tests.make import Make
from tests.report.figures import figures, fives

Figures = dict[str, float]
FEWEST = 5


def test_each_evening_is_reported_as_it_happened(
    app: Flask, make: Make, browser: Callable[..., Browser]
) -> None:
    community = make.community(tz="Europe/Madrid")
    with make.act():
        past = Past(db.session.get_one(Community, community.id), story(), now=clock.now())
        slugs = [past.happen(number).slug for number in range(len(past.story.evenings))]
        past.forget_mails()
    assert len(make.rows(Person)) == len(answered_ever(past.story))
    assert not make.rows(OutboxMail)
    assert_each_reason_is_in_their_lines(make)
    page = make.signed_in(browser(), make.organiser(community))
    assert make.due(keep_figures) == len(slugs)
    assert numbers(page.open(f"/o/{community.slug}/report")) == expected_series(past.story)
    rows = page.page.select("tbody tr:has(a)")
    assert [row.select_one("a")["href"] for row in rows] == [
        f"/o/e/{slug}/report" for slug in reversed(slugs)
    ]
    for number, slug in enumerate(slugs):
        assert numbers(page.open(f"/o/e/{slug}/report")) == expected(past.story, number), slug


def assert_each_reason_is_in_their_lines(make: Make) -> None:
    lines = {(rsvp.event_id, rsvp.person_id): rsvp for rsvp in make.rows(Rsvp)}
    sides = sorted(make.rows(IntroductionSide), key=lambda side: (side.introduction_id, side.id))
    assert len(sides) > 60
    for side, other in zip(sides[::2], sides[1::2], strict=True):
        learner, knower = (lines[each.event_id, each.person_id] for each in (side, other))
        assert knower.ask_me_about in learner.want_to_learn


def numbers(page: Browser) -> Figures:
    return {name: float(figure.removesuffix("%")) for name, figure in figures(page).items()}


def expected_series(past: Story) -> Figures:
    """Who keeps coming, by the story alone."""
    last = len(past.evenings) - 1
    came = {
        member: [number for number, evening in enumerate(past.evenings) if member in evening.came]
        for member in range(len(past.members))
    }
    came = {member: to for member, to in came.items() if to}
    may_return = [to for to in came.values() if min(to) < last]
    return {
        "people": fives(len(came)),
        "regulars": fives(
            sum(len([one for one in to if one > last - 6]) >= 3 for to in came.values())
        ),
        "came_once": fives(sum(len(to) == 1 and to[0] <= last - 2 for to in came.values())),
        "came_back_share": share(sum(len(to) > 1 for to in may_return), len(may_return)),
    }


def test_the_story_has_something_of_everything() -> None:
    evenings = story().evenings
    fates = Counter(fate for evening in evenings for fate in evening.fates.values())
    assert fates.keys() == set(Fate)
    assert any(evening.declined for evening in evenings)
    introduced = [each for evening in evenings for each in evening.introduced]
    assert {each.is_joined for each in introduced} == {True, False}
    assert {word for each in introduced for word in each.came_of_it} == {*CameOfIt, None}
    often = Counter(member for evening in evenings for member in evening.came)
    assert sum(times == 1 for times in often.values()) >= FEWEST
    assert sum(times >= 6 for times in often.values()) >= FEWEST
    assert story() == story()
    assert story(seed=9) != story()


def answered_ever(past: Story) -> set[int]:
    return {member for evening in past.evenings for member in evening.fates}


def expected(past: Story, number: int) -> Figures:
    """The figures of one evening, by the story alone."""
    evening = past.evenings[number]
    before = {member for earlier in past.evenings[:number] for member in earlier.came}
    new = set(evening.came) - before
    fates = Counter(evening.fates.values())
    lately = [set(one.came) for one in past.evenings[max(number - 5, 0) : number + 1]]
    later = {member for one in past.evenings[number + 1 :] for member in one.came}
    has_two_later = number < len(past.evenings) - 2
    counts = {
        "came": len(evening.came),
        "newcomers": len(new),
        "regulars": sum(sum(who in came for came in lately) >= 3 for who in evening.came),
        "came_once": len(new - later) if has_two_later else 0,
        "no_shows": fates[Fate.STAYED_AWAY],
        "promoted": min(
            fates[Fate.CANCELLED], len(evening.fates) - (evening.places or len(evening.fates))
        ),
        "waitlisted": fates[Fate.WAITED],
    }
    told = {name: fives(count) for name, count in counts.items() if count >= FEWEST}
    is_last = number == len(past.evenings) - 1
    return told | of_meetings(evening, new) | of_introductions(evening, are_asked=not is_last)


def of_introductions(evening: PastEvening, *, are_asked: bool) -> Figures:
    """Two weeks after the last of the evenings have not passed yet."""
    joined = [each for each in evening.introduced if all(each.have_accepted)]
    people = {member for each in joined for member in each.two}
    counted = {"introduced": len(people), "introductions": len(joined)}
    told: Figures = {name: fives(count) for name, count in counted.items() if count >= FEWEST}
    said = [
        (member, word)
        for each in joined
        for member, word in zip(each.two, each.came_of_it, strict=True)
        if word and are_asked
    ]
    useful = sum(word == "useful" for _, word in said)
    if "introductions" in told and len({member for member, _ in said}) >= FEWEST:
        told["useful_share"] = share(useful, len(said))
    return told


def share(part: int, whole: int) -> int:
    """None looks like one, and all like all but one."""
    if part == 0 or part == whole:
        part = 1 if part == 0 else whole - 1
    return max(5, min(95, fives(100 * part / whole)))


def of_meetings(evening: PastEvening, new: set[int]) -> Figures:
    said, declined = set(evening.said), set(evening.declined)
    pairs = {frozenset(pair) for pair in said}
    stand = pairs - {frozenset(pair) for pair in declined}
    met = Counter(member for pair in stand for member in pair)
    lower, _, upper = quantiles(met.values(), n=4, method="inclusive")
    told: Figures = {"met_people": fives(len(met)), "met_median": median(met.values())}
    if len(met) >= 4 * FEWEST:
        told |= {"met_lower_quartile": lower, "met_upper_quartile": upper}
    met_two = sum(met[member] >= 2 for member in new)
    if met_two >= FEWEST:
        told["newcomers_met_two"] = fives(met_two)
    both = [pair for pair in said if pair[::-1] in said]
    told["confirmed_share"] = share(len(both) // 2, len(pairs))
    answered = {noter for noter, _ in said} | {met for _, met in declined}
    told["answered_share"] = share(len(answered), len(evening.came))
    return told
