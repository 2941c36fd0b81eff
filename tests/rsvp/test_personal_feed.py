"""The feed of one's own events, at a secret address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.model import Event, Person, PersonalFeed, Rsvp
from eventapp.rsvp.actions import cancel, make_personal_feed
from tests.browser import Browser
from tests.events.organising import organiser_of, save
from tests.make import Make

Browsers = Callable[..., Browser]
DAY = timedelta(days=1)


@pytest.fixture
def ana(make: Make) -> Person:
    return make.person("ana@example.org", name="Ana Ruiz")


def goes(make: Make, person: Person, title: str, status: str = "going", **more: Any) -> Rsvp:
    event = make.event(title=title, **{"starts_at": clock.now() + 9 * DAY, **more})
    return make.rsvp(event, person.name, person=person, status=status)


def address_of(make: Make, person: Person) -> str:
    """Of their feed, which they have from now on."""
    if not make.rows(PersonalFeed, person_id=person.id):
        with make.act():
            make_personal_feed(db.session.get_one(Person, person.id), at=clock.now())
    return f"/my-events/{make.row(PersonalFeed, person_id=person.id).key}/calendar.ics"


def entries(browser: Browsers, address: str) -> dict[str, Any]:
    answer = browser().client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar: Any = icalendar.Calendar.from_ical(answer.data)
    return {str(entry["summary"]): entry for entry in calendar.walk("VEVENT")}


def states(browser: Browsers, address: str) -> dict[str, str]:
    return {title: str(entry["status"]) for title, entry in entries(browser, address).items()}


def test_it_has_what_somebody_goes_to_or_may_go_to(
    make: Make, browser: Browsers, ana: Person
) -> None:
    goes(make, ana, "Sure")
    goes(make, ana, "Perhaps", "maybe")
    goes(make, ana, "In spring", starts_at=clock.now() - 100 * DAY)
    goes(make, ana, "No longer", "cancelled")
    goes(make, ana, "Off", called_off_at=clock.now())
    for left_out in ("not_going", "waitlisted", "pending"):
        goes(make, ana, left_out, left_out)
    goes(make, ana, "Taken back", published_at=None)
    goes(make, ana, "Years ago", starts_at=clock.now() - 700 * DAY)
    goes(make, make.person(), "Somebody else's")
    assert states(browser, address_of(make, ana)) == {
        "Sure": "CONFIRMED",
        "Perhaps": "TENTATIVE",
        "In spring": "CONFIRMED",
        "No longer": "CANCELLED",
        "Off": "CANCELLED",
    }


def test_only_who_goes_is_told_the_exact_address(
    make: Make, browser: Browsers, ana: Person
) -> None:
    secret = {"exact_address": "Calle Secreta 7", "private_link": "https://chat.example.org/x"}
    goes(make, ana, "Sure", **secret)
    goes(make, ana, "Perhaps", "maybe", **secret)
    found = entries(browser, address_of(make, ana))
    assert "Calle Secreta 7" in found["Sure"]["location"]
    assert "chat.example.org" in found["Sure"]["description"]
    assert "Secreta" not in str(found["Perhaps"])
    assert "chat.example.org" not in str(found["Perhaps"])


def test_changes_and_cancellations_reach_the_calendar(
    make: Make, browser: Browsers, ana: Person
) -> None:
    rsvp = goes(make, ana, "Beers")
    there, event = address_of(make, ana), make.row(Event)
    before = entries(browser, there)["Beers"]
    organiser = organiser_of(make, browser, event)
    save(organiser.open(f"/o/e/{event.slug}"), place="Another bar")
    moved = entries(browser, there)["Beers"]
    assert str(moved["location"]) == "Another bar"
    assert moved["uid"] == before["uid"]
    assert moved["sequence"] > before["sequence"]
    with make.act():
        call_off_event(db.session.get_one(Event, event.id), at=clock.now())
    off = entries(browser, there)["Beers"]
    assert (str(off["status"]), off["sequence"] >= moved["sequence"]) == ("CANCELLED", True)
    assert rsvp.id


def test_who_cancels_sees_it_struck_out(make: Make, browser: Browsers, ana: Person) -> None:
    rsvp = goes(make, ana, "Beers")
    there = address_of(make, ana)
    with make.act():
        cancel(db.session.get_one(Rsvp, rsvp.id), at=clock.now())
    assert states(browser, there) == {"Beers": "CANCELLED"}


def test_it_is_made_renewed_and_ended_on_their_page(
    make: Make, browser: Browsers, ana: Person, htmx: bool
) -> None:
    goes(make, ana, "Beers")
    page = make.signed_in(browser(htmx=htmx), ana).open("/me")
    page.press("Make a secret address")
    leaked = address_of(make, ana)
    assert page.one("a[href^=webcal]")["href"] == f"webcal://localhost{leaked}"
    page.press("make a new one")
    renewed = address_of(make, ana)
    stranger = browser().client
    assert [stranger.get(one).status_code for one in (leaked, renewed)] == [404, 200]
    page.press("End this address")
    assert stranger.get(renewed).status_code == 404
    assert make.rows(PersonalFeed) == []


def test_who_answered_nothing_is_not_offered_one(
    make: Make, browser: Browsers, ana: Person
) -> None:
    assert not make.signed_in(browser(), ana).open("/me").page.select("#calendar")


def test_it_is_in_the_export_without_its_key_and_goes_with_its_person(
    make: Make, browser: Browsers, ana: Person
) -> None:
    goes(make, ana, "Beers")
    there = address_of(make, ana)
    page = make.signed_in(browser(), ana).open("/me/export")
    assert page.response.json["personal_feed"]["since"]
    assert there.split("/")[2] not in page.response.text
    page.open("/me/delete").press("Delete me for good", sure="yes")
    assert browser().client.get(there).status_code == 404
    assert make.rows(PersonalFeed) == []


def test_it_speaks_its_persons_language(make: Make, browser: Browsers, ana: Person) -> None:
    with make.act():
        db.session.get_one(Person, ana.id).language = "es"
    answer = browser().client.get(address_of(make, ana))
    calendar: Any = icalendar.Calendar.from_ical(answer.data)
    assert str(calendar["name"]) == "Mis eventos"
    assert calendar["refresh-interval"].dt == timedelta(hours=4)


def test_nobody_keeps_it_on_the_way_or_lists_it(make: Make, browser: Browsers, ana: Person) -> None:
    headers = browser().client.get(address_of(make, ana)).headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
