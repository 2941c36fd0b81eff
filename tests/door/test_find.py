"""At the door, a name is found as it is typed, mistakes and all, and namesakes are told apart."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event
from eventapp.rsvp.actions import enter_all
from tests.browser import form_data
from tests.door.helpers import at_door

pytestmark = pytest.mark.both_databases

SIMILAR = json.loads(Path(__file__).with_name("similar.json").read_text())
ADDRESS = "ana.ruiz@example.org"


@pytest.fixture
def event(make: Any) -> Any:
    return make.event()


def search(door: Any, typed: str) -> Any:
    return door.open(f"{door.url.partition('?')[0]}?q={typed}")


def lines(door: Any) -> dict[str, str]:
    """The line below each name, by the id of the row."""
    return {
        row["data-rsvp"]: " ".join(line.get_text() for line in row.find_all("small"))
        for row in door.page.find_all(attrs={"data-guest": True})
    }


@pytest.mark.parametrize("typed", ["nunez jose", "jsoe", "jos nuñ", "Joze Nunez", "fuente"])
def test_a_mistyped_name_is_found(make, browser, event, typed):
    make.rsvp(event, "José Núñez de la Fuente")
    make.rsvp(event, "Eva Ruiz")
    door = search(at_door(make, browser(), event), typed)
    assert door.guests() == ["José Núñez de la Fuente"]


def test_the_nearest_name_comes_first(make, browser, event):
    for name in ("Anabel Gilabert", "Anna Gil", "Ana Gil Ruiz", "Ana Gil", "Gil Ana"):
        make.rsvp(event, name)
    door = search(at_door(make, browser(), event), "ana+gil")
    assert door.guests() == ["Ana Gil", "Gil Ana", "Ana Gil Ruiz", "Anabel Gilabert"]


@pytest.mark.parametrize("case", SIMILAR, ids=lambda case: case["name"])
def test_similar_names_stand_apart_as_the_table_says(make, browser, event, case):
    for one in case["on_list"]:
        put_on_list(make, event, **({"name": one} if isinstance(one, str) else one))
    door = search(at_door(make, browser(), event), case["typed"])
    assert door.guests() == [*case["guests"], *case["similar"]]
    heading = door.page.find("h2", string="Similar names")
    shown = heading.find_next("ul").select("[data-guest]") if heading else []
    assert [row["data-guest"] for row in shown] == case["similar"]


def put_on_list(make: Any, event: Any, *, brings: tuple[str, ...] = (), **guest: Any) -> None:
    companions = {"companions": len(brings), "companion_names": list(brings)}
    make.rsvp(event, person=None, **guest, **companions)


@pytest.mark.parametrize("typed", ["", "+", "."])
def test_nobody_is_shown_before_a_name_is_typed(make, browser, event, typed):
    make.rsvp(event, "Ana Ruiz")
    assert search(at_door(make, browser(), event), typed).guests() == []


def test_namesakes_are_told_apart_by_what_they_said(make, browser, event):
    told: dict[str, dict[str, Any]] = {
        "Bodegas Sur": {"answers": {"What company do you work for?": "Bodegas Sur", "Job": "Chef"}},
        "Cocinera": {"answers": {"Puesto": "Cocinera", "Tamaño de la empresa": "12"}},
        "sourdough": {"ask_me_about": "sourdough", "want_to_learn": "wine"},
        "fermentation": {"want_to_learn": "fermentation"},
    }
    names = ("Ana Ruíz", "Ana Ruiz", "ANA RUIZ", "Ana  Ruiz")
    ids = {
        str(make.rsvp(event, name, **more).id): line
        for name, (line, more) in zip(names, told.items(), strict=True)
    }
    make.rsvp(event, "Ana Ruiz Gil", ask_me_about="nothing to tell apart")
    door = search(at_door(make, browser(), event), "ana+ruiz")
    assert len(door.guests()) == 5
    shown = lines(door)
    assert {id_: shown[id_] for id_ in ids} == ids
    assert "nothing to tell apart" not in door.page.get_text()


def test_namesakes_who_said_the_same_or_nothing_have_their_short_codes(make, browser, event):
    same = [make.rsvp(event, "Ana Ruiz", answers={"Company": "Acme"}) for _ in range(2)]
    silent = make.rsvp(event, "Ana Ruiz")
    shown = lines(search(at_door(make, browser(), event), "ana+ruiz"))
    assert shown[str(silent.id)] == silent.short_code
    assert [shown[str(one.id)] for one in same] == [f"Acme · {one.short_code}" for one in same]


def test_namesakes_are_told_apart_also_when_one_is_in(make, browser, event):
    chef, _ = (make.rsvp(event, "Ana Ruiz", answers={"Job": job}) for job in ("Chef", "Baker"))
    door = search(at_door(make, browser(htmx=True), event), "ana+ruiz")
    for button in ("Check in", "Undo"):
        place = door.one(f"#guest-{chef.id}")
        form = next(form for form in place.find_all("form") if button in form.get_text())
        door.submit(form, form_data(form))
        assert "Chef" in door.one(f"#guest-{chef.id}").get_text()


def test_an_address_never_tells_namesakes_apart(make, browser, event):
    for said in (ADDRESS, f"write to {ADDRESS}"):
        make.rsvp(
            event,
            "Ana Ruiz",
            answers={"Company": said, "Company e-mail": said, "Role": said},
            ask_me_about=said,
            want_to_learn=said,
        )
    door = search(at_door(make, browser(), event), "ana+ruiz")
    assert len(door.guests()) == 2
    assert not re.search(r"\S@\S", door.page.find(id="found").get_text())


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (20, ""),
        (21, "20 of 21: type more of the name."),
        (1001, "20 of more than 1000: type more of the name."),
    ],
)
def test_a_search_that_shows_not_all_says_of_how_many(make, browser, event, others, words):
    with make.act():
        guests = [{"name": f"Ana Ruiz {number}", "status": "going"} for number in range(others)]
        enter_all(db.session.get_one(Event, event.id), guests, at=clock.now())
    door = search(at_door(make, browser(), event), "ruiz+ana")
    assert len(door.guests()) == 20
    assert "".join(line.get_text() for line in door.page.select("#found .hint")) == words


def test_a_search_asks_the_database_no_more_for_more_guests(make, browser, event, count_queries):
    door = at_door(make, browser(), event)
    asked = []
    for _ in range(2):
        for _ in range(8):
            make.rsvp(event, "Ana Ruiz", person=None)
        with count_queries() as statements:
            search(door, "ana+ruiz")
        asked.append(len(statements))
    assert len(door.guests()) == 16
    assert asked[0] == asked[1]
