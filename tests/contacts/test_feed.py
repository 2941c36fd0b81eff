"""The feed of whom one wants to get in touch with, at a secret address."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar

from eventapp.core.db import db
from eventapp.model import Encounter, FollowUpFeed, Person
from tests.contacts.evening import noted
from tests.make import Make


def address_of(make: Make, person_id: int) -> str:
    return f"/follow-ups/{make.row(FollowUpFeed, person_id=person_id).key}/calendar.ics"


def days_in(answer: Any) -> dict[str, date]:
    calendar: Any = icalendar.Calendar.from_ical(answer.data)
    return {str(day["summary"]): day["dtstart"].dt for day in calendar.walk("VEVENT")}


def test_a_calendar_reads_the_days_without_signing_in(
    make: Make, browser: Any, evening: dict[str, Any], htmx: bool
) -> None:
    ana = evening["ana"]
    page = make.signed_in(browser(htmx=htmx), ana.person).open("/contacts")
    page.press("Make a secret address")
    address = address_of(make, ana.person_id)
    assert page.one(f"a[href^=http][href$='{address}']")
    answer = browser().client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert days_in(answer) == {"Get in touch with Bea Núñez": date(2026, 10, 8)}
    assert "PyDay" in answer.text


def test_it_has_no_field_of_a_card_and_no_note(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    page.press("Make a secret address")
    told = browser().client.get(address_of(make, evening["ana"].person_id)).text
    told = told.replace("\r\n ", "")
    for kept in ("+34", evening["bea"].person.email, "Acme", "linkedin", "knows Rust", "Carla"):
        assert kept not in told


def test_a_day_that_is_changed_deleted_or_taken_back_is_gone(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    noted(make, evening["ana"], make.rsvp(evening["event"], "Dani"), follow_up_on=date(2027, 1, 1))
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    page.press("Make a secret address")
    address = address_of(make, evening["ana"].person_id)
    with make.act():
        row = db.session.query(Encounter).filter_by(met_id=evening["bea"].id).one()
        row.follow_up_on = None
    assert list(days_in(page.client.get(address))) == ["Get in touch with Dani"]
    with make.act():
        for row in db.session.query(Encounter):
            row.taken_back_at = row.noted_at
    assert days_in(page.client.get(address)) == {}


def test_a_leaked_address_is_renewed_or_ended(
    make: Make, browser: Any, evening: dict[str, Any], htmx: bool
) -> None:
    ana = evening["ana"]
    page = make.signed_in(browser(htmx=htmx), ana.person).open("/contacts")
    page.press("Make a secret address")
    leaked = address_of(make, ana.person_id)
    page.press("make a new one")
    renewed = address_of(make, ana.person_id)
    stranger = browser().client
    assert [stranger.get(one).status_code for one in (leaked, renewed)] == [404, 200]
    page.press("End this address")
    assert stranger.get(renewed).status_code == 404
    assert make.rows(FollowUpFeed) == []


def test_it_goes_with_its_person(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    ana = evening["ana"]
    page = make.signed_in(browser(), ana.person).open("/contacts")
    page.press("Make a secret address")
    address = address_of(make, ana.person_id)
    assert "follow_up_feed" in page.open("/me/export").response.text
    assert address.split("/")[2] not in page.response.text
    page.open("/me/delete").press("Delete me for good", sure="yes")
    assert browser().client.get(address).status_code == 404
    assert make.rows(Person, id=ana.person_id) == make.rows(FollowUpFeed) == []


def test_it_speaks_its_persons_language(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    page.press("Make a secret address")
    with make.act():
        db.session.get_one(Person, evening["ana"].person_id).language = "es"
    told = browser().client.get(address_of(make, evening["ana"].person_id)).text
    assert "Contactar con Bea" in told
