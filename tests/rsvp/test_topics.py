"""The three lines of a guest's own page: of this event, and last time's offered again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.model import Rsvp
from tests.browser import Browser, form_data
from tests.make import Make

Browsers = Callable[..., Browser]
AGAIN = "Use last time's topics again"
LAST = {"ask_me_about": "bread", "want_to_learn": "pricing", "looking_for": "a flat"}


def lines(rsvp: Rsvp) -> dict[str, str]:
    return {name: getattr(rsvp, name) for name in LAST}


def twice(make: Make, earlier: dict[str, Any], **more: Any) -> Rsvp:
    """Who answered a month ago, and now again. Returns the newer answer."""
    community = make.community()
    month_ago = make.event(community, starts_at=clock.now() - timedelta(days=30))
    ana = make.rsvp(month_ago, **earlier)
    return make.rsvp(make.event(more.pop("community", community)), person=ana.person, **more)


def test_what_somebody_looks_for_is_changed_and_emptied(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    rsvp = make.rsvp(make.event())
    page = browser(htmx=htmx).open(f"/r/{rsvp.key}")
    page.press("Save", looking_for="a co-founder")
    assert make.row(Rsvp).looking_for == "a co-founder"
    page.press("Save", looking_for="")
    assert make.row(Rsvp).looking_for == ""


def test_last_times_lines_are_filled_in_and_saved_by_who_wants_them(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    rsvp = twice(make, LAST)
    page = browser(htmx=htmx).open(f"/r/{rsvp.key}")
    assert page.sees("bread · pricing · a flat")
    page.follow(AGAIN)
    assert lines(make.row(Rsvp, id=rsvp.id)) == dict.fromkeys(LAST, "")  # only looked at
    page.press("Save")
    assert lines(make.row(Rsvp, id=rsvp.id)) == LAST
    assert not page.sees(AGAIN)


@pytest.mark.parametrize(
    ("earlier", "more"),
    [
        (LAST, {"want_to_learn": "tea"}),
        (LAST, {"confirmed_at": None}),
        ({**LAST, "confirmed_at": None}, {}),
        ({}, {}),
    ],
)
def test_they_are_offered_to_nobody_else(
    make: Make, browser: Browsers, earlier: dict[str, Any], more: dict[str, Any]
) -> None:
    rsvp = twice(make, earlier, **more)
    page = browser().open(f"/r/{rsvp.key}")
    assert not page.sees(AGAIN)
    page.open(f"/r/{rsvp.key}?last=1")
    assert "bread" not in page.response.text


def test_they_stay_within_their_community(make: Make, browser: Browsers) -> None:
    rsvp = twice(make, LAST, community=make.community())
    assert "bread" not in browser().open(f"/r/{rsvp.key}?last=1").response.text


def test_the_events_form_asks_for_all_three(make: Make, browser: Browsers, htmx: bool) -> None:
    page = browser(htmx=htmx).open(f"/e/{make.event().slug}")
    page.press("I'm coming", name="Ana", email="ana@example.org", **LAST)
    page.press("Show my ticket", digits=make.mails("ana@example.org")[0][0].values["digits"])
    assert lines(make.row(Rsvp)) == LAST


def test_an_older_form_takes_nothing_of_what_it_does_not_ask(make: Make, browser: Browsers) -> None:
    event = make.event()
    ana = make.rsvp(event, person=make.person("ana@example.org"), looking_for="a flat")
    page = make.signed_in(browser(), ana.person).open(f"/r/{ana.key}")
    sent = {**form_data(page.one("#change form")), "ask_me_about": "tea"}
    del sent["looking_for"]
    page.submit(page.one("#change form"), sent)
    assert lines(make.row(Rsvp)) == {
        "ask_me_about": "tea",
        "want_to_learn": "",
        "looking_for": "a flat",
    }


def test_the_events_form_offers_last_times_lines_to_who_is_signed_in(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    community = make.community()
    month_ago = make.event(community, starts_at=clock.now() - timedelta(days=30))
    ana, coming = make.rsvp(month_ago, **LAST), make.event(community)
    address = f"/e/{coming.slug}"
    assert not browser().open(address).sees("bread")
    page = make.signed_in(browser(htmx=htmx), ana.person).open(address)
    assert page.sees("bread · pricing · a flat")
    assert not page.one("#ask_me_about").get("value")
    page.follow(AGAIN).press("I'm coming")
    assert lines(make.row(Rsvp, event_id=coming.id)) == LAST
    assert not page.open(f"{address}?another=1").sees("bread")
