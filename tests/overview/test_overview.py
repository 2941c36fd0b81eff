"""An event at a glance: what is to do, who comes, who has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import Tag

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import DoorConflict, DoorLog, Event
from tests.browser import Browser
from tests.events.organising import may_event, organiser_of
from tests.mails.failing import fail, mailed
from tests.make import Make, utc
from tests.overview.arriving import come

Browsers = Callable[..., Browser]
START = utc(2027, 5, 4, 17)
LONG_AGO = START - timedelta(days=400)


def ids(page: Browser) -> list[str]:
    """What is to do."""
    return [str(row["id"]) for row in page.page.select("[aria-labelledby=to-do] li")]


def test_what_is_to_do_leads_to_where_it_is_done(make: Make, browser: Browsers) -> None:
    event = make.event()
    make.rsvp(event, status="pending", companions=1)
    for name in ("Ana", "Bea"):
        mailed(make, event, name)
        fail(make, name)
    conflict(make, event)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert ids(page) == ["to-approve", "to-send-again", "to-settle"]
    for words, leads_to in (
        ("2 people are waiting for your yes", f"/o/e/{event.slug}/guests?status=pending"),
        ("2 emails didn't arrive", f"/o/e/{event.slug}/mail"),
        ("One conflict to look at", f"/e/{event.slug}/door/conflicts"),
    ):
        assert page.follow(words).url == leads_to
        page.open(f"/o/e/{event.slug}")


@pytest.mark.parametrize(("capacity", "fit"), [(None, 2), (5, 1), (3, 0)])
def test_who_waits_although_there_are_places_is_to_do(
    make: Make, browser: Browsers, capacity: int | None, fit: int
) -> None:
    event = make.event(capacity=capacity)
    make.rsvp(event, "Zoë", companions=2)
    for name in ("Ana", "Bea"):
        make.rsvp(event, name, companions=1, status="waitlisted")
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert ids(page) == ["to-give-places"] * bool(fit)
    page.open(f"/o/e/{event.slug}/guests?status=waitlisted")
    told = [one.get_text().split()[0] for one in page.page.select("[data-count=fit]")]
    assert told == {0: [], 1: ["One"], 2: ["2"]}[fit]


def conflict(make: Make, event: Event) -> None:
    told = {"verb": "admit", "outcome": "admitted", "door": "Main door", "by": "Main door"}
    times = {"happened_at": clock.now(), "heard_at": clock.now()}
    with make.act():
        line = DoorLog(event_id=event.id, scan_id="1", **told, **times)
        db.session.add(line)
        db.session.flush()
        db.session.add(DoorConflict(event_id=event.id, door_log_id=line.id, kind="unknown"))


def test_nothing_to_do_takes_no_room(make: Make, browser: Browsers) -> None:
    event = make.event()
    assert ids(organiser_of(make, browser, event).open(f"/o/e/{event.slug}")) == []


@pytest.mark.parametrize(
    "state",
    [{"called_off_at": START}, {"starts_at": LONG_AGO, "ends_at": LONG_AGO + timedelta(hours=3)}],
)
def test_nobody_is_approved_of_what_does_not_take_place(
    make: Make, browser: Browsers, state: dict[str, Any]
) -> None:
    event = may_event(make, **state)
    make.rsvp(event, status="pending")
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert (ids(page), page.one("[data-count=pending] strong").get_text()) == ([], "1")


def test_a_draft_is_to_be_published_and_an_old_one_needs_a_date(
    make: Make, browser: Browsers
) -> None:
    community = make.community()
    draft = make.event(community, published_at=None)
    old = make.event(community, published_at=None, starts_at=clock.now() - timedelta(days=9))
    page = organiser_of(make, browser, community)
    assert ids(page.open(f"/o/e/{draft.slug}")) == ["to-publish"]
    assert ids(page.open(f"/o/e/{old.slug}")) == ["to-date"]
    page.follow("Give it a new date")
    assert page.one("#starts")["name"] == "starts"


def count(page: Browser) -> Tag:
    return page.one("#headcount[data-admitted]")


def test_who_has_come_is_counted_while_they_come(make: Make, browser: Browsers) -> None:
    event = make.event(starts_at=clock.now() + timedelta(hours=2))
    come(make, event, clock.now(), people=2)
    make.rsvp(event)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert (count(page)["data-admitted"], count(page)["data-expected"]) == ("2", "3")
    assert page.sees("2 in, of 3")

    polled = str(page.one("#arrivals")["hx-get"])
    headers = {"HX-Request": "true"}
    assert page.client.get(polled, headers=headers).status_code == 204
    come(make, event, clock.now())
    answer = page.client.get(polled, headers=headers)
    assert 'data-admitted="3"' in answer.text
    assert "<html" not in answer.text
    assert page.open(polled).sees("3 in, of 4"), "a page of its own without JavaScript"


def test_a_door_that_is_shut_is_not_asked_again(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event)
    assert page.open(f"/o/e/{event.slug}").page.select("#arrivals") == []
    come(make, event, START)
    assert not page.open(f"/o/e/{event.slug}").one("#arrivals").has_attr("hx-get")


@pytest.mark.parametrize(("people", "words"), [(1, "1 persona en 5"), (2, "2 personas en 5")])
def test_the_chart_speaks_spanish(make: Make, browser: Browsers, people: int, words: str) -> None:
    event = may_event(make)
    come(make, event, START, people)
    page = organiser_of(make, browser, event, language="es").open(f"/o/e/{event.slug}")
    assert page.sees("Llegadas de 19:00 a 19:05.")
    assert page.sees(words)


def test_the_chart_is_told_in_words_and_in_numbers(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    for minutes, people in ((-12, 1), (-11, 2), (6, 1), (61, 2)):
        come(make, event, START + timedelta(minutes=minutes), people)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert page.sees("Arrivals from 18:45 to 20:05.")
    assert page.sees("At the busiest, from 18:45, 3 people in 5 minutes.")
    rows = [
        [cell.get_text() for cell in row.select("td")] for row in page.page.select("#arrivals tr")
    ]
    assert rows[1:] == [["18:45", "3"], ["19:05", "1"], ["20:00", "2"]]
    drawn: Any = page.one("svg.chart")
    words = page.one(f"#{drawn['aria-labelledby']}").get_text()
    assert "Arrivals from 18:45" in words
    assert [bar.title.get_text() for bar in drawn.select("rect")] == [
        "18:45: 3",
        "19:05: 1",
        "20:00: 2",
    ]


@pytest.mark.parametrize(
    "state", [{"called_off_at": clock.now()}, {"starts_at": clock.now() - timedelta(days=2)}]
)
def test_what_is_over_or_called_off_has_no_places_to_change(make, browser, state):
    event = make.event(**state)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    assert not page.page.select("#approval")
    assert not page.sees("Change the places")
