"""A list that is too long for a request is read and imported by the worker, tab open or not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.due import Due
from eventapp.guests import handed_in, long_lists
from eventapp.guests.handed_in import forget_unwritten
from eventapp.guests.long_lists import read_long_lists, write_long_lists
from eventapp.guests.reading.remembered import Said
from eventapp.guests.remembered import remember
from eventapp.model import AuditEntry, Community, Event, GuestImport, Rsvp
from tests.browser import Browser
from tests.guests.bringing import a_list, a_list_handed_in
from tests.make import Make

MUCH_TEXT = "Name,Wish\n" + "".join(f"Guest {number},{'x' * 3000}\n" for number in range(110))


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return make.event(community)


@pytest.fixture
def olga(make: Make, browser: Any, htmx: bool, community: Community) -> Browser:
    page: Browser = make.signed_in(browser(htmx=htmx), make.organiser(community))
    return page


def hand_in(olga: Browser, event: Event, folder: Path, text: str) -> Browser:
    (file := folder / "list.csv").write_text(text)
    return olga.open(f"/o/e/{event.slug}/guests/import").press("Preview", file=file)


def polled(page: Browser) -> int:
    """The status of the answer to the page's next poll."""
    return page.client.get(str(page.one("[hx-trigger]")["hx-get"])).status_code


def test_the_worker_reads_it(make: Make, event: Event, olga: Browser, tmp_path: Path) -> None:
    page = hand_in(olga, event, tmp_path, MUCH_TEXT)
    assert page.sees("Reading the list")
    assert polled(page) == 204
    assert make.due(read_long_lists) == 1
    assert polled(page) == 200
    assert page.open(page.url).sees("Import 110 guests")
    assert make.due(read_long_lists) == 0
    page.press("Import 110 guests")
    assert page.sees("The list is in")


def test_a_correction_is_read_by_the_worker_too(
    make: Make, event: Event, olga: Browser, tmp_path: Path
) -> None:
    page = hand_in(olga, event, tmp_path, MUCH_TEXT)
    make.due(read_long_lists)
    page.open(page.url).press("Look again", **{"column-1": "left_out"})
    assert page.sees("Reading the list")
    make.due(read_long_lists)
    assert page.open(page.url).one("[data-column=Wish]")["data-meaning"] == ""


def test_what_cannot_be_read_says_why(
    make: Make, event: Event, olga: Browser, tmp_path: Path
) -> None:
    page = hand_in(olga, event, tmp_path, "[" + '{"name": "Ana"},' * 20_000 + "]")
    make.due(read_long_lists)
    assert page.open(page.url).codes() == ["file_kind"]
    page.press("delete this list")
    assert not make.rows(GuestImport)


@pytest.mark.one_database
def test_the_worker_writes_it_in_rounds_and_the_page_says_how_far(
    make: Make, event: Event, olga: Browser
) -> None:
    kept = a_list_handed_in(make, event, a_list(2001))
    page = olga.open(f"/o/e/{event.slug}/guests/import/{kept.id}").press("Import 2,001 guests")
    assert page.sees("0 of 2,001 guests")
    assert polled(page) == 204
    assert make.due(write_long_lists) == 1000
    assert polled(page) == 200
    assert page.open(page.url).one("progress")["value"] == "1000"
    assert make.due(write_long_lists) + make.due(write_long_lists) == 1001
    assert page.open(page.url).sees("The list is in")
    assert len(make.rows(Rsvp)) == 2001
    assert [entry.count for entry in make.rows(AuditEntry)] == [2001]
    assert make.rows(GuestImport, data=None)


def test_what_a_request_left_halfway_is_carried_on(make: Make, event: Event) -> None:
    kept = a_list_handed_in(make, event, b"Name\nAna\nBea\n")
    with make.act():
        handed_in.confirm(db.session.get_one(GuestImport, kept.id), at=clock.now())
    assert make.due(write_long_lists) == 0
    with make.act():
        db.session.get_one(GuestImport, kept.id).due_at = clock.now() - timedelta(seconds=1)
    assert make.due(write_long_lists) == 2
    assert {one.name for one in make.rows(Rsvp)} == {"Ana", "Bea"}
    assert make.row(GuestImport).finished_at


def confirmed(make: Make, event: Event, text: str) -> GuestImport:
    """A list that the worker is to write, as the request that confirmed it ended halfway."""
    kept = a_list_handed_in(make, event, text.encode())
    with make.act():
        row = db.session.get_one(GuestImport, kept.id)
        handed_in.confirm(row, at=clock.now() - timedelta(minutes=5))
    return kept


@pytest.mark.parametrize("now_has", [b"", b"Name\nAna\n", b"Name\nAna\nBea\nCleo\nDora\n"])
@pytest.mark.parametrize("done", [0, 2])
def test_a_list_that_reads_otherwise_now_ends_with_words_and_lets_the_next_go_on(
    make: Make, event: Event, olga: Browser, now_has: bytes, done: int
) -> None:
    kept = confirmed(make, event, "Name\nAna\nBea\nCleo\n")
    confirmed(make, event, "Name\nZoe\n")
    with make.act():
        row = db.session.get_one(GuestImport, kept.id)
        row.data, row.done = now_has, done
    make.due(write_long_lists)
    make.due(write_long_lists)
    assert [one.name for one in make.rows(Rsvp)] == ["Zoe"]
    assert len(make.rows(GuestImport, data=None, due_at=None)) == 2
    page = olga.open(f"/o/e/{event.slug}/guests/import/{kept.id}")
    assert page.one("[data-cut-short]").get_text().strip().startswith(f"Only {done} of 3 guests")
    assert not page.sees("The list is in")
    assert page.follow("Import another list").sees(f"Only {done} of 3 guests are in")


def test_what_is_remembered_meanwhile_changes_nothing_of_a_list_half_written(
    make: Make, event: Event
) -> None:
    rows = "".join(f"Guest {number},3\n" for number in range(1001))
    kept = confirmed(make, event, "Name,Zzz\n" + rows)
    assert make.due(write_long_lists) == 1000
    with make.act():
        row = db.session.get_one(GuestImport, kept.id)
        said = Said({"Zzz": "companions"})
        remember(row.event.community_id, (row.shown or {})["titles_key"], said, at=clock.now())
    writer = long_lists._Writer()  # of a worker that has been started again
    assert make.due(Due("lists", writer.find, writer.do)) == 1
    assert {one.companions for one in make.rows(Rsvp)} == {0}


def test_a_list_that_is_not_written_within_a_day_ends_and_its_file_goes(
    make: Make, event: Event
) -> None:
    kept = confirmed(make, event, "Name\nAna\n")
    assert make.due(forget_unwritten) == 0
    with make.act():
        db.session.get_one(GuestImport, kept.id).due_at = clock.now() - timedelta(hours=25)
    assert make.due(forget_unwritten) == 1
    assert make.row(GuestImport, data=None).is_cut_short
    assert make.due(write_long_lists) == 0
