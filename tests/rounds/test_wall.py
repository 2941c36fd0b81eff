"""The page for a wall: tables, time left, and names of who agreed to be seen by attendees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from eventapp.conduct.actions import block
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Person, Rounds, Rsvp
from eventapp.rounds.actions import Settings, end_rounds
from eventapp.rounds.queries import Standing, WallTable
from eventapp.rounds.wall_pages import PAGE_SECONDS, OnWall
from tests.browser import Browser
from tests.make import Make
from tests.rounds.evening import announced, going_on, start, there, untick

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return going_on(make)


@pytest.fixture
def wall(make: Make, browser: Browsers, event: Event) -> Browser:
    """A browser that nobody signed in, at the link."""
    rounds = announced(make, event, Settings(10, 6, 2, 2))
    page: Browser = browser().open(f"/rounds/{rounds.wall}")
    return page


def table(wall: Browser, number: int) -> str:
    """All that the wall says of a table."""
    return " ".join(wall.one(f"[data-table='{number}']").text.split())


def test_it_names_who_agreed_and_nobody_else(make: Make, event: Event, wall: Browser) -> None:
    there(make, event, "Ana", listing="attendees")
    there(make, event, "Bea", listing="everyone")
    there(make, event, "Noel", listing="nobody")
    there(make, event, "Unasked", listing=None)
    there(make, event, "Unproven", listing="everyone", confirmed_at=None)
    start(make, event)
    wall.open(wall.url)
    assert table(wall, 1) == "Table 1 Ana Bea"
    assert wall.sees("Round 1 of 2")
    assert wall.sees("Not named here? Your phone shows your table.")


def test_it_says_the_same_however_many_sit_there_unnamed(make: Make, browser: Browsers) -> None:
    said = set()
    with time_machine.travel(clock.now(), tick=False):
        for unlisted in ("", "V", "VWXY"):
            event = going_on(make)
            rounds = announced(make, event, Settings(10, 6, 2, 2))
            there(make, event, "Ana", "Bea", listing="attendees")
            there(make, event, *unlisted, listing="nobody")
            start(make, event)
            wall = browser().open(f"/rounds/{rounds.wall}")
            said.add((wall.one("#rounds").text, str(wall.one("ol.tables"))))
    assert len(said) == 1


def test_nobody_unnamed_changes_it_as_they_leave(make: Make, event: Event, wall: Browser) -> None:
    unlisted = there(make, event, *"TUVWXYZ", listing="nobody")
    start(make, event)
    poll = str(wall.open(wall.url).one("#rounds")["hx-get"])
    assert [table(wall, number) for number in (1, 2)] == ["Table 1", "Table 2"]
    for rsvp in unlisted:
        untick(make, rsvp)
        assert wall.client.get(poll).status_code == 204
    assert [table(wall.open(wall.url), number) for number in (1, 2)] == ["Table 1", "Table 2"]


def test_it_is_told_before_the_tick_and_where_all_is_told(
    make: Make, browser: Browsers, event: Event, wall: Browser
) -> None:
    new = make.rsvp(event, "New")
    for page in (f"/r/{new.key}/rounds", "/privacy"):
        told = browser().open(page)
        assert told.sees(
            "The page on the wall, which the hosts see too, names you at your table only if the "
            "attendee list does"
        ), page


def test_whoever_leaves_is_on_it_no_more(make: Make, event: Event, wall: Browser) -> None:
    ana, *_ = there(make, event, "Ana", "Bea", "Cleo", listing="everyone")
    start(make, event)
    poll = str(wall.open(wall.url).one("#rounds")["hx-get"])
    assert wall.client.get(poll).status_code == 204
    untick(make, ana)
    answer = wall.client.get(poll)
    assert answer.status_code == 200
    assert "Ana" not in answer.text


def test_it_does_not_show_who_blocked_somebody_there(
    make: Make, event: Event, wall: Browser
) -> None:
    ana, bea, _ = there(make, event, "Ana", "Bea", "Cleo", listing="everyone")
    start(make, event)
    with make.act():
        person = db.session.get_one(Person, ana.person_id)
        block(person, db.session.get_one(Rsvp, bea.id), at=clock.now())
    wall.open(wall.url)
    assert table(wall, 1) == "Table 1 Bea Cleo"


def test_whom_somebody_blocked_who_is_not_there_hides_nobody(
    make: Make, event: Event, wall: Browser
) -> None:
    ana, _ = there(make, event, "Ana", "Bea", listing="everyone")
    elsewhere = make.rsvp(make.event(), "Elsewhere")
    with make.act():
        person = db.session.get_one(Person, ana.person_id)
        block(person, db.session.get_one(Rsvp, elsewhere.id), at=clock.now())
    start(make, event)
    names = wall.open(wall.url).page.select("[data-name]")
    assert [name.text for name in names] == ["Ana", "Bea"]


def test_before_between_and_after(make: Make, event: Event, wall: Browser) -> None:
    assert wall.sees("To take part, open your ticket")
    there(make, event, "Ana", "Bea", listing="everyone")
    start(make, event)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        wall.open(wall.url)
        assert wall.sees("Pause")
        assert wall.one("[data-until]")
        assert "Ana" not in wall.text
        start(make, event)
    with time_machine.travel(clock.now() + timedelta(minutes=22)):
        assert wall.open(wall.url).sees("The rounds are over")


def test_without_scripts_it_loads_itself_anew_if_asked_to_and_says_the_minutes(
    make: Make, event: Event, wall: Browser
) -> None:
    there(make, event, "Ana", "Bea", listing="everyone")
    begun = clock.now()
    start(make, event, at=begun)
    assert "Refresh" not in wall.open(wall.url).response.headers
    wall.open(str(wall.one("noscript a")["href"]))
    assert wall.response.headers["Refresh"] == str(PAGE_SECONDS)
    for minutes, left in ((0.5, "9 minutes left"), (8.5, "1 minute left"), (9.5, "less than a")):
        with time_machine.travel(begun + timedelta(minutes=minutes)):
            assert left in wall.open(wall.url).one("[data-minutes]").text


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (24, 1), (25, 2), (48, 2), (100, 5)])
def test_more_tables_than_can_be_read_come_page_by_page(count: int, pages: int) -> None:
    tables = [WallTable(number, ["Ana"]) for number in range(1, count + 1)]

    def shown(seconds: int) -> OnWall:
        at = datetime.fromtimestamp(1_800_000_000 + seconds, UTC)
        return OnWall(Standing(Rounds(), None, at), tables)

    assert [table for page in shown(0).pages for table in page] == tables
    assert {shown(seconds).page for seconds in range(10 * pages)} == set(range(pages))
    assert shown(0).page == shown(10 * pages).page
    assert len(shown(0).pages[0]) - len(shown(0).pages[-1]) < pages, "they are alike"
    assert shown(0).columns * shown(0).rows >= len(shown(0).pages[0])


def test_only_its_link_opens_it(make: Make, browser: Browsers, wall: Browser) -> None:
    rounds = make.row(Rounds)
    assert browser().open(f"/rounds/{rounds.wall[:-1]}").status == 404
    (own,) = wall.page.select("main a")
    assert str(own["href"]).partition("?")[0] == wall.url, "it leads nowhere else"
    assert "noindex" in wall.response.headers["X-Robots-Tag"]


def test_rounds_announced_again_have_another_link(
    make: Make, browser: Browsers, event: Event, wall: Browser
) -> None:
    there(make, event, "Ana", "Bea", listing="everyone")
    start(make, event)
    before = make.row(Rounds).wall
    announced(make, event, Settings(12, 6, 2, 2))
    assert make.row(Rounds).wall == before, "a change leaves it open"
    with make.act():
        end_rounds(db.session.query(Rounds).one(), at=clock.now())
    announced(make, event)
    assert wall.open(wall.url).status == 404
    assert browser().open(f"/rounds/{make.row(Rounds).wall}").status == 200
