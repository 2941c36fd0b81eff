"""An import is taken back whole: but for guests who have acted since, who are named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.queries import event_at
from eventapp.guests.take_back import take_back_imports
from eventapp.model import (
    AuditEntry,
    CheckIn,
    Community,
    Event,
    FloorQuestion,
    GuestImport,
    ImportedGuest,
    NearWord,
    NoticeKind,
    OutboxMail,
    Rsvp,
    TicketCode,
)
from eventapp.model.guest_import import ROWS_AT_ONCE
from eventapp.rsvp import actions
from tests.floor.evening import ask, opened
from tests.guests.bringing import a_list
from tests.guests.taking_back import bring, names, staying, take_back
from tests.make import Make

LIST = "Name,Email,Status\nAna Ruiz,ana@example.org,going\nBea Paz,bea@example.org,going\n"


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return make.event(community, starts_at=clock.now() - timedelta(minutes=5), capacity=4)


@pytest.fixture
def olga(make: Make, browser: Any, htmx: bool, community: Community) -> Any:
    return make.signed_in(browser(htmx=htmx), make.organiser(community))


def test_who_asked_by_name_since_stays_and_an_anonymous_question_tells_of_nobody(make, event, olga):
    """Whoever signed in asks without an answer of their own, and hosts would see what goes."""
    page = bring(make, olga, event, LIST)
    opened(make, event)
    ana, bea = make.row(Rsvp, name="Ana Ruiz"), make.row(Rsvp, name="Bea Paz")
    ask(make, ana, "By name?")
    ask(make, bea, "Whose?", anonymous=True)
    assert staying(take_back(page)) == {"Ana Ruiz": "answered"}
    asked = {row.words: row.rsvp_id for row in make.rows(FloorQuestion)}
    assert asked == {"By name?": ana.id, "Whose?": None}


def test_whoever_it_added_leaves_with_their_seats_and_words(make, event, olga):
    make.rsvp(event, "Zoë", companions=1)
    waits = make.rsvp(event, "Waits", companions=1, status="waitlisted")
    words = len(make.rows(NearWord))
    page = take_back(bring(make, olga, event, LIST))
    assert page.sees("This import is taken back")
    assert names(make) == {"Zoë", "Waits"}
    assert make.row(Event).seats_taken == 4
    assert make.row(Rsvp, id=waits.id).status == "going"
    assert len(make.rows(NearWord)) == words
    assert not make.rows(ImportedGuest)
    bring(make, olga, event, LIST)
    assert len(make.rows(Rsvp)) == 4


def test_whoever_it_changed_is_as_before(make, event, olga):
    bring(make, olga, event, LIST)
    page = bring(
        make, olga, event, "Name,Email,Status,Companions\nAna R. Gil,ana@example.org,declined,0\n"
    )
    ana = make.row(Rsvp, name="Ana R. Gil")
    assert ana.status == "not_going"
    take_back(page)
    ana = make.row(Rsvp, id=ana.id)
    assert (ana.name, ana.status) == ("Ana Ruiz", "going")
    assert make.row(Event).seats_taken == 2
    bring(make, olga, event, "Name,Email,Status\nAna R. Gil,ana@example.org,declined\n")
    assert make.row(Rsvp, id=ana.id).status == "not_going"


def test_what_somebody_changed_since_stays(make, event, olga):
    bring(make, olga, event, LIST)
    page = bring(make, olga, event, "Name,Email,Drink\nAna Gil,ana@example.org,wine\n")
    with make.act():
        actions.rename(db.session.get_one(Rsvp, make.row(Rsvp, name="Ana Gil").id), "Ana Mas")
    take_back(page.open(page.url))
    assert make.row(Rsvp, name="Ana Mas").answers == {}


def test_who_has_acted_stays_and_is_named(make, event, olga, browser):
    page = bring(make, olga, event, LIST)
    ana = make.row(Rsvp, name="Ana Ruiz")
    browser().open(f"/r/{ana.key}").press("Cancel my place")
    page.open(page.url)
    assert staying(page) == {"Ana Ruiz": "answered"}
    take_back(page)
    assert page.sees("1 guest stays")
    assert staying(page) == {"Ana Ruiz": "answered"}
    assert names(make) == {"Ana Ruiz"}
    assert not page.page.select("details.sure")


def test_where_everybody_stays_there_is_no_button(make, event, olga, browser):
    page = bring(make, olga, event, "Name,Email\nAna Ruiz,ana@example.org\n")
    browser().open(f"/r/{make.row(Rsvp).key}").press("Cancel my place")
    page.open(page.url)
    assert page.sees("There's nobody left to take back.")
    assert not page.page.select("#take-back button")


def test_who_came_or_was_sent_a_ticket_or_is_on_a_later_list_stays(make, event, olga):
    page = bring(make, olga, event, LIST + "Cleo,cleo@example.org,going\nDora,,going\n")
    first = page.url
    ids = {one.name: one.id for one in make.rows(Rsvp)}
    door = f"/e/{event.slug}/door/{ids['Bea Paz']}/check-in"
    token = page.page.find(attrs={"name": "csrf_token"})["value"]
    scan = {"scan_id": "5b6ad0f4-52f9-4d3e-9d6f-0e5f4a2b7f10", "csrf_token": token}
    assert page.client.post(door, data=scan).status_code in (200, 303)
    bring(make, olga, event, "Name,Email,Drink\nCleo,cleo@example.org,wine\n")
    with make.act():
        ana = db.session.get_one(Rsvp, ids["Ana Ruiz"])
        actions.note_told(NoticeKind.TICKET, ana.person, ana, at=clock.now())
    take_back(page.open(first))
    assert staying(page) == {"Ana Ruiz": "told", "Bea Paz": "came", "Cleo": "later_list"}
    assert names(make) == {"Ana Ruiz", "Bea Paz", "Cleo"}


def test_check_ins_of_the_list_are_undone(make, event, olga):
    make.rsvp(event, "Zoë", person=make.person(email="zoe@example.org"), source="import")
    page = bring(make, olga, event, "Name,Email,Checked in\nZoë,zoe@example.org,yes\nAna,,yes\n")
    assert make.row(Event).admitted == 2
    take_back(page)
    assert (make.row(Event).admitted, make.rows(CheckIn), names(make)) == (0, [], {"Zoë"})


def test_ticket_codes_of_the_list_go_from_who_was_there(make, event, olga):
    bring(make, olga, event, "Name,Email,Barcode\nAna,ana@example.org,AAA111\n")
    page = bring(make, olga, event, "Name,Email,Barcode\nAna,ana@example.org,BBB222\n")
    assert {one.code for one in make.rows(TicketCode)} == {"AAA111", "BBB222"}
    take_back(page)
    assert {one.code for one in make.rows(TicketCode)} == {"AAA111"}


def test_a_second_time_changes_nothing(make, event, olga):
    page = bring(make, olga, event, LIST)
    form = page.one("form[action$=take-back]")
    token = str(form.select_one("[name=csrf_token]")["value"])
    for _ in range(2):
        page.client.post(str(form["action"]), data={"csrf_token": token})
    assert not names(make)


def test_a_long_one_is_taken_back_by_the_worker(make, community, olga):
    event = make.event(community)
    page = bring(make, olga, event, a_list(60).decode())
    with make.act():
        kept = db.session.get_one(GuestImport, make.row(GuestImport).id)
        kept.rows = ROWS_AT_ONCE + 1  # as of a list with so many, of which most were unchanged
    take_back(page.open(page.url))
    assert page.sees("60 guests to go")
    assert page.one("progress")["value"] == str(ROWS_AT_ONCE + 1 - 60)
    assert make.due(take_back_imports) == 60
    assert len(make.rows(Rsvp)) == 0
    assert page.open(page.url).sees("0 guests to go")
    assert (make.due(take_back_imports), make.due(take_back_imports)) == (1, 0)
    assert page.open(page.url).sees("This import is taken back")
    assert make.row(Event, id=event.id).seats_taken == 0


def test_so_is_an_import_of_the_command_line(app: Flask, make, event, olga, tmp_path):
    (file := tmp_path / "guests.csv").write_text(LIST)
    for _ in range(2):
        app.test_cli_runner().invoke(args=["guests", "import", event.slug, str(file)])
    (kept,) = make.rows(GuestImport)
    page = olga.open(f"/o/e/{event.slug}/guests/import").follow("guests.csv")
    assert page.url.endswith(f"/{kept.id}")
    take_back(page)
    assert not names(make)


def test_who_is_deleted_leaves_nothing_in_what_an_import_did(app: Flask, make, event, olga):
    from eventapp.me.actions.anonymise import anonymise

    bring(make, olga, event, LIST)
    bring(make, olga, event, "Name,Email\nAna Gil,ana@example.org\n")
    with app.app_context():
        assert event_at(event.slug)
    with make.act():
        anonymise(db.session.get_one(Rsvp, make.row(Rsvp, name="Ana Gil").id))
    assert [one.before for one in make.rows(ImportedGuest)] == [None]


def test_where_nothing_is_full_it_is_asked_before_who_waits_moves_up(
    make: Make, community: Community, olga: Any
) -> None:
    event = make.event(community)
    page = bring(make, olga, event, "Name,Status\nAna,going\n")
    waits = make.rsvp(event, "Waits", status="waitlisted")
    page.open(page.url).press("Yes, take back")
    assert page.page.select("#ask-first")
    assert make.row(Rsvp, id=waits.id).status == "waitlisted"


def test_a_mail_that_nobody_got_keeps_nobody(make, event, olga):
    page = bring(make, olga, event, LIST)
    done = page.url
    with make.act():
        for one in db.session.scalars(db.select(Rsvp)):
            actions.notify.called_off(one, at=clock.now())
        sent = db.session.scalar(
            db.select(OutboxMail).where(OutboxMail.to_key == "bea@example.org")
        )
        sent.sent_at = clock.now()
    assert staying(page.open(done)) == {"Bea Paz": "told"}
    page = take_back(page)
    assert page.sees("1 guest it added is off the list.")
    assert page.sees("1 guest stays as they are.")
    assert page.sees("The event still has 4 places")
    assert names(make) == {"Bea Paz"}
    assert make.row(AuditEntry, verb="import_taken_back").count == 1
