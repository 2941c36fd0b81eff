"""An event asks for approval or no more, and organisers let in everybody who waits, told before
what that comes to.
"""

from __future__ import annotations

import pytest

from eventapp.core.db import db
from eventapp.model import AuditEntry, Event, Rsvp
from eventapp.rsvp import actions
from tests.events.organising import TYPED, organiser_of
from tests.guests.bringing import bring_by_page
from tests.html import words_of


@pytest.fixture
def event(make):
    return make.event(needs_approval=True, capacity=3)


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def statuses(make):
    return {row.name: row.status for row in make.rows(Rsvp)}


def test_an_event_asks_and_who_is_going_or_waits_stays_so(make, browser, htmx):
    event = make.event(capacity=1)
    going, _ = make.rsvp(event, "Ana"), make.rsvp(event, "Bea", status="waitlisted")
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    page.press("Guests need my approval")
    assert make.row(Event).needs_approval
    assert make.rows(AuditEntry)[-1].verb == "approval_asked"
    assert page.one("#approval").find("a", string="Stop asking…")
    browser().open(f"/r/{going.key}").press("Cancel my place")
    assert statuses(make) == {"Ana": "cancelled", "Bea": "going"}


def test_a_new_event_may_ask_from_the_start(make, browser, htmx):
    community = make.community()
    page = organiser_of(make, browser, community, htmx=htmx)
    page.open(f"/o/{community.slug}/events/new").press(
        "Save as a draft", **TYPED, needs_approval="y"
    )
    assert make.row(Event).needs_approval
    page.press("Copy as a new draft")
    assert [row.needs_approval for row in make.rows(Event)] == [True, True]


def test_how_many_wait_is_said_where_they_are_decided(make, event, olga):
    make.rsvp(event, "Ana", status="pending", companions=1)
    told = olga.open(f"/o/e/{event.slug}").one("#to-approve").text
    assert "2 people are waiting for your yes." in told
    olga.follow("Decide")
    assert olga.guests() == ["Ana"]


def test_where_nobody_fits_no_place_is_counted(make, event, olga):
    make.rsvp(event, "Ana", status="pending", companions=2)
    make.rsvp(event, "Bea", companions=1)
    olga.open(f"/o/e/{event.slug}/guests?status=pending").follow("Approve all…")
    assert words_of(olga.one("[data-count=with-place]")) == "Nobody gets a place."


def test_all_are_let_in_in_the_order_in_which_they_asked(make, event, olga):
    make.rsvp(event, "Ana", status="pending", companions=1)
    make.rsvp(event, "Bea", status="pending", companions=1)
    make.rsvp(event, "Carla", status="pending", confirmed_at=None, source="import")
    olga.open(f"/o/e/{event.slug}/guests?status=pending").follow("Approve all…")
    assert olga.sees("Approve 3 guests?")
    assert olga.sees("2 get a place.")
    assert olga.sees("There's no room for one, who goes on the waitlist.")
    assert olga.sees("2 get an email that says so.")
    assert olga.sees("Ana, Bea")
    shown = [mail.h3.text for mail in olga.page.select("[data-mail]")]
    assert shown == [f"You're in: {event.title}", f"On the waitlist: {event.title}"]
    assert olga.sees("Guests from an imported list get theirs when you send the tickets.")
    assert olga.press("Approve 3 guests").sees("3 guests are approved.")
    assert statuses(make) == {"Ana": "going", "Bea": "waitlisted", "Carla": "going"}
    assert olga.url == f"/o/e/{event.slug}/guests?status=pending"
    assert [words.subject for _, words in make.mails()] == [
        f"On the waitlist: {event.title}",
        f"You're in: {event.title}",
    ]
    entry = make.rows(AuditEntry)[-1]
    assert (entry.verb, entry.count) == ("guests_approved", 3)


def test_who_asks_meanwhile_is_not_let_in_unseen(make, event, olga):
    make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}/approval/all")
    make.rsvp(event, "Bea", status="pending")
    olga.press("Approve 1 guest")
    assert statuses(make) == {"Ana": "going", "Bea": "pending"}


def test_an_event_stops_asking_only_for_those_who_were_seen(make, event, olga):
    make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}/approval/stop")
    make.rsvp(event, "Bea", status="pending")
    olga.press("Let 1 guest in")
    assert (olga.status, olga.codes()) == (409, ["others_wait"])
    assert set(statuses(make).values()) == {"pending"}
    olga.press("Let 2 guests in")
    assert set(statuses(make).values()) == {"going"}


