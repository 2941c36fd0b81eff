"""A guest list from another tool comes in once, whole, and overwrites nobody's own answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventapp.core.db import db
from eventapp.model import CheckIn, Community, Event, Rsvp
from tests.guests.bringing import bring_by_page

SAMPLES = Path(__file__).parent / "samples"


def run(app, *args):
    return app.test_cli_runner().invoke(args=["guests", "import", *map(str, args)])


def everything(app):
    with app.app_context():
        return {
            table.name: sorted(map(repr, db.session.execute(table.select())))
            for table in db.metadata.sorted_tables
        }


@pytest.mark.parametrize(
    ("name", "added", "skipped", "going"),
    [
        ("luma-guests.csv", 120, 4, 105),
        ("eventbrite-attendees.csv", 80, 0, 76),
        ("meetup-attendees.tsv", 40, 0, 33),
    ],
)
def test_lists_of_other_tools_come_in_and_twice_changes_nothing(
    app, make, name, added, skipped, going
):
    event = make.event()
    result = run(app, event.slug, SAMPLES / name)
    assert result.exit_code == 0
    assert f"added {added}, updated 0, skipped {skipped}" in result.stdout
    assert sum(line.startswith("row ") for line in result.stdout.splitlines()) == skipped
    assert len(make.rows(Rsvp, status="going")) == going
    before = everything(app)
    again = run(app, event.slug, SAMPLES / name)
    assert f"added 0, updated 0, skipped {skipped}" in again.stdout
    assert everything(app) == before


def test_a_dry_run_changes_nothing(app, make):
    event = make.event()
    before = everything(app)
    result = run(app, event.slug, SAMPLES / "luma-guests.csv", "--dry-run")
    assert "added 120" in result.stdout
    assert everything(app) == before


def test_who_does_not_fit_waits(app, make):
    event = make.event(capacity=50)
    run(app, event.slug, SAMPLES / "luma-guests.csv")
    assert make.row(Event, id=event.id).seats_taken == 50
    assert len(make.rows(Rsvp, status="waitlisted")) == 7 + 55


def test_who_waits_beside_free_places_is_told_of(make, browser, htmx):
    community = make.community()
    event = make.event(community, capacity=150)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    luma = SAMPLES / "luma-guests.csv"
    olga.open(f"/o/e/{event.slug}/guests/import").press("Preview", file=luma)
    assert olga.one("[data-count=fit]").get_text().strip().startswith("7 are waiting although")
    bring_by_page(olga, event, luma)
    assert olga.one("[data-count=fit]").get_text().strip().startswith("7 are waiting although")
    assert len(make.rows(Rsvp, status="waitlisted")) == 7


def test_a_party_that_waits_for_more_places_than_there_are_is_not(make, browser, tmp_path):
    community = make.community()
    event = make.event(community, capacity=2)
    make.rsvp(event, "Zoë", companions=2, status="waitlisted")
    olga = make.signed_in(browser(), make.organiser(community))
    (tmp_path / "list.csv").write_text("name\nAna Ruiz\n")
    assert bring_by_page(olga, event, tmp_path / "list.csv").sees("The list is in")
    assert not olga.page.select("[data-count=fit]")


def test_who_was_checked_in_elsewhere_is_in(app, make):
    from datetime import timedelta

    from eventapp.core import clock

    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    run(app, event.slug, SAMPLES / "eventbrite-attendees.csv")
    assert len(make.rows(CheckIn)) == 4
    assert make.row(Event, id=event.id).admitted == 4


def test_a_guests_own_change_is_not_overwritten(app, make, browser):
    event = make.event()
    run(app, event.slug, SAMPLES / "luma-guests.csv")
    rsvp = make.row(Rsvp, name="Elena Bañuelos")
    browser().open(f"/r/{rsvp.key}").press("Cancel my place")
    run(app, event.slug, SAMPLES / "luma-guests.csv")
    assert make.row(Rsvp, id=rsvp.id).status == "cancelled"


def test_nobody_was_asked_and_nobody_is_mailed(app, make):
    run(app, make.event().slug, SAMPLES / "luma-guests.csv")
    assert {rsvp.listing for rsvp in make.rows(Rsvp)} == {None}
    assert not make.mails()


BAD = [
    (b"", "file_empty"),
    (b"PK\x03\x04" + bytes(200), "file_malformed"),
    (b"color,size\nred,3\n", "file_no_columns"),
    (b"name,email\n" + b"x" * (10 * 1024 * 1024), "file_too_big"),
]


@pytest.mark.parametrize(("data", "code"), BAD, ids=[code for _, code in BAD])
def test_a_file_that_cannot_be_read_says_why(app, make, browser, tmp_path, data, code):
    community = make.community()
    event = make.event(community)
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    result = run(app, event.slug, file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.strip().splitlines()) == 1
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/guests/import").press("Preview", file=file)
    assert code in olga.codes()
    assert not make.rows(Rsvp)


def test_an_unknown_event_is_said(app):
    assert run(app, "nothing", SAMPLES / "luma-guests.csv").exit_code == 1


def test_an_export_holds_every_rsvp_and_no_formula(app, make):
    event = make.event()
    run(app, event.slug, SAMPLES / "luma-guests.csv")
    result = app.test_cli_runner().invoke(args=["guests", "export", event.slug])
    lines = result.stdout.splitlines()
    assert len(lines) == 121
    assert {"name", "email", "status", "party", "arrived_at", "door"} <= set(lines[0].split(","))
    assert "'=HYPERLINK" in result.stdout


PATHS = [("GET", ""), ("GET", ".csv"), ("POST", ".csv"), ("GET", "/import"), ("POST", "/import"),
         ("GET", "/send-tickets"), ("POST", "/send-tickets"), ("POST", "/{id}/approve"),
         ("POST", "/{id}/decline")]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("who", ["stranger", "guest", "other organiser"])
def test_the_guest_list_is_the_organisers(make, browser, who, method, path):
    event = make.event()
    rsvp = make.rsvp(event, status="pending")
    asking = browser().open("/sign-in")
    if who == "guest":
        make.signed_in(asking, make.person())
    elif who == "other organiser":
        make.signed_in(asking, make.organiser(make.community()))
    token = asking.open("/sign-in").page.find(attrs={"name": "csrf_token"})["value"]
    answer = asking.client.open(
        f"/o/e/{event.slug}/guests{path.format(id=rsvp.id)}",
        method=method,
        data={"csrf_token": token} if method == "POST" else None,
    )
    assert answer.status_code == (303 if who == "stranger" else 404)
    assert make.row(Rsvp, id=rsvp.id).status == "pending"


@pytest.mark.parametrize(("button", "status"), [("Approve", "going"), ("Decline", "not_going")])
def test_the_organisers_say_yes_or_no_to_who_asked(make, browser, htmx, button, status):
    community = make.community(language="en")
    event = make.event(community)
    make.rsvp(event, "Ana Ruiz", status="pending")
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/guests").press(button).press("Yes, and send the email")
    assert make.row(Rsvp).status == status
    assert make.row(Community, id=community.id)


def test_a_maybe_and_a_line_from_who_cannot_come_go_out_and_come_back(app, make, tmp_path):
    event = make.event(capacity=1)
    make.rsvp(event, "Ana")
    make.rsvp(event, "Beto", status="maybe", companions=2)
    make.rsvp(event, "Cleo", status="not_going", note="My sister marries")
    exported = app.test_cli_runner().invoke(args=["guests", "export", event.slug]).stdout
    (list_ := tmp_path / "guests.csv").write_text(exported, encoding="utf-8")
    other = make.event(capacity=1)
    assert "added 3, updated 0, skipped 0" in run(app, other.slug, list_).stdout
    there = {row.name: row for row in make.rows(Rsvp, event_id=other.id)}
    assert {name: row.status for name, row in there.items()} == {
        "Ana": "going",
        "Beto": "maybe",
        "Cleo": "not_going",
    }
    assert (there["Cleo"].note, there["Cleo"].answers) == ("My sister marries", {})
    assert make.row(Event, id=other.id).seats_taken == 1
