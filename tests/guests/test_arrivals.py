"""Who a list says has come: counted while that can be so, else said in so many words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.importer import dry_run_import
from eventapp.model import CheckIn, Community, Event, Rsvp
from tests.guests.bringing import bring, bring_by_page
from tests.make import Make

EVENTBRITE = b"First Name,Last Name,Attendee Status\nAna,Gil,Checked In\n"
SOON, TOMORROW = timedelta(minutes=40), timedelta(days=1)


def came_at(moment: Any) -> bytes:
    return f"name,approval_status,checked_in_at\nAna Gil,approved,{moment.isoformat()}\n".encode()


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


def soon(make: Make, community: Community, ahead: timedelta = SOON, **more: Any) -> Event:
    return make.event(community, starts_at=clock.now() + ahead, **more)


def test_without_a_time_somebody_came_now_where_the_event_has_not_begun(app, make, community):
    bring(app, soon(make, community), EVENTBRITE)
    assert abs(make.row(CheckIn).at - clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("ahead", "data", "code"),
    [
        pytest.param(TOMORROW, EVENTBRITE, "arrival_before_door", id="the door is closed"),
        pytest.param(
            SOON, came_at(clock.now() - timedelta(days=9)), "arrival_long_before", id="nine days"
        ),
        pytest.param(SOON, came_at(clock.now() + timedelta(days=2)), "arrival_ahead", id="ahead"),
    ],
)
def test_an_arrival_that_cannot_be_is_said_and_takes_no_place(
    app, make, community, ahead, data, code
):
    event = soon(make, community, ahead, capacity=1, seats_taken=1)
    rehearsed = bring(app, event, data, dry_run_import)
    assert rehearsed["flagged"] == [(2, code)]
    assert bring(app, event, data) == rehearsed
    assert not make.rows(CheckIn)
    assert make.row(Rsvp).status == "waitlisted"


def test_an_arrival_counts_once_the_door_is_open(app, make, community):
    event = soon(make, community, TOMORROW)
    bring(app, event, EVENTBRITE)
    with make.act():
        db.session.get_one(Event, event.id).starts_at = clock.now() + SOON
    assert (bring(app, event, EVENTBRITE)["arrived"], len(make.rows(CheckIn))) == (1, 1)


@pytest.mark.parametrize(("ahead", "came"), [(SOON, True), (TOMORROW, False)])
def test_the_preview_says_what_the_import_does(
    make: Make, browser: Any, htmx: bool, tmp_path: Path, community: Community, ahead: timedelta,
    came: bool,
) -> None:  # fmt: skip
    event = soon(make, community, ahead)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    (tmp_path / "list.csv").write_bytes(EVENTBRITE)
    page = olga.open(f"/o/e/{event.slug}/guests/import")
    page.press("Preview", file=tmp_path / "list.csv")
    assert ("Came" in page.one("[data-first]").get_text()) is came
    assert bool(page.page.select("[data-guess=arrival_before_door]")) is not came
    bring_by_page(olga, event, tmp_path / "list.csv")
    assert len(make.rows(CheckIn)) == came


def test_the_first_guests_wait_where_there_is_no_place(make, browser, htmx, tmp_path, community):
    event = soon(make, community, capacity=2)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    (tmp_path / "list.csv").write_text("Name\nAna\nBea\nCleo\n")
    page = olga.open(f"/o/e/{event.slug}/guests/import")
    page.press("Preview", file=tmp_path / "list.csv")
    rows = [one.get_text(" ") for one in page.page.select("[data-first]")]
    assert ["On the waitlist" in row for row in rows] == [False, False, True]
    assert not make.rows(Rsvp)
