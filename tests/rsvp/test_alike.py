"""An answer to the RSVP form does not tell whether its address is known."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
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
def test_how_long_it_takes_does_not_tell(make: Any, browser: Any) -> None:
    """In CPU time, which a busy machine disturbs less than the time by the clock. Half-way, the
    event is full.
    """
    chance = random.Random(7)
    event = make.event(capacity=OF_EACH + OF_EACH // 2)
    with make.act():
        guests = [_known(number, some_name(chance)) for number in range(OF_EACH)]
        there = db.session.get_one(Event, event.id)
        actions.take_seats(there, OF_EACH)
        actions.enter_all(there, guests, at=clock.now())
    probes = [(kind, number) for kind in ("known", "fresh") for number in range(OF_EACH)]
    chance.shuffle(probes)
    page = browser().open(f"/e/{event.slug}")
    token = page.one("#rsvp [name=csrf_token]")["value"]
    taken: dict[str, list[float]] = {"known": [], "fresh": []}
    for kind, number in [("warm", n) for n in range(20)] + probes:
        typed = {"name": some_name(chance), "email": f"{kind}{number}@example.org"}
        began = time.process_time()
        answer = page.client.post(f"/e/{event.slug}/rsvp", data={**typed, "csrf_token": token})
        took = time.process_time() - began
        assert answer.status_code == 303
        if kind != "warm":
            taken[kind].append(took)
    assert told_apart(taken["known"], taken["fresh"]) <= TOLD_APART_MOST


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


def _known(number: int, name: str) -> dict[str, Any]:
    person = Person(
        email=f"known{number}@example.org",
        email_key=f"known{number}@example.org",
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
