"""What a door answers, by the table of cases that a phone without network is held to as well:
tests/node/decide.test.js. The same for how names are folded.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine

from eventapp.core.name_words import is_called, may_be_called, other_spelling, typed_words
from eventapp.core.sounds import sound
from eventapp.core.text import fold
from eventapp.door.rules import RULES
from tests.door.helpers import at_door, post

FOLDER = Path(__file__).parent
FINDING = json.loads((FOLDER / "finding.json").read_text())
WALK_INS = json.loads((FOLDER / "walk_ins.json").read_text())
SOUNDS = json.loads((FOLDER / "sounds.json").read_text())
TABLE = json.loads((FOLDER / "decisions.json").read_text())
SHORT_CODE = "HCQ738"


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_a_door_decides_as_the_table_says(make, browser, case):
    event = make.event()
    guest = make.rsvp(event, "Ana Ruiz", short_code=SHORT_CODE, **case.get("guest", {}))
    door = at_door(make, browser(), event, role=case.get("role", "helper"))
    for action, wanted in zip(case["actions"], case["answers"], strict=True):
        at = event.starts_at + timedelta(seconds=action.get("after_seconds", 0))
        with time_machine.travel(at, tick=False):
            answer = answer_to(door, event, guest, action).json
        said = {**answer, "people": answer["party"]}
        assert {name: said[name] for name in ("reason", *wanted)} == {"reason": None, **wanted}


def answer_to(door: Any, event: Any, guest: Any, action: dict[str, Any]) -> Any:
    where = f"/e/{event.slug}/door"
    fields = {
        name: action.get(name) for name in ("people", "over_reason", "mode", "name", "another_than")
    }
    if action["verb"] == "scan":
        code = action.get("code", "TICKET").replace("TICKET", guest.ticket)
        return post(door, f"{where}/scan", code=code, **fields)
    if action["verb"] == "walk_in":
        return post(door, f"{where}/walk-in", **fields)
    return post(door, f"{where}/{guest.id}/{action['verb'].replace('_', '-')}", **fields)


def test_the_rules_are_those_of_the_table(make, browser):
    assert TABLE["rules"] == RULES
    event = make.event()
    door = at_door(make, browser(), event)
    assert door.client.get(f"/e/{event.slug}/door/roster").json["rules"] == RULES
    assert json.loads(door.one("#offline")["data-rules"]) == RULES


@pytest.mark.parametrize(
    ("name", "folded"), json.loads((FOLDER / "folding.json").read_text()).items()
)
def test_names_are_folded_as_the_table_says(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize("typed", FINDING)
def test_names_are_found_as_the_table_says(typed):
    case = FINDING[typed]
    for found, names in ((True, case.get("finds", [])), (False, case.get("not", []))):
        for name, also in names:
            assert (bool(typed_words(typed)) and is_called(name, typed)) is found, name
            assert other_spelling(name) == also


@pytest.mark.parametrize("case", WALK_INS, ids=lambda case: case["typed"])
def test_a_walk_in_may_be_whom_the_table_says(case):
    for found, names in ((True, case["like"]), (False, case["unlike"])):
        for name in names:
            assert may_be_called(name, case["typed"]) is found, name


@pytest.mark.parametrize("words", SOUNDS["alike"], ids="-".join)
def test_what_sounds_alike_finds_the_same(make, browser, words):
    event = make.event()
    for word in words:
        make.rsvp(event, f"Ana {word}", person=None)
    make.rsvp(event, "Ana Ruiz", person=None)
    door = at_door(make, browser(), event)
    for typed in words:
        shown = door.open(f"/e/{event.slug}/door?q={typed}").guests()
        assert set(shown) == {f"Ana {word}" for word in words}, typed


@pytest.mark.parametrize(("typed", "word"), SOUNDS["begin"])
def test_the_beginning_of_a_sound_finds_it(make, browser, typed, word):
    event = make.event()
    make.rsvp(event, word, person=None)
    assert at_door(make, browser(), event).open(f"/e/{event.slug}/door?q={typed}").guests() == [
        word
    ]


@pytest.mark.parametrize(("one", "other"), SOUNDS["unlike"])
def test_what_sounds_otherwise_is_told_apart(one, other):
    assert sound(one) != sound(other)


def test_a_door_finds_names_as_the_table_says(make, browser):
    event = make.event()
    cases = [case for case in FINDING.values() if "finds" in case]
    for name in {name for case in cases for name, _ in case["finds"]}:
        make.rsvp(event, name, person=None)
    door = at_door(make, browser(), event)
    where = door.url.partition("?")[0]
    for typed, case in FINDING.items():
        shown = set(door.open(f"{where}?{urlencode({'q': typed})}").guests())
        assert {name for name, _ in case.get("finds", [])} <= shown, typed
    listed = door.client.get(f"{where}/roster").json
    spelled = {name: also for case in cases for name, also in case["finds"]}
    at = [listed["fields"].index(field) for field in ("name", "also")]
    assert {row[at[0]]: row[at[1]] for row in listed["guests"]} == spelled
