"""An import that would mail anybody says so before: whom it moves up from the waitlist."""

from __future__ import annotations

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import AuditEntry, Event, OutboxMail, Rsvp
from eventapp.rsvp.actions import notify
from tests.events.organising import organiser_of
from tests.guests.bringing import bring_by_page
from tests.rsvp.test_invitation import entry_in
from tests.test_worker import work


@pytest.fixture
def event(make):
    """It is full, and Beto waits."""
    event = make.event(title="Beers", capacity=1)
    ana = make.person("ana@example.org")
    make.rsvp(event, "Ana Ruiz", person=ana, source="import", confirmed_at=None)
    make.rsvp(event, "Beto Gil", status="waitlisted")
    return event


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def test_who_moves_up_by_a_list_is_named_before(make, event, olga, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,email,status\nAna Ruiz,ana@example.org,cancelled\n")
    page = olga.open(f"/o/e/{event.slug}/guests/import").press("Preview", file=path)
    said = page.one("[data-count=promoted]").get_text(" ")
    assert "whoever waits for it gets an email: Beto Gil" in said
    assert not page.sees("Nobody is emailed.")
    assert make.rows(OutboxMail) == []
    page.press("Update 1 guest")
    assert not page.sees("Nobody was emailed.")
    assert [mail.subject for _, mail in make.mails()] == ["You have a place: Beers"]


def test_more_places_by_an_import_ask_first(make, event, olga, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,email,status\nCarla Sanz,carla@example.org,going\n")
    bring_by_page(olga, event, path, places="raise")
    assert "Beto Gil" in olga.one("#ask-first").get_text(" ")
    assert make.rows(OutboxMail) == []
    assert (make.row(Event).capacity, len(make.rows(Rsvp))) == (1, 2)
    olga.press("Yes, and send the email")
    assert {row.name: row.status for row in make.rows(Rsvp)} == {
        "Ana Ruiz": "going",
        "Beto Gil": "going",
        "Carla Sanz": "going",
    }
    assert len(make.mails()) == 1


def test_whom_a_list_taken_back_moves_up_is_asked_about(make, event, olga, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,email,status\nCarla Sanz,carla@example.org,going\n")
    page = bring_by_page(olga, event, path, places="raise").press("Yes, and send the email")
    make.rsvp(event, "Dora Sol", status="waitlisted")
    page.open(page.url).press("Yes, take back 1 guest")
    assert "Dora Sol" in page.one("#ask-first").get_text(" ")
    assert make.row(Rsvp, name="Carla Sanz").status == "going"
    page.press("Yes, and send the email")
    assert make.row(Rsvp, name="Dora Sol").status == "going"
    assert make.rows(Rsvp, name="Carla Sanz") == []
    assert len(make.mails()) == 2


def test_whom_a_list_has_not_coming_any_more_is_told_if_a_host_says_so(
    app, make, event, olga, mailbox, tmp_path
):
    carla, _ = (
        make.rsvp(
            make_room(make, event),
            name,
            person=make.person(f"{name.lower()}@example.org", verified_at=None),
            source="import",
            confirmed_at=None,
        )
        for name in ("Carla", "Dora")
    )
    with make.act():
        notify.ticket(db.session.get_one(Rsvp, carla.id), at=clock.now())
    work(app)
    path = tmp_path / "list.csv"
    path.write_text(
        "name,email,status\nCarla,carla@example.org,cancelled\nDora,dora@example.org,cancelled\n"
    )
    page = bring_by_page(olga, event, path)
    assert work(app) == 0
    assert page.sees(
        "One of them isn't coming any more, but still has the event in their calendar."
    )
    page.press("Take it out")
    assert page.one("#ask-first").h2.get_text() == "Take the event out of their calendars?"
    assert make.row(Rsvp, id=carla.id).status == "cancelled"
    page.press("Yes, and send the email")
    assert page.sees("1 email is on its way.")
    assert not page.page.select("[data-count=in-calendars]")
    assert work(app) == 1
    assert entry_in(mailbox.mails[-1], "CANCEL")
    assert [row.verb for row in make.rows(AuditEntry)][-1] == "guests_mailed"


def make_room(make, event):
    with make.act():
        db.session.get_one(Event, event.id).capacity = None
    return event
