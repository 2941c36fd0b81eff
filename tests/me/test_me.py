"""/me: what is kept about me, on a page and as a file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from eventapp.account.actions import Visitor
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.check_in import check_in
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction
from eventapp.model import NoticeKind, Organiser, Person, Rsvp, Session, TicketCode
from eventapp.rsvp.actions import Answer, answer, note_told
from tests.contacts.evening import card, guests, met, noted
from tests.guests.bringing import bring
from tests.make import Make
from tests.rsvp.asking import ask, asked


def test_the_page_says_what_is_kept(make: Make, browser: Any) -> None:
    event = make.event(title="PyDay")
    ana, bea, carla = guests(make, event, "Ana Ruiz", "Bea Soler", "Carla Gil")
    met(make, ana, bea)
    noted(make, ana, carla)
    page = make.signed_in(browser(), ana.person).open("/me")
    assert ana.person.email in page.text
    links = [link.get_text(strip=True) for link in page.page.select(f"a[href='/r/{ana.key}']")]
    assert links == ["PyDay", "My ticket"]
    assert page.sees("You noted 2 people.")
    assert page.sees("One says so too.")
    assert page.one("[data-session]")
    assert page.sees("this one")


def test_who_organises_finds_their_events_from_there(make: Make, browser: Any) -> None:
    organiser, guest = make.organiser(make.community()), make.person()
    assert make.signed_in(browser(), organiser).open("/me").one("main a[href='/o/']")
    assert not make.signed_in(browser(), guest).open("/me").page.select("main a[href='/o/']")


def test_name_and_language_can_be_changed(make: Make, browser: Any, htmx: bool) -> None:
    rsvp = make.rsvp(make.event(), "Ana Ruiz")
    page = make.signed_in(browser(htmx=htmx), rsvp.person).open("/me")
    page.press("Save", name="Ana  María\u200b Ruiz", language="es")
    assert page.sees("Saved.")
    person = make.row(Person)
    assert (person.name, person.language) == ("Ana María Ruiz", "es")
    assert make.row(Rsvp).language == "es"
    assert make.row(Rsvp).name == "Ana Ruiz"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name": " "}, "required"),
        ({"name": "x" * 121}, "too_long"),
        ({"name": "a\x07b"}, "control_characters"),
        ({"language": "xx"}, "language"),
    ],
)
def test_a_name_that_is_none_is_refused(
    make: Make, browser: Any, htmx: bool, typed: dict[str, str], code: str
) -> None:
    page = make.signed_in(browser(htmx=htmx), make.person()).open("/me")
    page.press("Save", **typed)
    assert page.status == 422
    assert page.codes() == [code]
    assert make.row(Person).name == "Ana Ruiz"


@pytest.mark.parametrize("path", ["/me", "/me/export", "/me/delete"])
def test_a_stranger_is_asked_to_sign_in(browser: Any, app: Any, path: str) -> None:
    assert browser().open(path).url.startswith("/sign-in")


@pytest.mark.parametrize("path", ["/me", "/me/delete"])
def test_a_stranger_changes_nobody(make: Make, browser: Any, path: str) -> None:
    person = make.person()
    page = browser().open("/sign-in")
    token = page.page.select_one("[name=csrf_token]")["value"]
    answered = page.client.post(path, data={"csrf_token": token, "name": "Evil"})
    assert answered.headers["Location"].startswith("/sign-in")
    assert make.row(Person).name == person.name


# The file with everything


@pytest.fixture
def ana(make: Make) -> Rsvp:
    """Somebody of whom there is something everywhere."""
    community = make.community(name="Pythonistas", contact_email="hello@example.org")
    event = make.event(community, title="PyDay", starts_at=clock.now() - timedelta(hours=1))
    (diet,) = ask(make, event, asked("Diet"))
    ana, bea, carla, dani = guests(make, event, "Ana Ruiz", "Bea Soler", "Carla Gil", "Dani Paz")
    met(make, ana, bea, note="knows Rust", tags=["rust"], follow_up_on=date(2026, 10, 8))
    noted(make, carla, ana, note="a secret of Carla's")
    noted(make, ana, dani)
    card(make, ana.person, shared=["phone"], phone="+34600000002")
    card(make, bea.person)
    with make.act():
        row = db.session.get_one(Rsvp, ana.id)
        row.ask_me_about, row.answers = "sourdough", {"Diet": "vegan"}
        ids = {"event_id": row.event_id, "rsvp_id": row.id}
        db.session.add(TicketCode(key="779144032210", code="779144032210", **ids))
        note_told(NoticeKind.DID_YOU_MEET, row.person, carla, at=clock.now())
        db.session.add(
            Organiser(community_id=community.id, person_id=ana.person_id, since=clock.now())
        )
        answer(
            row.event,
            Answer(name="Ana Ruiz", email=row.person.email, answers={diet: "vegetarian"}),
            at=clock.now(),
            by=Visitor("en", "one"),
        )
    return ana


def test_the_file_has_everything(make: Make, browser: Any, ana: Rsvp) -> None:
    page = make.signed_in(browser(), ana.person)
    response = page.open("/me/export").response
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    everything = json.loads(response.data)
    assert everything["person"]["email"] == ana.person.email
    assert everything["organises"][0]["community"] == "Pythonistas"
    (rsvp,) = everything["rsvps"]
    assert (rsvp["event"], rsvp["status"], rsvp["ask_me_about"]) == ("PyDay", "going", "sourdough")
    assert rsvp["answers"] == {"Diet": "vegan"}
    assert rsvp["tickets_of_other_tools"] == 1
    assert "779144032210" not in response.text
    assert everything["codes_mailed_to_you"][-1]["answers"] == {"Diet": "vegetarian"}
    assert everything["card"]["phone"] == "+34600000002"
    assert list(everything["card"]["shared"]) == ["phone"]
    assert [one["name"] for one in everything["card"]["held_by"]] == ["Bea Soler"]
    bea, dani = everything["people_you_met"]
    assert (bea["name"], bea["note"], bea["follow_up_on"]) == (
        "Bea Soler",
        "knows Rust",
        "2026-10-08",
    )
    assert (bea["they_say_so_too"], dani["they_say_so_too"]) == (True, False)
    assert {one["name"] for one in everything["people_who_say_they_met_you"]} == {
        "Bea Soler",
        "Carla Gil",
    }
    (told,) = everything["told_to_you"]
    assert (told["about"], told["event"]) == ("did_you_meet", "PyDay")
    assert everything["mails_to_you"][0]["template"] == "rsvp/mail/already"
    assert len(everything["browsers_signed_in"]) == 1


def test_the_file_names_nobody_who_took_back_that_they_met(
    make: Make, browser: Any, ana: Rsvp
) -> None:
    declined, taken_back = clock.now(), clock.now()
    (eva,) = guests(make, ana.event, "Eva Mora")
    noted(make, eva, ana, declined_at=declined, taken_back_at=taken_back)
    assert "Eva Mora" not in make.signed_in(browser(), ana.person).open("/me/export").response.text


def test_the_file_says_what_doors_noted(make: Make, browser: Any) -> None:
    event = make.event()
    ana = make.rsvp(event)
    with make.act():
        now = clock.now()
        action = DoorAction(str(uuid4()), "Garden", "link:1", happened_at=now, heard_at=now)
        check_in(event_at_door(event.slug), ana.id, action)
    page = make.signed_in(browser(), ana.person)
    (rsvp,) = json.loads(page.open("/me/export").response.data)["rsvps"]
    assert (rsvp["checked_in"]["door"], rsvp["checked_in"]["people"]) == ("Garden", 1)
    (noted,) = rsvp["at_the_door"]
    assert (noted["verb"], noted["outcome"], noted["door"]) == ("admit", "admitted", "Garden")


def test_the_file_says_what_lists_changed(make: Make, app: Any, browser: Any) -> None:
    event, ana = make.event(), make.person("ana@example.org")
    bring(app, event, b"Name,Email,Code\nAna Ruiz,ana@example.org,\n")
    bring(app, event, b"Name,Email,Barcode,Diet\nAna R. Gil,ana@example.org,779144032,Vegan\n")
    page = make.signed_in(browser(), ana)
    file = page.open("/me/export").response
    ((added, changed),) = [one["brought_by_lists"] for one in json.loads(file.data)["rsvps"]]
    assert (added["before"], added["after"]) == (None, None)
    assert changed["before"] == {"name": "Ana Ruiz", "answers": {}}
    assert changed["after"] == {"name": "Ana R. Gil", "answers": {"Diet": "Vegan"}}
    assert added["confirmed_at"] <= changed["confirmed_at"]
    assert "779144032" not in file.text


def test_the_file_has_nothing_of_others_and_opens_no_door(
    make: Make, browser: Any, ana: Rsvp
) -> None:
    told = make.signed_in(browser(), ana.person).open("/me/export").response.text
    others = [one.email for one in make.rows(Person) if one.id != ana.person_id]
    secrets = [value for row in make.rows(Rsvp) for value in (row.key, row.ticket, row.badge)]
    secrets += [row.secret_digest for row in make.rows(Session)]
    for kept in (*others, *secrets, "a secret of Carla's", "+34600000001", ana.short_code):
        assert kept not in told


def test_looking_changes_nothing(make: Make, browser: Any, ana: Rsvp) -> None:
    page = make.signed_in(browser(), ana.person)
    before = everything_kept(make)
    for path in ("/me", "/me/export", "/me/delete", "/goodbye"):
        assert page.open(path).status == 200
    assert everything_kept(make) == before


def everything_kept(make: Make) -> dict[str, list[Any]]:
    with make.app.app_context():
        return {
            table.name: sorted(map(repr, db.session.execute(table.select()).all()))
            for table in db.metadata.sorted_tables
        }
