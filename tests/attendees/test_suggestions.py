"""One's own page: up to three people to look for, each with the reason, where both agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Encounter, Event, Rsvp
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    more = {"ask_me_about": "hiring the first five", "want_to_learn": "pricing"}
    return make.rsvp(event, "Ana Ruiz", listing="attendees", **more)


def noted(make: Make, noter: Rsvp, met: Rsvp, **more: Any) -> None:
    row = {"event_id": noter.event_id, "noter_id": noter.id, "met_id": met.id}
    with make.act():
        db.session.add(Encounter(**row, noted_at=clock.now(), **more))


def suggested(browser: Browsers, rsvp: Rsvp) -> dict[str, str]:
    """Who is suggested on this guest's own page: name → the reason in words."""
    page = browser().open(f"/r/{rsvp.key}")
    rows = page.page.select("#suggestions [data-guest]")
    return {str(row["data-guest"]): words_of(row.select_one(".hint")) for row in rows}


def test_each_comes_with_the_reason_in_whole_phrases(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    shown = {"listing": "attendees"}
    make.rsvp(event, "Too", want_to_learn="Pricing of software, tea", **shown)
    make.rsvp(event, "Wants", want_to_learn="hiring", **{**shown, "listing": "everyone"})
    make.rsvp(event, "Offers", ask_me_about="tea, value-based pricing", **shown)
    make.rsvp(event, "Like", ask_me_about="hiring the first five", **shown)
    make.rsvp(event, "Nothing", **shown)
    assert suggested(browser, ana) == {
        "Offers": "Can be asked about value-based pricing",
        "Wants": "Wants to learn about hiring",
        "Too": "Also wants to learn about Pricing of software",
    }
    assert browser().open(f"/r/{ana.key}").sees("Three people you might look for")


def test_three_at_most_those_with_most_in_common_first(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    for number in range(5):
        make.rsvp(event, f"Offers {number}", listing="everyone", ask_me_about="pricing")
    both = {"ask_me_about": "pricing, our prices"}
    with make.act():
        db.session.get_one(Rsvp, ana.id).want_to_learn = "pricing, prices"
    make.rsvp(event, "Most", listing="everyone", **both)
    assert list(suggested(browser, ana)) == ["Most", "Offers 0", "Offers 1"]


def test_without_a_reason_there_is_nobody_and_no_heading(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    make.rsvp(event, "Bea", listing="everyone", ask_me_about="tea")
    page = browser().open(f"/r/{ana.key}")
    assert not page.page.select("#suggestions")
    assert not page.sees("look for")


def test_one_alone_is_called_somebody(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    make.rsvp(event, "Bea", listing="everyone", ask_me_about="pricing")
    assert browser().open(f"/r/{ana.key}").sees("Somebody you might look for")


@pytest.mark.parametrize(
    "hidden",
    [
        {"listing": "nobody"},
        {"listing": None},
        {"listing": "everyone", "confirmed_at": None},
        {"listing": "everyone", "status": "waitlisted"},
        {"listing": "everyone", "status": "maybe"},
        {"listing": "everyone", "status": "cancelled"},
    ],
)
def test_who_did_not_agree_or_does_not_come_is_not_suggested(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, hidden: dict[str, Any]
) -> None:
    make.rsvp(event, "Zoe", ask_me_about="pricing", **hidden)
    assert suggested(browser, ana) == {}


@pytest.mark.parametrize(
    "own",
    [
        {"listing": "nobody"},
        {"listing": None},
        {"confirmed_at": None},
        {"status": "waitlisted"},
        {"status": "maybe"},
        {"status": "not_going"},
    ],
)
def test_nobody_is_suggested_to_one_who_did_not_agree_or_does_not_come(
    make: Make, browser: Browsers, event: Event, own: dict[str, Any]
) -> None:
    make.rsvp(event, "Bea", listing="everyone", ask_me_about="pricing")
    one = make.rsvp(event, "Eva", want_to_learn="pricing", **{"listing": "everyone", **own})
    assert suggested(browser, one) == {}


@pytest.mark.parametrize("more", [{"called_off_at": clock.now()}, {"ends_at": clock.now()}])
def test_nobody_is_suggested_for_an_evening_that_is_over_or_called_off(
    make: Make, browser: Browsers, more: dict[str, Any]
) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=2), **more)
    make.rsvp(event, "Bea", listing="everyone", ask_me_about="pricing")
    one = make.rsvp(event, "Eva", listing="everyone", want_to_learn="pricing")
    assert suggested(browser, one) == {}


@pytest.mark.parametrize("who_said_so", ["ana", "bea"])
def test_whoever_was_met_before_is_not_suggested(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, who_said_so: str
) -> None:
    bea = make.rsvp(event, "Bea", listing="everyone", ask_me_about="pricing")
    cleo = make.rsvp(event, "Cleo", listing="everyone", ask_me_about="pricing")
    before = make.event(starts_at=clock.now() - timedelta(days=30))
    then = [make.rsvp(before, "A", person=each.person) for each in (ana, bea, cleo)]
    noted(make, *(then[:2] if who_said_so == "ana" else then[1::-1]))
    assert list(suggested(browser, ana)) == ["Cleo"]


def test_a_decline_of_what_was_taken_back_shows_in_nothing(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    """The row that keeps it must not: whoever was asked once and never again would be missing."""
    bea = make.rsvp(event, "Bea", listing="everyone", ask_me_about="pricing")
    before = make.event(starts_at=clock.now() - timedelta(days=30))
    then = [make.rsvp(before, "A", person=each.person) for each in (ana, bea)]
    noted(make, *then, declined_at=clock.now(), taken_back_at=clock.now())
    assert list(suggested(browser, ana)) == ["Bea"]


def test_it_asks_the_database_no_more_for_two_thousand(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, count_queries: Any
) -> None:
    bea = make.rsvp(event, "Bea", listing="everyone", ask_me_about="pricing")
    page, asked = browser(), []
    for size in (0, 2000):
        make.crowd(bea, size) if size else None
        with count_queries() as statements:
            page.open(f"/r/{ana.key}")
        asked.append(len(statements))
    assert asked[0] == asked[1]
