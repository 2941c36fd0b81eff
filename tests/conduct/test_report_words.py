"""A guest tells the hosts of what somebody wrote, or of a picture. Whose it is, nobody learns by
it, and a host whose own it is reads it only where no other host is there to.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, ConductReport, Event, Impression, Organiser, Person, Rsvp
from tests.browser import Browser
from tests.make import Make
from tests.met.evening import last_night, let_in
from tests.pictures import as_file, photo

Browsers = Callable[..., Browser]
WRITTEN, WORDS = "They are all fools", "That's an insult"


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers", name="Beers", contact_email="beers@example.org")


@pytest.fixture
def event(make: Make, beers: Community) -> Event:
    make.organiser(beers, "olga@example.org")
    return last_night(make, community=beers, slug="may", title="Beers in May")


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return came(make, event, "Ana Ruiz")


@pytest.fixture
def bea(make: Make, event: Event) -> Rsvp:
    return came(make, event, "Bea Gil")


def came(make: Make, event: Event, name: str, **more: Any) -> Rsvp:
    rsvp = make.rsvp(event, name, **more)
    let_in(make, rsvp)
    return rsvp


def wrote(make: Make, rsvp: Rsvp, audience: str = "attendees") -> int:
    said = {"words": WRITTEN, "audience": audience, "created_at": clock.now()}
    row = Impression(event_id=rsvp.event_id, person_id=rsvp.person_id, **said)
    with make.act():
        db.session.add(row)
    return row.id


def tell(make: Make, browser: Browser, ana: Rsvp, place: str = "impressions") -> Browser:
    page: Browser = make.signed_in(browser, ana.person)
    page.open(f"/e/may/{place}").follow("Report it")
    assert page.one("h1").get_text() == f"Report this {place.removesuffix('s')}"
    return page.press("Send it to the hosts", words=WORDS)


def as_host(make: Make, browser: Browsers, email: str = "olga@example.org") -> Browser:
    page: Browser = make.signed_in(browser(), make.row(Person, email=email))
    return page.open("/o/beers/conduct")


def test_what_somebody_wrote_is_reported_and_found_by_the_hosts(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp, htmx: bool
) -> None:
    wrote(make, bea)
    page = tell(make, browser(htmx=htmx), ana)
    assert page.open("/me").sees("about what somebody wrote")
    assert not page.sees("Bea Gil")
    olga = as_host(make, browser)
    assert olga.sees("About what somebody wrote")
    assert olga.sees(WORDS)
    assert olga.follow("See it among the impressions, where you can hide it").sees(WRITTEN)


def test_a_picture_is_reported_and_found_by_the_hosts(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp
) -> None:
    own = make.signed_in(browser(), bea.person).open("/e/may/pictures")
    own.press("Add it", alt="A flag", picture=(BytesIO(as_file(photo())), "p.jpg"))
    olga = as_host(make, browser).open("/o/e/may/pictures").press("Yes, show it")
    tell(make, browser(), ana, "pictures")
    assert olga.open("/o/beers/conduct").sees("About a picture")
    assert olga.follow("See it among the pictures, where you can hide it").one("[data-picture]")


def test_words_that_were_withdrawn_are_nowhere_in_the_report(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp
) -> None:
    wrote(make, bea)
    tell(make, browser(), ana)
    browser().open(f"/r/{bea.key}/impressions").press("Withdraw it")
    olga = as_host(make, browser)
    assert olga.sees("It has been withdrawn since.")
    assert not olga.sees(WRITTEN)


@pytest.mark.parametrize("hides", ["hosts", "block", "hidden"])
def test_what_a_guest_does_not_read_they_cannot_report(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, bea: Rsvp, hides: str
) -> None:
    written = wrote(make, bea, "hosts" if hides == "hosts" else "attendees")
    page = make.signed_in(browser(), ana.person)
    if hides == "block":
        with make.act():
            db.session.get_one(Rsvp, bea.id).listing = "attendees"
        page.open(f"/e/may/conduct/{bea.id}").press("Block Bea Gil")
    if hides == "hidden":
        as_host(make, browser).open("/o/e/may/impressions").press("Hide it")
    assert page.open(f"/e/may/conduct/impressions/{written}").response.status_code == 404
    assert not make.rows(ConductReport)


def test_a_host_who_wrote_it_does_not_read_the_report_and_the_page_does_not_tell(
    make: Make, browser: Browsers, beers: Community, event: Event, ana: Rsvp, bea: Rsvp
) -> None:
    wrote(make, bea)
    make.organiser(beers)
    page = make.signed_in(browser(), ana.person).open("/e/may/impressions")
    before = page.follow("Report it").text
    with make.act():
        row = {"community_id": beers.id, "person_id": bea.person_id, "since": clock.now()}
        db.session.add(Organiser(**row))
    assert page.open("/e/may/impressions").follow("Report it").text == before
    page.press("Send it to the hosts", words=WORDS)
    assert as_host(make, browser).sees(WORDS)
    assert not as_host(make, browser, bea.person.email).sees(WORDS)


def test_where_only_one_hosts_and_wrote_it_they_read_it_and_nobody_learns_that(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    olga = make.row(Person, email="olga@example.org")
    wrote(make, came(make, event, "Olga Organiser", person=olga))
    tell(make, browser(), ana)
    assert [row.about_id for row in make.rows(ConductReport)] == [None]
    assert as_host(make, browser).sees(WORDS)
