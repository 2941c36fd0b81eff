"""What a guest chooses about whom they meet: on their own page, at any time, nothing by default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Rsvp
from tests.browser import Browser
from tests.greeting.evening import regular
from tests.make import Make, utc
from tests.make import _person as person_row

Browsers = Callable[..., Browser]
TICKS = ("hosts", "badge_tells", "may_be_suggested", "wants_a_host")
SAVE = "Keep this choice"
NOTHING = (None, False, False, False)


def own(make: Make, browser: Browsers, *, htmx: bool = False, **more: object) -> Browser:
    rsvp = make.rsvp(make.event(), "Ana", **more)
    return browser(htmx=htmx).open(f"/r/{rsvp.key}")


def chosen(make: Make) -> tuple[Any, ...]:
    row = make.row(Rsvp)
    return row.hosts_since, row.badge_tells, row.may_be_suggested, row.wants_a_host


def test_nothing_is_ticked_at_first(make: Make, browser: Browsers) -> None:
    page = own(make, browser)
    for name in TICKS:
        assert not page.one(f"#meet [name={name}]").has_attr("checked")
    page.press(SAVE)
    assert chosen(make) == NOTHING


@pytest.mark.parametrize("name", TICKS)
def test_each_is_ticked_and_taken_back(
    make: Make, browser: Browsers, name: str, htmx: bool
) -> None:
    page = own(make, browser, htmx=htmx)
    page.press(SAVE, **{name: "y"})
    assert sum(map(bool, chosen(make))) == 1
    assert page.one(f"#meet [name={name}]").has_attr("checked")
    page.press(SAVE, **{name: ""})
    assert chosen(make) == NOTHING


def test_since_when_somebody_hosts_stays_when_they_save_again(
    make: Make, browser: Browsers
) -> None:
    page = own(make, browser).press(SAVE, hosts="y")
    since = make.row(Rsvp).hosts_since
    with time_machine.travel(clock.now().timestamp() + 90):
        page.press(SAVE)
    assert make.row(Rsvp).hosts_since == since


def test_an_old_tab_ticks_nothing_again(make: Make, browser: Browsers) -> None:
    page = own(make, browser).press(SAVE, may_be_suggested="y")
    old = browser().open(page.url)
    page.press(SAVE, may_be_suggested="")
    old.press(SAVE, badge_tells="y")
    assert (old.status, old.codes()) == (409, ["edited_meanwhile"])
    assert chosen(make) == NOTHING


def test_only_who_is_new_is_asked_whether_they_want_a_host(make: Make, browser: Browsers) -> None:
    rsvp = regular(make, make.event(), "Bea", may_be_suggested=False)
    page = browser().open(f"/r/{rsvp.key}")
    assert page.page.select("#meet [name=may_be_suggested]")
    assert not page.page.select("#meet [name=wants_a_host]")


def test_once_rsvps_are_closed_it_changes_the_lines_as_well(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = make.event(rsvp_closes_at=clock.now() - timedelta(hours=1))
    rsvp = make.rsvp(event, "Ana", want_to_learn="pricing")
    page = browser(htmx=htmx).open(f"/r/{rsvp.key}")
    page.press(SAVE, want_to_learn="tea", looking_for="a flat", may_be_suggested="y")
    row = make.row(Rsvp)
    assert (row.want_to_learn, row.looking_for, row.may_be_suggested) == ("tea", "a flat", True)
    page.press(SAVE, looking_for="x" * 141)
    assert (page.status, page.codes()) == (422, ["too_long"])
    assert make.row(Rsvp).looking_for == "a flat"


def test_a_page_says_when_suggestions_come_and_that_there_are_none(
    make: Make, browser: Browsers
) -> None:
    later = make.event(starts_at=clock.now() + timedelta(days=1))
    page = browser().open(f"/r/{make.rsvp(later, 'Ana', listing='attendees').key}")
    assert page.sees("Two hours before the event")
    page.press(SAVE, may_be_suggested="y")
    assert not page.page.select("[data-nobody-yet]")
    soon = make.rsvp(make.event(), "Bea", listing="attendees")
    page.open(f"/r/{soon.key}")
    assert not page.page.select("[data-nobody-yet]")
    assert not page.sees("Two hours before the event")
    assert page.press(SAVE, may_be_suggested="y").sees("you can see nobody else who's coming")


@pytest.mark.parametrize(
    ("own", "other", "why", "words"),
    [
        ({"status": "waitlisted"}, {}, "has_no_place", "Once you have a place"),
        ({"status": "maybe"}, {}, "has_no_place", "Once you have a place"),
        ({}, {"listing": "nobody"}, "nobody_comes", "you can see nobody else"),
        ({}, {"confirmed_at": None}, "nobody_comes", "you can see nobody else"),
        ({}, {}, "wrote_nothing", "you wrote nothing that you'd like to talk about"),
        ({"want_to_learn": "tea"}, {}, "still_looking", "We look again every few minutes"),
        ({"may_be_suggested": False}, {}, "still_looking", "We look again every few minutes"),
        ({"listing": "nobody"}, {}, "", "Only the hosts can see that you're coming"),
    ],
)
def test_a_page_says_why_there_is_nobody_yet(
    make: Make, browser: Browsers, own: Any, other: Any, why: str, words: str
) -> None:
    event, seen = make.event(), {"listing": "attendees"}
    make.rsvp(event, "Bea", **{**seen, **other})
    ticked = {"may_be_suggested": True, "wants_a_host": True}
    page = browser().open(f"/r/{make.rsvp(event, 'Ana', **{**seen, **ticked, **own}).key}")
    assert [one["data-nobody-yet"] for one in page.page.select("[data-nobody-yet]")] == [why][
        : len(why)
    ]
    assert page.sees(words)


def test_who_wrote_nothing_is_led_to_where_they_can(make: Make, browser: Browsers) -> None:
    event = make.event()
    make.rsvp(event, "Bea", listing="attendees")
    ana = make.rsvp(event, "Ana", listing="attendees", may_be_suggested=True)
    page = browser().open(f"/r/{ana.key}").follow("Say what you'd like to talk about")
    page.press("Save", want_to_learn="tea")
    assert page.open(f"/r/{ana.key}").sees("We look again every few minutes")
    assert not page.page.select("a[href*='last=1']")


def test_who_is_not_listed_reads_that_nobody_is_led_to_them(make: Make, browser: Browsers) -> None:
    words = "nobody is led to you"
    assert own(make, browser, listing="nobody").sees(words)
    assert not own(make, browser, listing="attendees").sees(words)


@pytest.mark.parametrize(
    ("more", "of_event"),
    [
        ({"confirmed_at": None}, {}),
        ({"status": "not_going"}, {}),
        ({"status": "cancelled"}, {}),
        ({}, {"called_off_at": clock.now()}),
        ({}, {"starts_at": clock.now() - timedelta(days=2)}),
    ],
)
def test_there_is_nothing_to_choose_for_who_does_not_come(
    make: Make, browser: Browsers, more: dict[str, Any], of_event: dict[str, Any]
) -> None:
    rsvp = make.rsvp(make.event(**of_event), "Ana", **more)
    page = browser().open(f"/r/{rsvp.key}")
    assert not page.page.select("#meet")
    assert page.open(f"/r/{rsvp.key}/people-to-meet").status == 404
    token = page.open("/sign-in").page.select("[name=csrf_token]")[0]["value"]
    data = {"csrf_token": token, "hosts": "y", "may_be_suggested": "y"}
    answer = page.client.post(f"/r/{rsvp.key}/people-to-meet", data=data)
    assert answer.status_code in (400, 404)
    assert chosen(make) == NOTHING


FORM = {"name": "Ana", "email": "ana@example.org", "listing": "attendees"}
TICKED = {"may_be_suggested": "y", "wants_a_host": "y", "hosts": "y"}


def digits(make: Make) -> str:
    return str(make.mails("ana@example.org")[-1][0].values["digits"])


def test_the_rsvp_form_asks_and_it_counts_once_the_address_is_proven(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    page = browser(htmx=htmx).open(f"/e/{make.event().slug}")
    assert not page.page.select("#rsvp input[checked][type=checkbox]")
    assert not page.page.select("#rsvp [name=badge_tells]")
    page.press("I'm coming", **FORM, **TICKED)
    assert chosen(make) == NOTHING, "anybody could have typed it"
    page.press("Show my ticket", digits=digits(make))
    assert chosen(make) == (make.row(Rsvp).confirmed_at, False, True, True)


@pytest.mark.parametrize("name", TICKED)
def test_each_tick_of_the_rsvp_form_is_its_own(make: Make, browser: Browsers, name: str) -> None:
    page = browser().open(f"/e/{make.event().slug}").press("I'm coming", **FORM, **{name: "y"})
    page.press("Show my ticket", digits=digits(make))
    assert [one["name"] for one in page.page.select("#meet [checked]")] == [name]


def test_a_refused_rsvp_form_shows_what_was_ticked(make: Make, browser: Browsers) -> None:
    page = browser().open(f"/e/{make.event().slug}")
    page.press("I'm coming", **{**FORM, "email": "ana"}, hosts="y")
    assert page.status == 422
    assert page.one("#rsvp details[open] [name=hosts]").has_attr("checked")
    assert not page.one("#rsvp [name=wants_a_host]").has_attr("checked")


def test_the_own_page_of_this_browser_shows_them_before_they_count(
    make: Make, browser: Browsers
) -> None:
    page = browser().open(f"/e/{make.event().slug}").press("I'm coming", **FORM, **TICKED)
    page.open(f"/r/{make.row(Rsvp).key}")
    assert {one["name"] for one in page.page.select("#change [checked][type=checkbox]")} == {
        *TICKED
    }
    page.press("Save", wants_a_host="")
    assert chosen(make) == (make.row(Rsvp).confirmed_at, False, True, False)
    assert not page.page.select("#change [name=hosts]"), "the part below asks"


def test_what_strangers_tick_is_dropped_when_the_guest_confirms(
    make: Make, browser: Browsers
) -> None:
    browser().open(f"/e/{make.event().slug}").press("I'm coming", **FORM, **TICKED)
    page = browser().open(f"/r/{make.row(Rsvp).key}")
    assert not page.page.select("[checked][type=checkbox]")
    page.press("Save")
    assert make.row(Rsvp).confirmed_at
    assert chosen(make) == NOTHING


def test_answering_again_without_a_tick_withdraws_none(make: Make, browser: Browsers) -> None:
    event = make.event()
    ana = person_row("ana@example.org", "Ana")
    make.rsvp(event, "Ana", person=ana, may_be_suggested=True)
    page = browser().open(f"/e/{event.slug}").press("I'm coming", **FORM, hosts="y")
    page.press("Show my ticket", digits=digits(make))
    assert chosen(make) == (make.row(Rsvp).changed_at, False, True, False)


@pytest.mark.parametrize(
    ("starts", "now", "is_above"),
    [
        (utc(2027, 5, 4, 17), utc(2027, 5, 3, 21, 59), False),  # the day before, in Madrid
        (utc(2027, 5, 4, 17), utc(2027, 5, 3, 22), True),
        (utc(2027, 5, 3, 23), utc(2027, 5, 3, 21, 30), True),  # the evening before: it's near
    ],
)
def test_they_stand_right_below_the_ticket_on_the_day(
    make: Make, browser: Browsers, starts: datetime, now: datetime, is_above: bool
) -> None:
    ana = make.rsvp(make.event(starts_at=starts))
    with time_machine.travel(now):
        page = browser().open(f"/r/{ana.key}")
    parts = page.page.select("#meet, a[href$='/people']")
    assert (parts[0].get("id") == "meet") == is_above
    assert len(parts) == 2
