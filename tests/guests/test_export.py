"""Take the guest list out of an event: as CSV and as a spreadsheet, by the page's filters."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from python_calamine import load_workbook

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.reading.own_export import OWN
from eventapp.model import CheckIn, Rsvp
from tests.guests.bringing import bring
from tests.met.evening import let_in

CSV, EXCEL = "as CSV", "as Excel"


@pytest.fixture
def community(make):
    return make.community(language="en")


@pytest.fixture
def event(make, community):
    return make.event(community, tz="Europe/Madrid")


@pytest.fixture
def olga(make, community, browser):
    return make.signed_in(browser(), make.organiser(community))


def rows_of(data, form):
    """The rows of a file by the titles of its header, as texts, numbers and times."""
    table: Iterable[Sequence[Any]]
    if form == EXCEL:
        table = load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()
    else:
        table = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    header, *rows = table
    return [dict(zip(header, row, strict=True)) for row in rows]


def exported(olga, button):
    answer = olga.press(button).response
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return rows_of(answer.data, EXCEL if EXCEL in button else CSV)


def names(rows):
    return [row["name"] for row in rows]


def test_a_spreadsheet_has_what_went_in(make, event, olga):
    ana = {"person": make.person("ana@example.org"), "companion_names": ["Bea Gil", "=Carla"]}
    ana["looking_for"] = "a flat"
    rsvp = make.rsvp(event, "=1+1 Ruiz", companions=2, **ana)
    with make.act():
        there = db.session.get_one(Rsvp, rsvp.id)
        there.answers = {"Phone": "+34600111222", "Door code": "0042", "Formula": "=SUM(A1)"}
        there.note = "@home\n- late"
        there.created_at = datetime.fromisoformat("2026-11-02T18:05:00Z")
    (row,) = exported(olga.open(f"/o/e/{event.slug}/guests"), "Export as Excel")
    assert row == dict.fromkeys(OWN, "") | {
        "name": "=1+1 Ruiz",
        "email": "ana@example.org",
        "status": "going",
        "party": 3,
        "companions": 2,
        "companion_names": "Bea Gil; =Carla",
        "looking_for": "a flat",
        "listing": row["listing"],
        "line_to_organisers": "@home\n- late",
        "source": row["source"],
        "answered_at": datetime.fromisoformat("2026-11-02T19:05"),
        "short_code": rsvp.short_code,
        "Phone": "+34600111222",
        "Door code": "0042",
        "Formula": "=SUM(A1)",
    }


def test_companions_by_name_come_from_a_list_and_are_in_the_file(make, event, olga, app):
    bring(app, event, b"name,email,companions\nAna,ana@example.org,Bea Gil and Carla Sol\n")
    assert make.row(Rsvp).companion_names == ["Bea Gil", "Carla Sol"]
    page = olga.open(f"/o/e/{event.slug}/guests")
    (row,) = exported(page, "Export as CSV")
    assert (row["companions"], row["companion_names"]) == ("2", "Bea Gil; Carla Sol")
    report = bring(app, event, olga.open(page.url).press("Export as CSV").response.data)
    assert (report["updated"], report["unchanged"]) == (0, 1)
    assert make.row(Rsvp).companion_names == ["Bea Gil", "Carla Sol"]


def test_a_phone_keeps_its_plus_in_csv_and_comes_back_the_same(make, event, olga, app):
    bring(app, event, b"name,email,phone\nAna,ana@example.org,+34600111222\n")
    there = f"/o/e/{event.slug}/guests"
    (row,) = exported(olga.open(there), "Export as CSV")
    assert row["phone"] == "+34 600111222"
    report = bring(app, event, olga.open(there).press("Export as CSV").response.data)
    assert (report["updated"], report["unchanged"]) == (0, 1)
    assert make.row(Rsvp).answers == {"phone": "+34600111222"}


@pytest.mark.parametrize("button", [CSV, EXCEL])
def test_the_filters_of_the_page_apply_and_the_button_says_how_many(make, event, olga, button):
    for number in range(3):
        make.rsvp(event, f"Ana Ruiz {number}", person=make.person(f"a{number}@example.org"))
    make.rsvp(event, "Ana Sanz", person=make.person("sanz@example.net"), status="cancelled")
    make.rsvp(event, "Beto Gil", person=make.person("gil@example.net"))
    there = f"/o/e/{event.slug}/guests"
    assert len(exported(olga.open(there), f"Export {button}")) == 5
    found = exported(olga.open(f"{there}?q=ana"), f"Export these 4 {button}")
    assert names(found) == ["Ana Ruiz 0", "Ana Ruiz 1", "Ana Ruiz 2", "Ana Sanz"]
    found = exported(olga.open(f"{there}?q=ana&status=cancelled"), f"Export this one {button}")
    assert names(found) == ["Ana Sanz"]
    found = exported(olga.open(f"{there}?status=going"), f"Export these 4 {button}")
    assert names(found) == ["Ana Ruiz 0", "Ana Ruiz 1", "Ana Ruiz 2", "Beto Gil"]
    found = exported(olga.open(f"{there}?q=@example.net"), f"Export these 2 {button}")
    assert names(found) == ["Ana Sanz", "Beto Gil"]


@pytest.mark.parametrize("button", [CSV, EXCEL])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("only=came", ["Ana"]),
        ("only=not_yet", ["Beto", "Cleo"]),
        ("only=not_yet&only=no_address", ["Cleo"]),
        ("status=removed", ["Dora"]),
        ("only=not_yet&sort=-name", ["Cleo", "Beto"]),
    ],
)
def test_chips_and_order_of_the_page_apply(make, event, olga, query, found, button):
    let_in(make, make.rsvp(event, "Ana"))
    make.rsvp(event, "Beto")
    make.rsvp(event, "Cleo", person=None)
    make.rsvp(event, "Dora", status="cancelled", removed_at=clock.now())
    page = olga.open(f"/o/e/{event.slug}/guests?{query}")
    which = "this one" if len(found) == 1 else f"these {len(found)}"
    rows = names(exported(page, f"Export {which} {button}"))
    assert (rows if "sort" in query else sorted(rows)) == found


def test_a_search_exports_all_its_pages(make, event, olga):
    for number in range(52):
        make.rsvp(event, f"Ana {number:02}")
    olga.open(f"/o/e/{event.slug}/guests?q=ana&page=2")
    assert names(exported(olga, f"Export these 52 {EXCEL}")) == [f"Ana {n:02}" for n in range(52)]


def test_typing_into_the_search_changes_what_is_exported(make, event, community, browser):
    for name in ("Ana", "Beto"):
        make.rsvp(event, name)
    olga = make.signed_in(browser(htmx=True), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/guests").search("beto")
    assert names(exported(olga, f"Export this one {EXCEL}")) == ["Beto"]


def test_a_list_without_anybody_offers_no_file(event, olga):
    assert not olga.open(f"/o/e/{event.slug}/guests?q=nobody").sees("Export")


def test_arrivals_are_times_in_the_events_zone(make, event, olga):
    rsvp = make.rsvp(event, "Ana")
    at = event.starts_at + timedelta(minutes=5)
    with make.act():
        row = {"event_id": event.id, "rsvp_id": rsvp.id, "people": 1, "at": at}
        db.session.add(CheckIn(**row, door="Main door", by="link:1"))
    (row,) = exported(olga.open(f"/o/e/{event.slug}/guests"), "Export as Excel")
    here = at.astimezone(event.zone).replace(tzinfo=None)
    assert abs(row["arrived_at"] - here) < timedelta(milliseconds=2)


def test_the_command_line_writes_both(app, make, event):
    make.rsvp(event, "José", companions=1)
    make.rsvp(event, "Bea", status="cancelled", removed_at=clock.now())
    run = app.test_cli_runner().invoke
    sheet = run(args=["guests", "export", event.slug, "--format", "xlsx"])
    text = run(args=["guests", "export", event.slug])
    for result, form in ((sheet, EXCEL), (text, CSV)):
        assert result.exit_code == 0
        row, removed = rows_of(result.stdout_bytes, form)
        assert (row["name"], int(row["party"])) == ("José", 2)
        assert (removed["name"], removed["status"]) == ("Bea", "cancelled")
    assert run(args=["guests", "export", event.slug, "--format", "pdf"]).exit_code == 2
