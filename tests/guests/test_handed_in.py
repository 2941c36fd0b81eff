"""A list is shown before it is imported: how it is read, what would happen, what to correct."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests import handed_in
from eventapp.model import AuditEntry, Community, Event, GuestImport, Rsvp
from tests.guests.bringing import a_list, bring_by_page
from tests.make import Make

Written = Callable[[bytes | str], Path]


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return make.event(community)


@pytest.fixture
def olga(make: Make, browser: Any, htmx: bool, community: Community) -> Any:
    return make.signed_in(browser(htmx=htmx), make.organiser(community))


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(data: bytes | str) -> Path:
        file = tmp_path / "list.csv"
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return file

    return write


def hand_in(olga: Any, event: Event, file: Path) -> Any:
    return olga.open(f"/o/e/{event.slug}/guests/import").press("Preview", file=file)


def count(page: Any, name: str) -> int:
    return int(page.one(f"[data-count={name}] .count").get_text())


LIST = "Name,Email,Status,Drink\nAna,ana@example.org,going,wine\nBea,,going,\nCleo,,invited,tea\n"


def test_nothing_is_imported_before_it_is_confirmed(make, event, olga, written):
    page = hand_in(olga, event, written(LIST))
    assert page.sees("Nothing is imported yet")
    assert not make.rows(Rsvp)
    page.press("Import 2 guests")
    assert page.sees("The list is in")
    assert {one.name for one in make.rows(Rsvp)} == {"Ana", "Bea"}
    (entry,) = make.rows(AuditEntry)
    assert (entry.verb, entry.count) == ("guests_imported", 2)


def test_it_shows_columns_guests_counts_and_each_row_that_is_skipped_or_guessed(
    make, event, olga, written
):
    make.rsvp(event, "Zoë", person=make.person(email="zoe@example.org"))
    page = hand_in(olga, event, written(LIST + "Dora,dora@,going,\n"))
    taken = {
        str(row["data-column"]): str(row["data-meaning"])
        for row in page.page.select("[data-column]")
    }
    assert taken == {"Name": "name", "Email": "email", "Status": "status", "Drink": "answer"}
    assert [row["data-first"] for row in page.page.select("[data-first]")] == ["2", "3", "5"]
    assert page.sees("Drink: wine")
    assert (count(page, "added"), count(page, "skipped")) == (3, 1)
    assert page.one("[data-reason=invited]")["data-row"] == "4"
    assert page.one("[data-reason=invited]").get_text(" ").split()[:2] == ["4", "Cleo"]
    assert page.one("[data-guess=bad_email]")["data-row"] == "5"


def test_a_column_is_corrected_from_a_list_or_left_out(make, event, olga, written):
    page = hand_in(olga, event, written("Name,Nick\nAna Gil,Annie\n"))
    page.press("Look again", **{"column-0": "left_out", "column-1": "name"})
    assert page.sees("Read again, as you said")
    assert not make.rows(Rsvp)
    page.press("Import 1 guest")
    (guest,) = make.rows(Rsvp)
    assert (guest.name, guest.answers) == ("Annie", {})


def test_a_correction_that_was_not_looked_at_is_shown_before_it_is_imported(
    make, event, olga, written
):
    page = hand_in(olga, event, written("Name,Nick\nAna Gil,Annie\n"))
    page.press("Import 1 guest", **{"column-1": "left_out"})
    assert page.sees("Nothing is imported yet")
    assert not make.rows(Rsvp)
    page.press("Import 1 guest")
    assert make.row(Rsvp).answers == {}


def test_a_word_that_nobody_knows_is_asked_about(make, event, olga, written):
    page = hand_in(olga, event, written("Name,Status\nAna,fizz\nBea,going\nCleo,fizz\n"))
    assert page.sees("What does “fizz” mean here? (2 guests have it)")
    choices = page.page.select("[name=word-0]")
    assert [one["value"] for one in choices] == ["going", "maybe", "not_going", "left_out"]
    page.press("Import 1 guest")
    assert "required" in page.codes()
    assert not make.rows(Rsvp)
    page.press("Import 1 guest", **{"word-0": "going"})
    assert page.sees("Read again, as you said")
    page.press("Import 3 guests")
    assert [one.status for one in make.rows(Rsvp)] == ["going"] * 3


def test_guests_with_a_word_may_be_left_out(make, event, olga, written):
    page = hand_in(olga, event, written("Name,Status\nAna,fizz\nBea,going\n"))
    page.press("Import 1 guest", **{"word-0": "left_out"}).press("Import 1 guest")
    assert [one.name for one in make.rows(Rsvp)] == ["Bea"]
    assert page.one("[data-reason=left_out]")


def test_the_encoding_is_shown_and_changed(make, event, olga, written):
    page = hand_in(olga, event, written("Name\nKateřina\n".encode("cp1250")))
    assert page.one("[name=encoding] [selected]")
    page.press("Look again", encoding="cp1252")
    assert page.sees("Kateøina")
    page.press("Look again", encoding="cp1250").press("Import 1 guest")
    assert make.row(Rsvp).name == "Kateřina"


def test_who_does_not_fit_is_waitlisted_or_the_places_are_raised(make, community, olga, written):
    sizes = {}
    for answer in ("wait", "raise"):
        event = make.event(community, capacity=2)
        make.rsvp(event, "Zoë", companions=2, status="waitlisted")
        page = hand_in(olga, event, written("Name,Companions\nAna,1\nBea,0\nCleo,2\n"))
        assert page.sees("The event has room for 2: 4 people on this list don't fit")
        assert page.sees("3 people on your waitlist get a place too, and an email")
        page.press("Import 3 guests")
        assert "required" in page.codes()
        page.press("Import 3 guests", places=answer)
        if answer == "raise":  # Zoë, who waits, would be emailed
            page.press("Yes, and send the email")
        sizes[answer] = make.row(Event, id=event.id)
    assert (sizes["wait"].capacity, sizes["wait"].seats_taken) == (2, 2)
    assert (sizes["raise"].capacity, sizes["raise"].seats_taken) == (9, 9)


def test_what_was_said_of_the_places_is_kept_where_the_list_is_read_again(
    make, community, olga, written
):
    event = make.event(community, capacity=1)
    page = hand_in(olga, event, written("Name,Status\nAna,going\nBea,going\nCleo,frobnicated\n"))
    page.press("Import 2 guests", **{"word-0": "going", "places": "wait"})
    assert page.sees("Read again, as you said")
    assert page.one("[name=places][checked]")["value"] == "wait"
    page.press("Import 3 guests")
    assert {one.status for one in make.rows(Rsvp)} == {"going", "waitlisted"}


def test_where_nobody_can_tell_who_has_the_names_somebody_says_so(make, event, olga, written):
    page = hand_in(
        olga, event, written("Who,Where\nAna Gil,Bar Sol\nBea Paz,Bar Luz\nCleo Mas,Bar Mar\n")
    )
    assert "file_no_names" in page.codes() or "file_no_columns" in page.codes()
    page.press("Look again", **{"column-0": "name"}).press("Import 3 guests")
    assert {one.name for one in make.rows(Rsvp)} == {"Ana Gil", "Bea Paz", "Cleo Mas"}


def test_rows_may_be_pasted(make, event, olga):
    olga.open(f"/o/e/{event.slug}/guests/import")
    olga.press("Preview", pasted="Name\tEmail\nAna\tana@example.org\n").press("Import 1 guest")
    assert make.row(Rsvp).name == "Ana"


def test_a_list_may_be_given_up(make, event, olga, written):
    hand_in(olga, event, written(LIST)).press("delete this list")
    assert olga.sees("Nothing was imported")
    assert not make.rows(GuestImport)


def test_the_file_goes_once_it_is_imported_and_what_was_shown_a_day_later(
    make, event, olga, written
):
    bring_by_page(olga, event, written(LIST))
    assert olga.one("[data-reason=invited]")
    assert make.row(GuestImport, data=None)
    make.due(handed_in.forget_shown)
    assert olga.open(olga.url).one("[data-reason=invited]")
    with make.act():
        for one in db.session.query(GuestImport):
            one.finished_at -= timedelta(days=2)
    assert (make.due(handed_in.forget_shown), make.due(handed_in.forget_shown)) == (1, 0)
    assert not olga.open(olga.url).page.select("[data-reason]")
    assert olga.sees("The list is in")


def test_a_list_that_nobody_confirms_goes_after_a_day(make, event, olga, written):
    hand_in(olga, event, written(LIST))
    make.due(handed_in.forget_unconfirmed)
    assert len(make.rows(GuestImport)) == 1
    with make.act():
        for one in db.session.query(GuestImport):
            one.created_at = clock.now() - timedelta(hours=25)
    make.due(handed_in.forget_unconfirmed)
    assert not make.rows(GuestImport)


def test_a_list_is_not_imported_twice(make, event, olga, written):
    page = hand_in(olga, event, written(LIST))
    form = page.one("form:has([value=import])")
    page.press("Import 2 guests")
    page.client.post(str(form["action"]), data={"then": "import", "csrf_token": token(form)})
    assert len(make.rows(Rsvp)) == 2
    assert make.row(GuestImport).done == 2


def token(form: Any) -> str:
    return str(form.select_one("[name=csrf_token]")["value"])


def test_a_program_sees_what_would_happen_in_the_answer_to_its_file(make, event, olga, written):
    page = olga.open(f"/o/e/{event.slug}/guests/import")
    with written(LIST).open("rb") as file:
        sent = {"file": (file, "list.csv"), "dry_run": "1", "csrf_token": token(page.page)}
        answer = page.client.post(page.url, data=sent)
    assert (answer.status_code, b'data-count="added"' in answer.data) == (200, True)
    assert not make.rows(Rsvp)


def test_many_rows_that_are_skipped_are_shown_on_demand(make, event, olga, written):
    rows = "".join(f"Guest {number},invited\n" for number in range(400))
    page = hand_in(olga, event, written(f"Name,Status\nAna,going\n{rows}"))
    assert len(page.page.select("[data-reason=invited]")) == 300
    assert len(page.follow("Show all 400 rows").page.select("[data-reason=invited]")) == 400
    assert a_list(1)


def test_a_list_that_reads_otherwise_than_it_was_shown_is_not_imported(make, event, olga, written):
    page = hand_in(olga, event, written(LIST))
    with make.act():
        db.session.query(GuestImport).one().data = b"Name\nAna\n"
    page.press("Import 2 guests")
    assert page.sees("Only 0 of 2 guests are in")
    assert not make.rows(Rsvp)
    assert make.row(GuestImport, data=None, due_at=None)