def test_who_asks_in_the_place_of_another_is_not_let_in_unseen(make, browser, event, olga):
    ana = make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}/approval/stop")
    browser().open(f"/r/{ana.key}").press("Withdraw my answer")
    make.rsvp(event, "Bea", status="pending")
    olga.press("Let 1 guest in, and stop asking")
    assert olga.codes() == ["others_wait"]
    assert statuses(make)["Bea"] == "pending"
    assert make.row(Event).needs_approval


@pytest.mark.parametrize(
    ("what", "button", "code"),
    [("all", "Approve 1 guest", "people_changed"), ("stop", "Let 1 guest in", "others_wait")],
)
def test_who_brings_more_meanwhile_is_not_let_in_unseen(
    make, browser, event, olga, what, button, code
):
    ana = make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}/approval/{what}")
    browser().open(f"/r/{ana.key}").press("Save", companions="2")
    olga.press(button)
    assert olga.codes() == [code]
    assert statuses(make) == {"Ana": "pending"}
    olga.press(button)
    assert (statuses(make), make.row(Event).seats_taken) == ({"Ana": "going"}, 3)


@pytest.mark.parametrize("what", ["all", "stop"])
@pytest.mark.parametrize("is_secret", [False, True])
def test_how_many_addresses_nobody_confirmed_is_said_first(make, event, olga, is_secret, what):
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.exact_address = "Calle Secreta 7" if is_secret else ""
    make.rsvp(event, "Ana", status="pending")
    make.rsvp(event, "Carla", status="pending", confirmed_at=None, source="import")
    olga.open(f"/o/e/{event.slug}/approval/{what}")
    assert not olga.page.select("[data-count=unproven]")
    make.rsvp(event, "Bea", status="pending", confirmed_at=None)
    told = olga.open(f"/o/e/{event.slug}/approval/{what}").one("[data-count=unproven]").text
    assert "One has not confirmed their email address yet." in told
    assert ("tells where it is all the same" in told) is is_secret


def test_who_waits_is_let_in_when_an_event_stops_asking(make, browser, event, olga):
    make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}").follow("Stop asking…")
    olga.press("Let 1 guest in, and stop asking")
    assert statuses(make) == {"Ana": "going"}
    assert not make.row(Event).needs_approval
    assert [row.verb for row in make.rows(AuditEntry)] == ["guests_approved", "approval_stopped"]
    browser().open(f"/e/{event.slug}").press("I'm coming", name="Bea", email="bea@example.org")
    assert statuses(make)["Bea"] == "going"


def test_an_event_keeps_asking_where_nobody_decides_otherwise(make, event, olga):
    make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}/approval/stop").follow("Keep asking")
    assert olga.url == f"/o/e/{event.slug}"
    assert make.row(Event).needs_approval


def test_with_nobody_waiting_it_stops_at_one_button(make, event, olga):
    olga.open(f"/o/e/{event.slug}/approval/stop").press("Stop asking")
    assert not make.row(Event).needs_approval


def test_organisers_see_whom_they_declined_and_whose_address_is_unproven(make, event, olga):
    ana = make.rsvp(event, "Ana", status="pending", confirmed_at=None)
    page = olga.open(f"/o/e/{event.slug}/guests?status=pending")
    assert page.sees("address not confirmed yet")
    page.press("Decline Ana").press("Yes, and send the email")
    assert page.open(f"/o/e/{event.slug}/guests?status=not_going").sees("Declined by you")
    assert make.row(Rsvp, id=ana.id).declined_at


def test_a_list_brings_guests_who_need_no_yes(make, event, olga, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("name,approval status\nAna,approved\nBea,pending\nCarla,declined\nDora,\n")
    bring_by_page(olga, event, file)
    assert statuses(make) == {
        "Ana": "going",
        "Bea": "pending",
        "Carla": "not_going",
        "Dora": "going",
    }
    file.write_text("name,approval status\nAna,approved\nBea,approved\nCarla,declined\nDora,\n")
    bring_by_page(olga, event, file)
    assert statuses(make)["Bea"] == "going"
    approved = {row.name for row in make.rows(Rsvp) if row.approved_at}
    assert approved == {"Ana", "Bea", "Dora"}
    with make.act():
        there = db.session.get_one(Event, event.id)
        assert there.seats_taken == 3
        actions.change_capacity(there, 4, at=there.created_at)


def test_the_export_says_the_status_and_no_secret(make, event, olga):
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.exact_address, there.private_link = "Calle Secreta 7", "https://chat.example.org/x"
    make.rsvp(event, "Ana", status="pending")
    make.rsvp(event, "Bea")
    olga.open(f"/o/e/{event.slug}/guests").press("Export as CSV")
    exported = olga.response.get_data(as_text=True)
    assert "Ana" in exported
    assert ",pending," in exported
    assert "Secreta" not in exported
    assert "chat.example.org" not in exported
