"""One's own page: up to three people to look for, each with the reason, where both ticked it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.greeting.actions.planner import IN_ONE_GO
from eventapp.model import Block, Encounter, Event, Rsvp, Suggestion
from tests.browser import Browser
from tests.greeting.evening import AGREED, change, let_in, plan, regular
from tests.html import words_of
from tests.make import Make
from tests.make import _person as person_row

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    more = {"ask_me_about": "hiring the first five", "want_to_learn": "pricing"}
    return make.rsvp(event, "Ana Ruiz", **AGREED, **more)


def noted(make: Make, noter: Rsvp, met: Rsvp, **more: Any) -> None:
    row = {"event_id": noter.event_id, "noter_id": noter.id, "met_id": met.id}
    with make.act():
        db.session.add(Encounter(**row, noted_at=clock.now(), **more))


def suggested(make: Make, browser: Browsers, rsvp: Rsvp) -> dict[str, str]:
    """Who is suggested on this guest's own page: name → the reason in words."""
    plan(make)
    page = browser().open(f"/r/{rsvp.key}")
    rows = page.page.select("#suggestions [data-guest]")
    return {str(row["data-guest"]): words_of(row.select_one(".hint")) for row in rows}


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


@pytest.mark.parametrize("more", [{"called_off_at": clock.now()}, {"ends_at": clock.now()}])
def test_nobody_is_suggested_for_an_evening_that_is_over_or_called_off(
    make: Make, browser: Browsers, more: dict[str, Any]
) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=2), **more)
    make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    one = make.rsvp(event, "Eva", **AGREED, want_to_learn="pricing")
    assert suggested(make, browser, one) == {}


@pytest.mark.parametrize("who_said_so", ["ana", "bea"])
def test_whoever_was_met_before_is_not_suggested(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, who_said_so: str
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    cleo = make.rsvp(event, "Cleo", **AGREED, ask_me_about="pricing")
    before = make.event(starts_at=clock.now() - timedelta(days=30))
    then = [make.rsvp(before, "A", person=each.person) for each in (ana, bea, cleo)]
    noted(make, *(then[:2] if who_said_so == "ana" else then[1::-1]))
    assert list(suggested(make, browser, ana)) == ["Cleo"]


def test_a_decline_of_what_was_taken_back_shows_in_nothing(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    """The row that keeps it must not: whoever was asked once and never again would be missing."""
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    before = make.event(starts_at=clock.now() - timedelta(days=30))
    then = [make.rsvp(before, "A", person=each.person) for each in (ana, bea)]
    noted(make, *then, declined_at=clock.now(), taken_back_at=clock.now())
    assert list(suggested(make, browser, ana)) == ["Bea"]


@pytest.mark.parametrize("change_of", ["ana", "bea"])
@pytest.mark.parametrize(
    "withdrawn", [{"may_be_suggested": False}, {"listing": "nobody"}, {"status": "cancelled"}]
)
def test_withdrawing_shows_at_once_on_the_pages_of_both(
    make: Make,
    browser: Browsers,
    event: Event,
    ana: Rsvp,
    change_of: str,
    withdrawn: Any,
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert suggested(make, browser, ana) == {
        "Bea": "Can be asked about what you want to learn: pricing"
    }
    assert list(suggested(make, browser, bea)) == ["Ana Ruiz"]
    change(make, {"ana": ana, "bea": bea}[change_of], **withdrawn)
    for rsvp in (ana, bea):
        assert not browser().open(f"/r/{rsvp.key}").page.select("#suggestions")


def test_a_topic_that_is_withdrawn_is_shown_no_more(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert suggested(make, browser, ana) == {
        "Bea": "Can be asked about what you want to learn: pricing"
    }
    change(make, bea, ask_me_about="")
    assert "about pricing" not in browser().open(f"/r/{ana.key}").text
    assert suggested(make, browser, ana) == {}, "there is no reason any more"


def test_one_blocked_by_either_is_gone_at_once(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert list(suggested(make, browser, ana)) == ["Bea"]
    row = {"blocker_id": bea.person_id, "blocked_id": ana.person_id, "name": "Ana"}
    with make.act():
        db.session.add(Block(**row, since=clock.now()))
    for rsvp in (ana, bea):
        assert not browser().open(f"/r/{rsvp.key}").page.select("#suggestions")
    plan(make)
    assert make.rows(Suggestion) == []


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


def test_a_host_who_withdraws_is_replaced(make: Make, browser: Browsers, event: Event) -> None:
    hosts = [regular(make, event, name, hosts_since=clock.now()) for name in ("Olga", "Pia")]
    lucia = make.rsvp(event, "Lucía", listing="attendees", wants_a_host=True)
    plan(make)
    page = browser().open(f"/r/{lucia.key}")
    assert page.guests() == ["Olga"]
    browser().open(f"/r/{hosts[0].key}").press("Keep this choice", hosts="")
    assert browser().open(f"/r/{lucia.key}").guests() == []
    plan(make)
    assert browser().open(f"/r/{lucia.key}").guests() == ["Pia"]


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
