"""An answer to the RSVP form does not tell whether its address is known."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Person
from eventapp.rsvp import actions

OF_EACH = 200
TOLD_APART_MOST = 0.6
SYLLABLES = "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"


def some_name(chance: random.Random) -> str:
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))


@pytest.mark.slow
def test_how_long_it_takes_does_not_tell(
    make: Any, browser: Any, at_a_try: Callable[..., None]
) -> None:
    """In CPU time, which a busy machine disturbs less than the time by the clock. Half-way, the
    event is full.
    """
    chance = random.Random(7)

    def is_alike() -> bool:
        event = _event_with_known_guests(make, chance)
        probes = [(kind, number) for kind in ("known", "fresh") for number in range(OF_EACH)]
        chance.shuffle(probes)
        answer = _answers_to(event, browser, chance)
        taken: dict[str, list[float]] = {"warm": [], "known": [], "fresh": []}
        for kind, number in [("warm", n) for n in range(20)] + probes:
            taken[kind].append(_seconds_of(answer(f"{kind}{number}.{event.id}@example.org")))
        return told_apart(taken["known"], taken["fresh"]) <= TOLD_APART_MOST

    at_a_try(is_alike)


@pytest.mark.parametrize("left", [OF_EACH // 2, 0], ids=["room", "full"])
def test_both_call_the_same_functions(make: Any, browser: Any, left: int) -> None:
    """A difference too small for the time to show it is one nevertheless."""
    chance = random.Random(7)
    event = _event_with_known_guests(make, chance)
    with make.act():
        actions.take_seats(db.session.get_one(Event, event.id), OF_EACH // 2 - left)
    answer = _answers_to(event, browser, chance)
    _calls_of(answer("warm@example.org"))
    known, fresh = (
        _calls_of(answer(f"{kind}.{event.id}@example.org")) for kind in ("known0", "fresh0")
    )
    assert known == fresh
    assert sum(known.values()) > 50, "of ours"


def test_neither_the_size_of_the_answer_nor_its_headers_tell(make: Any, browser: Any) -> None:
    event = make.event()
    make.rsvp(event, person=make.person("known@example.org"))
    seen = []
    for email in ("known@example.org", "fresh@example.org"):
        page = browser().open(f"/e/{event.slug}")
        token = page.one("#rsvp [name=csrf_token]")["value"]
        typed = {"name": "Ana", "email": email, "csrf_token": token}
        posted = page.client.post(f"/e/{event.slug}/rsvp", data=typed)
        shown = page.client.get(posted.headers["Location"])
        seen.append([(answer.status, _sizes(answer)) for answer in (posted, shown)])
    assert seen[0] == seen[1]


def _sizes(answer: Any) -> list[tuple[str, int]]:
    """Headers by name and length, the cookies' among them, and the length of the body."""
    return [*((name, len(value)) for name, value in answer.headers), ("", len(answer.data))]


def _event_with_known_guests(make: Any, chance: random.Random) -> Event:
    event: Event = make.event(capacity=OF_EACH + OF_EACH // 2)
    with make.act():
        guests = [_known(f"known{n}.{event.id}", some_name(chance)) for n in range(OF_EACH)]
        there = db.session.get_one(Event, event.id)
        actions.take_seats(there, OF_EACH)
        actions.enter_all(there, guests, at=clock.now())
    return event


def _answers_to(event: Event, browser: Any, chance: random.Random) -> Callable[[str], Any]:
    """What answers the event in one browser, from an address, once it is called."""
    page = browser().open(f"/e/{event.slug}")
    token = page.one("#rsvp [name=csrf_token]")["value"]

    def answer(email: str) -> Callable[[], Any]:
        typed = {"name": some_name(chance), "email": email, "csrf_token": token}
        return lambda: page.client.post(f"/e/{event.slug}/rsvp", data=typed)

    return answer


def _seconds_of(answer: Callable[[], Any]) -> float:
    began = time.process_time()
    answered = answer()
    took = time.process_time() - began
    assert answered.status_code == 303
    return took


def _calls_of(answer: Callable[[], Any]) -> Counter[str]:
    """How often it calls each function of the application."""
    calls = Counter[str]()

    def note(frame: FrameType, what: str, _: object) -> None:
        if what == "call" and "/eventapp/" in frame.f_code.co_filename:
            calls[frame.f_code.co_qualname] += 1

    sys.setprofile(note)
    try:
        answered = answer()
    finally:
        sys.setprofile(None)
    assert answered.status_code == 303
    return calls


def _known(account: str, name: str) -> dict[str, Any]:
    person = Person(
        email=f"{account}@example.org",
        email_key=f"{account}@example.org",
        name=name,
        language="en",
        created_at=clock.now(),
    )
    db.session.add(person)
    return {"name": name, "status": "going", "person": person, "language": "en"}


def told_apart(known: Sequence[float], fresh: Sequence[float]) -> float:
    """The share that one sample tells apart: by the threshold that is best for one half of the
    samples, tried on the other half, and the other way round.
    """
    halves = [(known[0::2], fresh[0::2]), (known[1::2], fresh[1::2])]
    return sum(
        _right(*tried, *_best_rule(*learned)) for learned, tried in (halves, halves[::-1])
    ) / len(halves)


def _best_rule(known: Sequence[float], fresh: Sequence[float]) -> tuple[float, int]:
    rules = [(limit, sign) for limit in [*known, *fresh] for sign in (1, -1)]
    return max(rules, key=lambda rule: _right(known, fresh, *rule))


def _right(known: Sequence[float], fresh: Sequence[float], limit: float, sign: int) -> float:
    right = sum((took - limit) * sign < 0 for took in known)
    right += sum((took - limit) * sign >= 0 for took in fresh)
    return right / (len(known) + len(fresh))
