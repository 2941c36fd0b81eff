"""A ticket of another tool opens the door, by the table that a phone without network is held to as
well: tests/node/ticket_codes.test.js.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventapp.core.caseless import caseless
from eventapp.core.db import db
from eventapp.core.links import digest
from eventapp.door.codes import holder
from eventapp.door.event import event_at_door
from eventapp.door.ticket_codes import CODE_DIGITS, code_key, listed_code
from eventapp.me.actions.anonymise import anonymise
from eventapp.model import Rsvp, TicketCode
from tests.door.helpers import at_door, post
from tests.door.rehearsal.copies import rehearse
from tests.kiosk.helpers import answer, at_kiosk
from tests.plans import asked, plan_of

pytestmark = pytest.mark.both_databases
TABLE = json.loads(Path(__file__).with_name("ticket_codes.json").read_text())
BARCODE = "779144032210"


@pytest.fixture
def event(make: Any) -> Any:
    return make.event()


def with_code(make: Any, event: Any, code: str = BARCODE, name: str = "Ana Ruiz", **more: Any):
    rsvp = make.rsvp(event, name, **more)
    with make.act():
        ids = {"event_id": event.id, "rsvp_id": rsvp.id}
        db.session.add(TicketCode(key=code_key(code), code=code, **ids))
    return rsvp


def scan(door: Any, event: Any, code: str, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = post(door, f"/e/{event.slug}/door/scan", code=code, **more).json
    return told


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_a_code_lets_in_whom_it_belongs_to_and_nobody_else(make, browser, event, case):
    ana = with_code(make, event, case["code"])
    make.rsvp(event, "Bo Ek")
    door = at_door(make, browser(), event, role="lead")
    for code in case["not"]:
        assert scan(door, event, code)["reason"] == "unknown", code
    for code in case["finds"]:
        told = scan(door, event, code)
        assert (told["outcome"], told["guest"]) == ("admitted", "Ana Ruiz"), code
        assert scan(door, event, code)["outcome"] == "already"
        post(door, f"/e/{event.slug}/door/{ana.id}/undo")


def test_the_code_of_a_waitlisted_guest_lets_nobody_in(make, browser, event):
    with_code(make, event, status="waitlisted")
    assert scan(at_door(make, browser(), event), event, BARCODE)["reason"] == "waitlisted"


def test_a_code_asks_first_where_a_scan_does(make, browser, event):
    with_code(make, event, companions=2)
    told = scan(at_door(make, browser(), event), event, BARCODE, mode="confirm")
    assert (told["outcome"], told["party"]) == ("needs_input", 3)


def test_each_of_several_codes_lets_the_party_in(make, browser, event):
    ana = with_code(make, event)
    with make.act():
        db.session.add(TicketCode(key="other7", code="other7", event_id=event.id, rsvp_id=ana.id))
    door = at_door(make, browser(), event)
    outcomes = [scan(door, event, code)["outcome"] for code in ("other7", BARCODE)]
    assert outcomes == ["admitted", "already"]


def test_our_own_ticket_and_short_code_come_first(make, browser, event):
    ana = make.rsvp(event, "Ana Ruiz", short_code="HJK234")
    with_code(make, event, ana.ticket, "Bo Ek")
    with_code(make, event, "HJK234", "Cy Ode")
    door = at_door(make, browser(), event)
    assert [scan(door, event, code)["guest"] for code in (ana.ticket, "HJK234")] == ["Ana Ruiz"] * 2


def test_of_two_codes_that_only_case_tells_apart_each_lets_in_its_own(make, browser, event):
    with_code(make, event, "g-y0kQ77AAA222")
    with_code(make, event, "g-Y0kq77AAA222", "Bo Ek")
    door = at_door(make, browser(), event)
    for code, name in (("g-y0kQ77AAA222", "Ana Ruiz"), ("g-Y0kq77AAA222", "Bo Ek")):
        assert scan(door, event, code)["guest"] == name
    told = scan(door, event, "g-y0kq77aaa222")
    assert (told["outcome"], told["reason"]) == ("denied", "unknown")


def test_a_code_that_another_event_has_in_this_case_means_the_guest_here(make, browser, event):
    with_code(make, event, "g-y0kQ77AAA222")
    with_code(make, make.event(), "G-Y0KQ77AAA222", "Bo Ek")
    door = at_door(make, browser(), event)
    assert scan(door, event, "G-Y0KQ77AAA222")["guest"] == "Ana Ruiz"


def test_a_code_is_looked_up_by_an_index(app, event):
    with app.app_context():
        here = event_at_door(event.slug)
        with asked() as statements:
            assert holder(here, "G-Y0KQ77AAA222-IS-A-22") is None
        plans = [plan_of(*one) for one in statements]
    assert ["caseless_ticket" in plan for plan in plans] == [True, False]
    assert "caseless_key" in plans[1]


def test_a_code_for_another_event_says_so(make, browser, event):
    with_code(make, make.event())
    assert scan(at_door(make, browser(), event), event, BARCODE)["reason"] == "other_event"


def test_a_code_typed_into_the_search_finds_its_holder_alone(make, browser, event, htmx):
    with_code(make, event)
    make.rsvp(event, "7791 Bo")
    assert at_door(make, browser(htmx=htmx), event).search(BARCODE).guests() == ["Ana Ruiz"]


@pytest.mark.parametrize("field", ["code", "name"])
def test_a_kiosk_takes_it(make, browser, event, field):
    luma = "https://lu.ma/check-in/evt-1?pk=g-y0kQ77"
    with_code(make, event, luma)
    tablet = at_kiosk(make, browser(), event)
    tablet.press("Check me in" if field == "code" else "I'm here", **{field: luma})
    assert answer(tablet) == ("admitted", None)


def codes_on_phone(door: Any, event: Any) -> list[list[str]]:
    listed = door.client.get(f"/e/{event.slug}/door/roster")
    assert BARCODE not in listed.text
    at = listed.json["fields"].index("codes")
    return [row[at] for row in listed.json["guests"]]


def test_a_phone_keeps_too_little_of_a_code_to_print_it(make, browser, event):
    with_code(make, event)
    make.rsvp(event, "Bo Ek")
    door = at_door(make, browser(), event)
    assert codes_on_phone(door, event) == [[digest(f"{event.slug}/{BARCODE}")[:CODE_DIGITS]], []]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_a_phone_keeps_nothing_of_a_code_that_it_would_betray(case):
    piece = digest(f"beers/{caseless(case['key'])}")[:CODE_DIGITS]
    assert listed_code("beers", case["key"]) == (piece if case["kept"] else "")


def test_thousands_of_numbers_have_the_same_piece_as_the_shortest_that_is_kept():
    shortest = next(n for n in range(1, 20) if listed_code("beers", "7" * n))
    assert 10**shortest / 16**CODE_DIGITS > 2000


def test_of_a_code_that_is_too_short_a_phone_knows_only_that_there_is_one(make, browser, event):
    with_code(make, event, "100042")
    door = at_door(make, browser(), event)
    assert codes_on_phone(door, event) == [[""]]
    assert scan(door, event, "100042")["outcome"] == "admitted"


def test_at_a_rehearsal_it_lets_in_the_copy(make, browser, event):
    with_code(make, event)
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    assert codes_on_phone(door, copy) == [[digest(f"{copy.slug}/{BARCODE}")[:CODE_DIGITS]]]
    assert scan(door, copy, BARCODE)["outcome"] == "admitted"
    assert make.row(Rsvp, event_id=copy.id).name == "Ana Ruiz"


def test_nothing_is_left_of_it_where_the_guest_is_anonymised(make, browser, event):
    ana = with_code(make, event)
    with make.act():
        anonymise(db.session.get_one(Rsvp, ana.id))
    assert make.rows(TicketCode) == []
    assert scan(at_door(make, browser(), event), event, BARCODE)["reason"] == "unknown"
