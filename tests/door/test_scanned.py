"""A hand-held scanner is understood whatever layout it types for, by the table that a phone without
network is held to as well: tests/node/scanned.test.js.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventapp.core.caseless import caseless
from eventapp.door.scanned import tickets_in
from tests.door.helpers import at_door, post
from tests.kiosk.helpers import answer, at_kiosk

TABLE = json.loads(Path(__file__).with_name("scanned.json").read_text())
SOME = (
    *("a NUL", "Caps Lock", "all in capitals", "all in lower case"),
    *("a scanner of fr at a machine of us", "us at es, Caps Lock", "us at fr, all in capitals"),
)
ALL_THE_WAY = [case for case in TABLE if case["name"] in SOME]
EITHER = [case for case in TABLE if "tickets" in case]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_a_scanner_is_understood_as_the_table_says(case):
    one = [case["ticket"]] if case["ticket"] else []
    meant = map(caseless, case.get("tickets", one))
    assert sorted(tickets_in(case["text"])) == sorted(meant)


@pytest.mark.parametrize("case", ALL_THE_WAY, ids=lambda case: case["name"])
def test_a_door_lets_in_whom_a_scanner_meant(make, browser, case):
    event = make.event()
    make.rsvp(event, "Ana Ruiz", ticket=case["ticket"])
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/scan", code=case["text"])
    assert answer.json["outcome"] == "admitted"


@pytest.mark.parametrize("case", EITHER, ids=lambda case: case["name"])
@pytest.mark.parametrize("which", [0, 1])
def test_of_two_tickets_that_a_scanner_may_have_meant_somebody_has_one(make, browser, case, which):
    event = make.event()
    make.rsvp(event, "Ana Ruiz", ticket=case["tickets"][which])
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/scan", code=case["text"])
    assert (answer.json["outcome"], answer.json["guest"]) == ("admitted", "Ana Ruiz")


@pytest.mark.parametrize("case", ALL_THE_WAY, ids=lambda case: case["name"])
@pytest.mark.parametrize("field", ["code", "name"])
def test_a_kiosk_lets_in_whom_a_scanner_meant(make, browser, case, field):
    event = make.event()
    make.rsvp(event, "Ana Ruiz", ticket=case["ticket"])
    tablet = at_kiosk(make, browser(), event)
    tablet.press("Check me in" if field == "code" else "I'm here", **{field: case["text"]})
    assert answer(tablet) == ("admitted", None)
