"""One's own page: up to three people to look for, each with the reason, where both ticked it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.model import Event, Rsvp
from tests.browser import Browser
from tests.greeting.evening import AGREED, change, let_in, plan, regular, suggested
from tests.html import words_of
from tests.make import Make

Browsers = Callable[..., Browser]


def test_each_comes_with_the_reason_in_whole_phrases(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    shown = AGREED
    make.rsvp(event, "Too", want_to_learn="Pricing of software, tea", **shown)
    make.rsvp(event, "Wants", want_to_learn="hiring", **{**shown, "listing": "everyone"})
    make.rsvp(event, "Offers", ask_me_about="tea, value-based pricing", **shown)
    make.rsvp(event, "Like", ask_me_about="hiring the first five", **shown)
    make.rsvp(event, "Nothing", **shown)
    assert suggested(make, browser, ana) == {
        "Offers": "Can be asked about what you want to learn: value-based pricing",
        "Wants": "Wants to learn what you can be asked about: hiring",
        "Too": "Wants to learn the same as you: Pricing of software",
    }
    assert browser().open(f"/r/{ana.key}").sees("Three people you might look for")


LINES = {"ask_me_about": "rye", "want_to_learn": "tax law, tea", "looking_for": "a flat"}


@pytest.mark.parametrize(
    ("wrote", "times", "reason"),
    [
        (LINES, 1, "Can be asked about: rye; second time here"),
        ({**LINES, "ask_me_about": ""}, 2, "Wants to learn: tax law, tea; third time here"),
        ({"looking_for": "a flat"}, 3, "Is looking for: a flat; fourth time here"),
        ({}, 3, "Knows the place: fourth time here"),
        ({}, 4, "Knows the place: has been here 4 times before"),
    ],
)
def test_a_newcomer_is_told_what_to_talk_about_with_who_has_been_here(
    make: Make, browser: Browsers, event: Event, wrote: Any, times: int, reason: str
) -> None:
    regular(make, event, "Bea", times=times, **wrote)
    lucia = make.rsvp(event, "Lucía", **AGREED, want_to_learn="pricing")
    assert suggested(make, browser, lucia) == {"Bea": reason}


def test_three_at_most_those_with_most_in_common_first(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    for number in range(5):
        make.rsvp(event, f"Offers {number}", **AGREED, ask_me_about="pricing")
    change(make, ana, want_to_learn="pricing, bread")
    make.rsvp(event, "Most", **AGREED, ask_me_about="pricing, our bread")
    assert list(suggested(make, browser, ana)) == ["Most", "Offers 0", "Offers 1"]


def test_without_a_reason_there_is_nobody_and_no_heading(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    make.rsvp(event, "Bea", **AGREED, ask_me_about="tea")
    page = browser().open(f"/r/{ana.key}")
    assert not page.page.select("#suggestions")
    assert not page.sees("might look for")


def test_one_alone_is_called_somebody(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    plan(make)
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
        {"may_be_suggested": False},
        {"may_be_suggested": False, "hosts_since": clock.now(), "badge_tells": True},
    ],
)
def test_who_did_not_agree_or_does_not_come_is_not_suggested(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, hidden: dict[str, Any]
) -> None:
    make.rsvp(event, "Zoe", ask_me_about="pricing", **{**AGREED, **hidden})
    assert suggested(make, browser, ana) == {}


@pytest.mark.parametrize(
    "own",
    [
        {"listing": "nobody"},
        {"listing": None},
        {"confirmed_at": None},
        {"status": "waitlisted"},
        {"status": "maybe"},
        {"status": "not_going"},
        {"may_be_suggested": False},
        {"may_be_suggested": False, "wants_a_host": True},
    ],
)
def test_nobody_is_suggested_to_one_who_did_not_agree_or_does_not_come(
    make: Make, browser: Browsers, event: Event, own: dict[str, Any]
) -> None:
    make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    one = make.rsvp(event, "Eva", want_to_learn="pricing", **{**AGREED, **own})
    assert suggested(make, browser, one) == {}


def test_a_newcomer_is_led_to_a_host_and_to_who_has_been_here(
    make: Make, browser: Browsers, event: Event
) -> None:
    regular(make, event, "Bea", times=2)
    regular(make, event, "Olga", hosts_since=clock.now(), may_be_suggested=False)
    lucia = make.rsvp(event, "Lucía", **AGREED, wants_a_host=True)
    assert suggested(make, browser, lucia) == {"Bea": "Knows the place: third time here"}
    page = browser().open(f"/r/{lucia.key}/people-to-meet")
    assert page.guests() == ["Olga", "Bea"]
    assert "Olga Knows the place: second time here" in words_of(page.one("[data-guest=Olga]"))


def test_a_host_sees_whom_they_greet_and_that_they_are_here(
    make: Make, browser: Browsers, event: Event
) -> None:
    olga = regular(make, event, "Olga", hosts_since=clock.now())
    lucia = make.rsvp(event, "Lucía", listing="attendees", wants_a_host=True)
    plan(make)
    page = browser().open(f"/r/{olga.key}")
    assert words_of(page.one("#greets .name")) == "Lucía"
    assert not page.page.select("[data-is-in]")
    let_in(make, lucia)
    assert browser().open(f"/r/{olga.key}").page.select("#greets [data-is-in]")


@pytest.mark.parametrize(
    ("ask_me_about", "words"),
    [
        ("bees", "Wants to learn: tax law, tea; is looking for: a flat; can be asked about: rye"),
        (
            "tea",
            "Wants to learn what you can be asked about: tea; "
            "is looking for: a flat; can be asked about: rye",
        ),
    ],
)
def test_a_host_reads_all_that_the_newcomer_wrote(
    make: Make, browser: Browsers, event: Event, ask_me_about: str, words: str
) -> None:
    olga = regular(make, event, "Olga", hosts_since=clock.now(), ask_me_about=ask_me_about)
    lucia = make.rsvp(event, "Lucía", listing="attendees", wants_a_host=True, **LINES)
    plan(make)
    page = browser().open(f"/r/{olga.key}/people-to-meet/greeted")
    assert words_of(page.one("[data-guest] p.hint")) == words
    address = str(page.one("#greets")["hx-get"])
    assert page.client.get(address).status_code == 204
    change(make, lucia, want_to_learn="")
    assert "tax law" not in page.client.get(address).text


def test_a_hosts_page_asks_by_itself_who_is_here(
    make: Make, browser: Browsers, event: Event
) -> None:
    olga = regular(make, event, "Olga", hosts_since=clock.now())
    lucia = make.rsvp(event, "Lucía", listing="attendees", wants_a_host=True)
    plan(make)
    page = browser().open(f"/r/{olga.key}")
    address = str(page.one("#greets")["hx-get"])
    assert page.client.get(address).status_code == 204
    let_in(make, lucia)
    answer = page.client.get(address, headers={"HX-Request": "true"})
    assert (answer.status_code, "data-is-in" in answer.text) == (200, True)
    change(make, lucia, wants_a_host=False)
    assert "Lucía" not in page.client.get(address).text
