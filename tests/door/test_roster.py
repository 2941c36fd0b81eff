"""The list that a phone keeps: enough to decide at the door, nothing that could be misused."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import digest
from eventapp.model import DoorLink, Event, Rsvp
from eventapp.rsvp.actions import rename, renew_ticket
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def door(make, browser, event):
    return at_door(make, browser(), event)


def roster(browser, event, **headers):
    return browser.client.get(f"/e/{event.slug}/door/roster", headers=headers)


def guests(answer):
    return [dict(zip(answer.json["fields"], row, strict=True)) for row in answer.json["guests"]]


def test_it_says_who_may_come_in_and_who_is_in(make, door, event):
    ana = make.rsvp(event, "Ana Núñez", companions=2)
    luis = make.rsvp(event, "Luis", status="cancelled")
    post(door, f"/e/{event.slug}/door/{ana.id}/check-in")
    first, second = guests(roster(door, event))
    assert (first["id"], first["name"], first["words"]) == (ana.id, "Ana Núñez", "ana nunez")
    assert (first["status"], first["companions"]) == ("going", 2)
    assert first["short_code"] == ana.short_code
    assert first["ticket"] == digest(ana.ticket.lower())[:16]
    assert first["arrived_door"] == "Main door"
    assert clock.now() - datetime.fromisoformat(first["arrived_at"]) < timedelta(minutes=1)
    assert (second["id"], second["status"], second["arrived_at"]) == (luis.id, "cancelled", None)


def test_it_says_how_many_of_a_party_are_inside(make, door, event):
    ana, luis = make.rsvp(event, "Ana", companions=2), make.rsvp(event, "Luis")
    with make.act():
        db.session.get_one(Event, event.id).notes_leaving = True
    post(door, f"/e/{event.slug}/door/{ana.id}/check-in", people=2)
    post(door, f"/e/{event.slug}/door/{luis.id}/check-in")
    assert [one["inside"] for one in guests(roster(door, event))] == [2, 1]
    post(door, f"/e/{event.slug}/door/{luis.id}/leave")
    gone = guests(roster(door, event))[1]
    assert (gone["inside"], gone["arrived_at"]) == (0, None)


def test_it_holds_no_address_and_no_secret(make, door, event):
    person = make.person("ana@example.org")
    rsvp = make.rsvp(event, "Ana", person=person, answers={"Diet?": "peanuts"}, ask_me_about="Go")
    text = roster(door, event).text
    link = make.row(DoorLink)
    secrets = (rsvp.key, rsvp.ticket, rsvp.badge, link.secret)
    assert not [one for one in (*secrets, "example.org", "peanuts", 'Go"') if one in text]


def test_it_tells_of_the_event_and_until_when_it_may_be_kept(make, door, event):
    make.rsvp(event, "Ana", companions=1)
    told = roster(door, event).json
    assert (told["slug"], told["title"], told["door"]) == (event.slug, event.title, "Main door")
    assert told["tz"] == "Europe/Madrid"
    assert datetime.fromisoformat(told["list_until"]) == event.ends_at + timedelta(hours=12, days=2)
    assert told["headcount"]["admitted"] == 0
    assert told["headcount"]["expected"] == 2


def test_no_browser_keeps_it_by_itself(make, door, event):
    assert roster(door, event).headers["Cache-Control"] == "no-store"


def test_it_brings_a_token_that_lets_this_phone_send(make, door, event):
    token = roster(door, event).headers["X-CSRFToken"]
    answer = door.client.post(
        f"/e/{event.slug}/door/batch", json={"entries": []}, headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200


def test_an_unchanged_list_is_not_sent_again(make, door, event):
    make.rsvp(event, "Ana")
    first = roster(door, event)
    again = roster(door, event, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["X-CSRFToken"]


def arrives(make, door, event, rsvp):
    post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in")


def is_taken_back(make, door, event, rsvp):
    arrives(make, door, event, rsvp)
    post(door, f"/e/{event.slug}/door/{rsvp.id}/undo")


def joins_the_waitlist(make, door, event, rsvp):
    make.rsvp(event, "Luis", status="waitlisted")


def changes(**columns):
    def changed(make, door, event, rsvp):
        with make.act():
            row = db.session.get_one(Rsvp, rsvp.id)
            for name, value in columns.items():
                setattr(row, name, value)

    return changed


def is_called_otherwise(make, door, event, rsvp):
    with make.act():
        rename(db.session.get_one(Rsvp, rsvp.id), "Eva")


def gets_another_ticket(make, door, event, rsvp):
    with make.act():
        renew_ticket(db.session.get_one(Rsvp, rsvp.id))


@pytest.mark.parametrize(
    "what",
    [
        arrives,
        is_taken_back,
        joins_the_waitlist,
        changes(status="cancelled"),
        changes(companions=3),
        is_called_otherwise,
        gets_another_ticket,
    ],
)
def test_a_changed_list_is(make, door, event, what):
    rsvp = make.rsvp(event, "Ana")
    first = roster(door, event)
    what(make, door, event, rsvp)
    again = roster(door, event, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.json["revision"] != first.json["revision"]


def test_two_whose_status_was_swapped_are_told(make, door, event):
    ana, luis = (
        make.rsvp(event, "Ana", status="pending"),
        make.rsvp(event, "Luis", status="cancelled"),
    )
    first = roster(door, event)
    with make.act():
        db.session.get_one(Rsvp, ana.id).status = "cancelled"
        db.session.get_one(Rsvp, luis.id).status = "pending"
    assert roster(door, event, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_it_is_sent_small_to_who_can_unpack_it(make, door, event):
    for number in range(30):
        make.rsvp(event, f"Guest {number}", person=None)
    plain = roster(door, event)
    packed = roster(door, event, **{"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert len(json.loads(plain.data)["guests"]) == 30


def test_it_is_read_in_a_few_queries(make, door, event, count_queries):
    for number in range(5):
        make.rsvp(event, f"Guest {number}", person=None)
    with count_queries() as queries:
        roster(door, event)
    assert len([one for one in queries if one.lstrip().startswith("SELECT")]) <= 3


def test_who_is_not_at_this_door_gets_none(make, browser, event):
    make.rsvp(event, "Ana")
    elsewhere = at_door(make, browser(), make.event())
    kiosk_link = make.door_link(event, "Kiosk", role="kiosk")
    kiosk = browser().open(f"/door/{kiosk_link.secret}").press("Start the kiosk")
    guest = browser().open(f"/e/{event.slug}")
    signed_in = make.signed_in(browser(), make.person())
    for asking in (elsewhere, kiosk, guest, signed_in):
        answer = roster(asking, event)
        assert (answer.status_code, answer.json) == (401, {"error": "door"})


def test_a_withdrawn_link_gets_none(make, door, event):
    withdrawn = make.row(DoorLink).id
    with make.act():
        db.session.get_one(DoorLink, withdrawn).withdrawn_at = clock.now()
    assert roster(door, event).status_code == 401


def test_helpers_get_none_once_the_list_has_closed(make, browser):
    over = make.event(starts_at=clock.now() - timedelta(days=4))
    door = at_door(make, browser(), over)
    answer = roster(door, over)
    assert (answer.status_code, answer.json) == (403, {"error": "closed"})


def test_no_event_no_list(make, door):
    assert door.client.get("/e/nowhere/door/roster").status_code == 404
