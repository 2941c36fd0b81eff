"""When suggestions are planned, and for how many at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.greeting.actions.planner import IN_ONE_GO
from eventapp.model import Event, Rsvp, Suggestion
from tests.browser import Browser
from tests.greeting.evening import AGREED, change, plan, suggested
from tests.make import Make
from tests.make import _person as person_row

Browsers = Callable[..., Browser]


@pytest.mark.parametrize("more", [{"called_off_at": clock.now()}, {"ends_at": clock.now()}])
def test_nobody_is_suggested_for_an_evening_that_is_over_or_called_off(
    make: Make, browser: Browsers, more: dict[str, Any]
) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=2), **more)
    make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    one = make.rsvp(event, "Eva", **AGREED, want_to_learn="pricing")
    assert suggested(make, browser, one) == {}


def test_who_comes_late_is_served_and_what_stood_stays(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert list(suggested(make, browser, ana)) == ["Bea"]
    ids = {row.id for row in make.rows(Suggestion)}
    late = make.rsvp(event, "Late", **AGREED, want_to_learn="hiring")
    assert list(suggested(make, browser, late)) == ["Ana Ruiz"]
    assert ids <= {row.id for row in make.rows(Suggestion)}


def test_nothing_is_planned_anew_while_nothing_changed(make: Make, event: Event, ana: Rsvp) -> None:
    make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert plan(make) > 0
    assert plan(make) == 0
    change(make, ana, note="hello")
    assert plan(make) == 0
    change(make, ana, want_to_learn="tea")
    assert plan(make) > 0


@pytest.mark.parametrize(
    ("more", "planned"),
    [
        ({"starts_at": clock.now() + timedelta(hours=2, minutes=5)}, True),
        ({"starts_at": clock.now() + timedelta(hours=3)}, False),
        ({"starts_at": clock.now() - timedelta(hours=2)}, True),
        ({"starts_at": clock.now() - timedelta(hours=4)}, False),
        ({"called_off_at": clock.now()}, False),
        ({"published_at": None}, False),
    ],
)
def test_it_is_planned_from_two_hours_before_until_the_end(
    make: Make, more: dict[str, Any], planned: bool
) -> None:
    event = make.event(**more)
    make.rsvp(event, "Ana", **AGREED, want_to_learn="pricing")
    make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    plan(make)
    assert bool(make.rows(Suggestion)) is planned


def test_hundreds_are_written_in_portions(make: Make, event: Event, ana: Rsvp) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing", want_to_learn="hiring")
    ids = make.crowd(bea, 230)
    with make.act():
        for id_ in ids:
            db.session.get_one(Rsvp, id_).person = person_row(f"{id_}@example.org", "Somebody")
    rounds = [plan(make) for _ in range(232 // IN_ONE_GO + 2)]
    assert all(done <= IN_ONE_GO for done in rounds)
    assert rounds[-1] == 0
    assert len({row.rsvp_id for row in make.rows(Suggestion)}) > 200


def test_a_page_asks_the_database_no_more_for_two_thousand(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, count_queries: Any
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    page, asked = browser(), []
    for size in (0, 2000):
        make.crowd(bea, size) if size else None
        plan(make)
        with count_queries() as statements:
            page.open(f"/r/{ana.key}")
        asked.append(len(statements))
    assert asked[0] == asked[1]
