"""Taking an import back leaves to everybody what came from elsewhere: another list, a door, a
merge, a host's hand, the waitlist.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.check_in import check_in
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction
from eventapp.guests.merge import merge_guests, two_of
from eventapp.guests.take_back import take_back_imports
from eventapp.model import (
    CheckIn,
    Community,
    Event,
    GuestImport,
    OutboxMail,
    Rsvp,
    TicketCode,
)
from eventapp.model.guest_import import ROWS_AT_ONCE
from tests.guests.bringing import a_list_handed_in, import_words
from tests.guests.taking_back import bring, names, staying, take_back
from tests.make import Make

pytestmark = pytest.mark.both_databases
ANA = "Name,Email,Status\nAna Ruiz,ana@example.org,going\n"
ANA_AND_BEA = ANA + "Bea Paz,bea@example.org,going\n"
CAME = "Name,Email,Status,Checked in\nAna Ruiz,ana@example.org,going,yes\n"


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return make.event(community, starts_at=clock.now() - timedelta(minutes=5), capacity=2)


@pytest.fixture
def olga(make: Make, browser: Any, community: Community) -> Any:
    return make.signed_in(browser(), make.organiser(community))


def statuses(make: Make) -> dict[str, str]:
    return {one.name: one.status for one in make.rows(Rsvp)}


def codes(make: Make) -> dict[str, str]:
    """Whose each code is."""
    whose = {one.id: one.name for one in make.rows(Rsvp)}
    return {one.code: whose[one.rsvp_id] for one in make.rows(TicketCode)}


def test_who_was_there_gets_the_seat_of_who_goes_before_the_waitlist_does(make, event, olga):
    bring(make, olga, event, ANA_AND_BEA)
    later = "Ana Ruiz,ana@example.org,declined\nCleo Mas,cleo@example.org,going\n"
    page = bring(make, olga, event, f"Name,Email,Status\n{later}")
    make.rsvp(event, "Waits", status="waitlisted")
    page.open(page.url).press("Yes, take back")
    assert not page.page.select("#ask-first")
    assert statuses(make) == {"Ana Ruiz": "going", "Bea Paz": "going", "Waits": "waitlisted"}
    assert not make.rows(OutboxMail)


def test_who_gives_a_seat_back_comes_before_who_gets_one_back(make, event, olga):
    start = "Ana Ruiz,ana@example.org,going\nBea Paz,bea@example.org,declined\n"
    bring(make, olga, event, f"Name,Email,Status\n{start}Cleo Mas,cleo@example.org,going\n")
    end = "Ana Ruiz,ana@example.org,declined\nBea Paz,bea@example.org,going\n"
    take_back(bring(make, olga, event, f"Name,Email,Status\n{end}"))
    assert statuses(make) == {"Ana Ruiz": "going", "Bea Paz": "not_going", "Cleo Mas": "going"}


def test_the_worker_gives_seats_to_the_waitlist_once_all_is_taken_back(make, event, olga):
    page = bring(make, olga, event, ANA_AND_BEA)
    make.rsvp(event, "Two", companions=1, status="waitlisted")
    make.rsvp(event, "One", status="waitlisted")
    with make.act():
        kept = db.session.get_one(GuestImport, make.row(GuestImport).id)
        kept.rows = ROWS_AT_ONCE + 1
    take_back(page.open(page.url))
    assert make.due(take_back_imports) == 2
    assert statuses(make) == {"Two": "waitlisted", "One": "waitlisted"}
    make.due(take_back_imports)
    assert statuses(make) == {"Two": "going", "One": "waitlisted"}


def test_an_arrival_that_another_list_brought_stays(make, event, olga):
    bring(make, olga, event, CAME)
    page = bring(make, olga, event, "Name,Email,Drink\nAna Ruiz,ana@example.org,wine\n")
    take_back(page)
    assert len(make.rows(CheckIn)) == make.row(Event).admitted == 1
    assert make.row(Rsvp).answers == {}


def test_an_arrival_that_was_taken_back_can_come_again_with_a_list(make, event, olga):
    bring(make, olga, event, ANA)
    take_back(bring(make, olga, event, CAME))
    assert not make.rows(CheckIn)
    bring(make, olga, event, CAME)
    assert len(make.rows(CheckIn)) == make.row(Event).admitted == 1


def test_who_became_one_with_another_stays_with_their_arrival(make, event, olga):
    walked_in = make.rsvp(event, "Ana Ruiz", person=None, source="walk_in")
    now = clock.now()
    with make.act():
        action = DoorAction(str(uuid4()), "Main", "person:1", now, now, is_lead=True)
        check_in(event_at_door(event.slug), walked_in.id, action)
    page = bring(make, olga, event, "Name,Email\nAna R. Gil,ana@example.org\nBo Ek,\n")
    both = [walked_in.id, make.row(Rsvp, name="Ana R. Gil").id]
    with make.act():
        two = two_of(*(db.session.get_one(Rsvp, one) for one in both))
        merge_guests(two, seen=two.seen, at=clock.now())
    assert staying(page.open(page.url)) == {"Ana R. Gil": "merged"}
    take_back(page)
    assert names(make) == {"Ana R. Gil"}, "Bo Ek alone goes"
    assert len(make.rows(CheckIn)) == 1
    assert staying(page) == {"Ana R. Gil": "merged"}


def test_a_ticket_code_that_moved_goes_back(make, event, olga):
    bring(make, olga, event, "Name,Email,Barcode\nAna,ana@example.org,AAA111\n")
    page = bring(make, olga, event, "Name,Email,Barcode\nDora,dora@example.org,AAA111\n")
    assert codes(make) == {"AAA111": "Dora"}
    take_back(page)
    assert codes(make) == {"AAA111": "Ana"}


def test_it_goes_back_from_who_was_there_too(make, event, olga):
    both = "Ana,ana@example.org,AAA111\nDora,dora@example.org,DDD444\n"
    bring(make, olga, event, f"Name,Email,Barcode\n{both}")
    take_back(bring(make, olga, event, "Name,Email,Barcode\nDora,dora@example.org,AAA111\n"))
    assert codes(make) == {"AAA111": "Ana", "DDD444": "Dora"}


def test_so_do_the_codes_of_a_ticket_that_was_passed_on(make, event, olga):
    bring(make, olga, event, "guest_id,name,barcode\nT-1,Ana Ruiz,AAA111\n")
    page = bring(make, olga, event, "guest_id,name,barcode\nT-1,Bo Ek,BBB222\n")
    assert codes(make) == {"BBB222": "Bo Ek"}
    take_back(page)
    assert codes(make) == {"AAA111": "Ana Ruiz"}


def test_whom_seats_of_changed_guests_go_to_is_asked_about(make, event, olga):
    bring(make, olga, event, "Name,Email,Status\nAna Ruiz,ana@example.org,declined\n")
    party = "Name,Email,Status,Companions\nAna Ruiz,ana@example.org,going,1\n"
    page = bring(make, olga, event, party)
    make.rsvp(event, "Waits", status="waitlisted")
    page.open(page.url).press("Yes, take back")
    assert "Waits gets an email." in page.one("#ask-first").get_text()
    assert not make.rows(OutboxMail)
    assert statuses(make) == {"Ana Ruiz": "going", "Waits": "waitlisted"}
    page.press("Yes, and send")
    assert statuses(make) == {"Ana Ruiz": "not_going", "Waits": "going"}
    assert len(make.rows(OutboxMail)) == 1


def test_who_has_no_room_stays_wholly_as_they_are(make, event, olga):
    party = "Name,Email,Status,Companions\nAna Ruiz,ana@example.org,going,1\n"
    bring(make, olga, event, party)
    later = "Name,Email,Status,Companions,Barcode\nAna Ruiz,ana@example.org,declined,0,AAA111\n"
    page = bring(make, olga, event, later)
    make.rsvp(event, "Zed", companions=1)
    take_back(page.open(page.url))
    ana = make.row(Rsvp, name="Ana Ruiz")
    assert staying(page) == {"Ana Ruiz": "no_room"}
    assert (ana.status, ana.companions) == ("not_going", 0)
    assert codes(make) == {"AAA111": "Ana Ruiz"}


def test_a_list_that_was_handed_in_earlier_and_imported_later_is_the_later_one(make, event, olga):
    drink = b"Name,Email,Drink\nAna Ruiz,ana@example.org,wine\n"
    handed_in_first = a_list_handed_in(make, event, drink)
    page = bring(make, olga, event, ANA)
    of_ana = page.url
    page.open(f"/o/e/{event.slug}/guests/import/{handed_in_first.id}").press(import_words(page))
    assert staying(page.open(of_ana)) == {"Ana Ruiz": "later_list"}


def test_whom_a_host_changed_since_stays_and_is_named(make, event, olga):
    page = bring(make, olga, event, ANA_AND_BEA)
    of_list = page.url
    ana = make.row(Rsvp, name="Ana Ruiz")
    olga.open(f"/o/e/{event.slug}/guests/{ana.id}").press("Save", name="Ana R. Gil")
    assert staying(page.open(of_list)) == {"Ana R. Gil": "edited"}
    take_back(page)
    assert names(make) == {"Ana R. Gil"}
    assert staying(page) == {"Ana R. Gil": "edited"}
