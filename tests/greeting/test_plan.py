"""The rules by which guests are led to each other."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from statistics import median

from eventapp.attendees.queries.topics import Interests
from eventapp.greeting.plan import (
    GREETED_MOST,
    LED_MOST_OF_ALL,
    SUGGESTED_MOST,
    Guest,
    Led,
    Pair,
    has_reason,
    plan_suggestions,
)
from eventapp.model import Rsvp
from tests.properties import given, settings, st

TOPICS = ("pricing", "tea", "hiring", "bread", "")


def guest(id_: int, visits: int = 1, lines: tuple[str, str, str] = ("", "", ""), **more: bool):
    ask, learn, seek = lines
    wrote = Rsvp(ask_me_about=ask, want_to_learn=learn, looking_for=seek)
    return Guest(id_, Interests.of(wrote), visits, **{"agrees": True, **more})


line = st.sampled_from(TOPICS)
tick = st.booleans()
people = st.lists(
    st.tuples(st.integers(0, 3), st.tuples(line, line, line), tick, tick, tick), max_size=14
)


def guests_of(drawn) -> list[Guest]:
    return [
        guest(id_, visits, lines, agrees=agrees, wants_a_host=wants, hosts=hosts)
        for id_, (visits, lines, agrees, wants, hosts) in enumerate(drawn)
    ]


def check(guests: list[Guest], barred: set[Pair], found: list[Led]) -> None:
    by_id = {one.id: one for one in guests}
    assert len({led[:2] for led in found}) == len(found), "somebody is named twice"
    greeted = Counter(led.whom for led in found if led.as_host)
    led_to = Counter(led.whom for led in found if not led.as_host)
    assert max(greeted.values(), default=0) <= GREETED_MOST
    assert max(led_to.values(), default=0) <= min(LED_MOST_OF_ALL, max(0, len(guests) - 1))
    shown = defaultdict(list)
    for led in found:
        to, whom = by_id[led.to], by_id[led.whom]
        assert led[:2] not in barred
        assert to is not whom
        if led.as_host:
            assert to.wants_a_host
            assert to.is_new
            assert whom.hosts
        else:
            assert to.agrees
            assert whom.agrees
            shown[led.to].append(whom)
            assert has_reason(to, whom)
    assert all(len(them) <= SUGGESTED_MOST for them in shown.values())
    hosts = Counter(led.to for led in found if led.as_host)
    assert max(hosts.values(), default=0) <= 1
    for to in filter(lambda one: one.wants_a_host and one.is_new, guests):
        if to.id not in hosts:
            assert not [
                one
                for one in guests
                if one.hosts and one is not to and (to.id, one.id) not in barred
                if greeted[one.id] < GREETED_MOST
            ]


@settings(max_examples=150)
@given(people, st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=20), st.data())
def test_the_rules_hold_whatever_comes(drawn, barred: set[Pair], data) -> None:
    guests = guests_of(drawn)
    some = {pair for pair in barred if sum(pair) % 2}
    rest = barred - some
    found = plan_suggestions(guests, apart=some, met=rest)
    check(guests, barred, found)
    led = Counter(one.whom for one in found if not one.as_host)
    assert not led or max(led.values()) <= 3 * median(led.values())
    shown = defaultdict(list)
    for one in found:
        shown[one.to].append(one.whom)
    by_id = {one.id: one for one in guests}
    for to in filter(lambda one: one.is_new and one.agrees, guests):
        before = [one for one in guests if one.agrees and not one.is_new]
        if all(by_id[id_].is_new for id_ in shown[to.id]):
            free = [one for one in before if led[one.id] < 3 and (to.id, one.id) not in barred]
            assert not free, "somebody who has been here before was left"
    assert plan_suggestions(data.draw(st.permutations(guests)), apart=some, met=rest) == found


@settings(max_examples=100)
@given(people, people, st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=9))
def test_what_was_suggested_stays_while_both_agree(before, after, blocks: set[Pair]) -> None:
    earlier = plan_suggestions(guests_of(before))
    guests = guests_of(after)
    found = plan_suggestions(guests, apart=blocks, given=earlier)
    check(guests, blocks, found)
    agreed = {one.id for one in guests if one.agrees}
    for led in earlier:
        if not led.as_host and {led.to, led.whom} <= agreed and led[:2] not in blocks:
            as_host = Led(*led[:2], as_host=True)  # they have become a host since
            stays = has_reason(guests[led.to], guests[led.whom]) and as_host not in found
            assert (led in found) is stays


def test_a_host_who_withdraws_is_replaced_and_the_others_stay() -> None:
    new = [guest(id_, 0, wants_a_host=True, agrees=False) for id_ in (1, 2)]
    hosts = [guest(id_, hosts=True, agrees=False) for id_ in (7, 8)]
    first = plan_suggestions([*new, *hosts])
    assert first == [Led(1, 7, as_host=True), Led(2, 8, as_host=True)]
    assert plan_suggestions([*new, hosts[1]], given=first) == [
        Led(1, 8, as_host=True),
        Led(2, 8, as_host=True),
    ]


def test_who_met_since_stays_suggested_and_is_not_suggested_anew() -> None:
    two = [guest(1, lines=("tea", "", "")), guest(2, lines=("", "tea", ""))]
    found = plan_suggestions(two)
    assert set(found) == {Led(1, 2), Led(2, 1)}
    assert plan_suggestions(two, met={(1, 2), (2, 1)}, given=found) == found
    assert plan_suggestions(two, met={(1, 2), (2, 1)}) == []
    assert plan_suggestions(two, apart={(1, 2), (2, 1)}, given=found) == []


def test_a_host_is_not_led_once_more_to_whom_they_greet() -> None:
    new = guest(1, 0, ("", "tea", ""), wants_a_host=True)
    assert plan_suggestions([new, guest(2, lines=("tea", "", ""), hosts=True)]) == [
        Led(1, 2, as_host=True)
    ]


def test_a_host_with_a_topic_in_common_goes_before_one_without() -> None:
    new = guest(1, 0, ("", "tea", ""), wants_a_host=True)
    hosts = [guest(2, hosts=True), guest(3, lines=("tea", "", ""), hosts=True)]
    assert Led(1, 3, as_host=True) in plan_suggestions([new, *hosts])


def crowd(size: int, seed: int = 1) -> list[Guest]:
    dice = random.Random(seed)
    words = [f"topic{number}" for number in range(60)] + ["startups"] * 30

    def some() -> str:
        return ", ".join(dice.choices(words, k=dice.randint(0, 2)))

    return [
        guest(
            id_,
            dice.choice((0, 0, 1, 2, 5)),
            (some(), some(), some()),
            agrees=dice.random() < 0.9,
            wants_a_host=dice.random() < 0.8,
            hosts=dice.random() < 0.1,
        )
        for id_ in range(size)
    ]


def test_two_thousand_are_planned_evenly_and_in_time() -> None:
    guests = crowd(2000)
    dice = random.Random(2)
    barred = {(dice.randrange(2000), dice.randrange(2000)) for _ in range(20_000)}
    began = time.process_time()
    found = plan_suggestions(guests, met=barred)
    assert time.process_time() - began < 5
    check(guests, barred, found)
    led = Counter(one.whom for one in found if not one.as_host)
    assert max(led.values()) <= 3 * median(led.values())
    served = {one.to for one in found if not one.as_host}
    new = [one for one in guests if one.is_new and one.agrees]
    assert all(one.id in served for one in new)


def test_few_who_know_the_place_are_shared_among_many_newcomers() -> None:
    guests = [guest(id_, 0, ("tea", "tea", "")) for id_ in range(60)] + [
        guest(id_) for id_ in range(60, 70)
    ]
    found = plan_suggestions(guests)
    led = Counter(one.whom for one in found)
    assert max(led.values()) <= 3 * median(led.values())
    alone = {one.id for one in guests[:60]} - {one.to for one in found if one.whom >= 60}
    assert not alone
