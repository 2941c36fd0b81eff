"""What a door sees of guests' answers: what organisers ticked, and never how to reach anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.contact_details import has_contact_details
from eventapp.core.db import db
from eventapp.door.rehearsal import rehearse
from eventapp.model import Event, Rsvp
from tests.badges.reading import badges_of
from tests.browser import Browser
from tests.door.helpers import at_door
from tests.events.organising import organiser_of
from tests.make import Make
from tests.rsvp.asking import ask, asked

Browsers = Callable[..., Browser]


@pytest.mark.parametrize(
    "words",
    [
        "ana@example.org",
        "me: ana＠example.org",
        "600111222",
        "call +34 600 11 12 22",
        "(91) 555-12-34",
        "٦٠٠١١١٢٢٢",
        "１２３４５６７８９",
        "since 2026-12-01, 600.111.222",
        "600-12-34-56",
        "600.12.34.56",
        "06.12.34.56.78",
        "06/12/34/56/78",
        "+34 600 12-34-56",
        "91-12-34-567",
        "12-34-56-789",
        "12-34-5678",
        "tel 600 12 34 56",
        "06 12 34 56 78",
        "(06) 12.34.56-78",
        "+34 (600) 12–34–56",
        "600—12—34—56",
        "600_12_34_56",
        "600,11,12,22",
        "600\u00a012\u200b34\u202f56",
        "٦٠٠-١٢-٣٤-٥٦",
        "６００．１２．３４．５６",
        "6️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣",
        "1/12/2026 600",
        "ana @ example . org",
        "ana [at] example.org",
        "ana (arroba) example (punto) org",
        "ana at example.org",
        "Ana At example dot org",
        "ana arroba example punto es",
        "Calle Mayor 5, 3º B",
        "c/ Mayor, 5",
        "Avda. de la Constitución nº 12",
        "Carrer de Sants 40",
        "Rue de la Paix, 12",
        "10 Downing Street",
        "221b Baker St.",
        "Hauptstraße 7",
        "Lange Strasse 7",
        "28013 Madrid",
        "1017 AB Amsterdam",
        "SW1A 2AA",
    ],
)
def test_an_address_or_a_number_among_words_is_noticed(words: str) -> None:
    assert has_contact_details(words)


@pytest.mark.parametrize(
    "words",
    [
        "Vegan",
        "No nuts; no milk",
        "2026-12-01",
        "from 1/12/2026.",
        "(01.12.2026)",
        "12-34-56",
        "12 of 20",
        "10:30 - 11:30",
        "2024; 2025",
        "1, 2, 3, 5, 8, 13",
        "flat 3, door 402",
        "Chef at Acme. Also a baker",
        "Via Marta, who works with me",
        "Plaza",
        "Python 3 and Rust",
        "20 people of the street band, or so",
        "M, 38",
        "2024 in Madrid",
        "10000 steps a day",
    ],
)
def test_what_holds_no_contact_details_is_shown(words: str) -> None:
    assert not has_contact_details(words)


def test_an_answer_is_shown_if_it_is_ticked_and_has_no_contact_details(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = make.event()
    ask(
        make,
        event,
        asked("Diet", shows_at_door=True),
        asked("Contact", shows_at_door=True),
        asked("Allergies"),
    )
    said = {"Diet": "Vegan", "Contact": "600 111 222", "Allergies": "Nuts"}
    rsvp = make.rsvp(event, "Ana Ruiz", answers=said)
    door = at_door(make, browser(htmx=htmx), event).press("Let in", code=rsvp.ticket)
    words = door.one("#verdict").get_text(" ", strip=True)
    assert "Vegan" in words
    assert "600" not in words
    assert "Nuts" not in words


@pytest.mark.parametrize("at_rehearsal", [False, True])
def test_namesakes_are_not_told_apart_by_an_answer_that_the_door_is_not_to_see(
    make: Make, browser: Browsers, *, at_rehearsal: bool
) -> None:
    event = make.event()
    ask(make, event, asked("Company"), asked("Job title", shows_at_door=True))
    for company, job in (("Acme", "Chef"), ("Bits", "Baker")):
        make.rsvp(event, "Ana Ruiz", answers={"Company": company, "Job title": job})
    if at_rehearsal:
        with make.act():
            rehearse(db.session.get_one(Event, event.id), at=clock.now())
        event = make.row(Event, rehearsal_of_id=event.id)
    page = at_door(make, browser(), event).search("ana")
    assert page.sees("Chef")
    assert page.sees("Baker")
    assert not page.sees("Acme")


def test_the_door_is_not_given_answers_to_keep(make: Make, browser: Browsers) -> None:
    event = make.event()
    ask(make, event, asked("Diet", shows_at_door=True))
    make.rsvp(event, "Ana Ruiz", answers={"Diet": "Vegan"})
    door = at_door(make, browser(), event)
    assert "Vegan" not in door.client.get(f"/e/{event.slug}/door/roster").text


def test_a_tick_on_the_page_of_questions_is_one_on_that_of_the_door(
    make: Make, browser: Browsers
) -> None:
    event = make.event()
    ask(make, event, asked("Diet", shows_at_door=True), asked("Size"))
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/doors/settings")
    assert ticked(page) == ["Diet"]
    page.press("Save", door_answers=["Size"])
    page.open(f"/o/e/{event.slug}/questions")
    assert not page.one("[name=rows-0-shows_at_door]").has_attr("checked")
    assert page.one("[name=rows-1-shows_at_door]").has_attr("checked")


def ticked(page: Browser) -> list[Any]:
    return [one["value"] for one in page.page.select("[name=door_answers][checked]")]


CONTACTS = {"How do we reach you?": "600 111 222", "Where to?": "Calle Mayor 5", "Diet": "Vegan"}


@pytest.fixture
def event(make: Make) -> Event:
    """An event whose list has columns of which only the cells say that they are contact details."""
    event: Event = make.event()
    make.rsvp(event, "Ana Ruiz", answers=CONTACTS)
    make.rsvp(event, "Bo Ek", answers={**CONTACTS, "Diet": "ask at 600 111 222"})
    make.rsvp(event, "Cy Ode", answers={"Diet": "None", "Where to?": "at the venue"})
    return event


def test_what_holds_phones_or_addresses_is_not_offered_to_the_door(
    make: Make, browser: Browsers, event: Event
) -> None:
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/doors/settings")
    offered = [one["value"] for one in page.page.select("[name=door_answers]")]
    assert offered == ["Diet"]


def test_nor_is_it_on_the_page_of_questions(make: Make, browser: Browsers, event: Event) -> None:
    ask(make, event, asked("How do we reach you?"), asked("Diet"))
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/questions")
    first, second, _ = page.page.select(".question-row")
    assert "phone numbers or addresses" in first.get_text()
    assert not first.select("[name$=shows_at_door]")
    assert second.select("[name$=shows_at_door]")


def test_it_is_on_no_badge(make: Make, browser: Browsers, event: Event) -> None:
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/badges")
    offered = [one["value"] for one in page.page.select("[name=line] option")]
    assert offered == ["", "Diet"]
    with make.act():
        there = db.session.get_one(Event, event.id)
        first = db.session.scalars(select(Rsvp).order_by(Rsvp.name_key)).first()
        assert first
        first.ask_me_about = "call 600 111 222"
        badges = badges_of(there, line="Diet")
    assert [(badge.line, badge.ask) for badge in badges] == [("Vegan", ""), ("", ""), ("None", "")]
