"""Every page at the width of a phone and of a laptop, by day and by night.

Nothing scrolls sideways, every target has room for a thumb, axe-core finds nothing, and the
console stays silent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.model import CheckIn, Event, Person, Rsvp
from tests.door.helpers import by_link
from tests.e2e.page_problems import MOVED, problems_at, violations
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TONIGHT, PAST, FULL = "noche-de-fracasos", "canas-y-balances", "vinos-y-datos"
SUPPER = "cena-en-la-azotea"  # which asks for approval


def a_guest(make: Make) -> Person:
    """Somebody who came to the event of yesterday."""
    with make.app.app_context():
        return db.session.scalars(
            select(Person)
            .join(Rsvp, Rsvp.person_id == Person.id)
            .join(CheckIn, CheckIn.rsvp_id == Rsvp.id)
            .join(Event, Event.id == Rsvp.event_id)
            .where(Event.slug == PAST)
            .order_by(Rsvp.id)
        ).first()


STRANGER = ["/", "/c/los-jueves", f"/e/{TONIGHT}", f"/e/{FULL}", f"/e/{PAST}", "/sign-in",
            f"/e/{SUPPER}",
            f"/e/{TONIGHT}/people", "/privacy", "/nothing-here", f"/e/{TONIGHT}/nothing-here",
            "/r/nobodys", "/dev/mail"]  # fmt: skip
GUEST = ["/me", "/me/card", "/contacts", f"/e/{PAST}/met", f"/e/{PAST}/people", "{own}",
         f"/e/{PAST}/met/network", "/me/delete"]  # fmt: skip
ORGANISER = ["/o/", "/o/los-jueves", "/o/los-jueves/events/new", "/o/los-jueves/settings",
             "/o/los-jueves/logo", "/o/los-jueves/organisers", "/o/los-jueves/organisers/picture",
             f"/o/e/{TONIGHT}", f"/o/e/{TONIGHT}/edit", f"/o/e/{TONIGHT}/arrivals",
             f"/e/{TONIGHT}", f"/o/e/{TONIGHT}/doors", f"/o/e/{TONIGHT}/guests",
             f"/o/e/{TONIGHT}/guests/import", f"/o/e/{TONIGHT}/guests/write?all=1",
             f"/o/e/{FULL}/questions", f"/o/e/{SUPPER}",
             f"/o/e/{SUPPER}/guests?status=pending", f"/o/e/{SUPPER}/approval/all",
             f"/o/e/{SUPPER}/approval/stop"]  # fmt: skip
HELPER = [f"/e/{TONIGHT}/door", f"/e/{TONIGHT}/door?q=a"]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("who", ["stranger", "guest", "organiser", "helper"])
def test_pages_are_fit_to_be_sent_to_friends(
    demo: Make, chromium: Callable[..., Any], who: str, language: str
) -> None:
    window = chromium(language=language)
    pages = {"stranger": STRANGER, "guest": GUEST, "organiser": ORGANISER, "helper": HELPER}[who]
    if who == "guest":
        person = a_guest(demo)
        sign_in(window, demo.sign_in_link(person))
        own = f"/r/{demo.rows(Rsvp, person_id=person.id)[0].key}"
        pages = [page.format(own=own) for page in pages]
    elif who == "organiser":
        sign_in(window, demo.sign_in_link(demo.row(Person, email="olga@example.org")))
    elif who == "helper":
        event, link = demo.row(Event, slug=TONIGHT), None
        link = demo.door_link(event)
        window.open(f"/door/{link.secret}")
        window.tab.locator("main form button").click()
        window.tab.wait_for_url("**/door")
    problems = [
        problem for page in pages for problem in problems_at(window, page, briefly=language == "en")
    ]
    assert not problems, "\n".join(problems)


def test_what_axe_core_would_complain_of_is_found(chromium: Callable[..., Any]) -> None:
    window = chromium().open("/sign-in")
    assert violations(window) == []
    window.tab.evaluate(
        "() => document.querySelector('main').append(document.createElement('img'))"
    )
    assert [found.partition(":")[0] for found in violations(window)] == ["image-alt"]
    window.close()


def test_nothing_moves_while_a_slow_phone_reads_a_page(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    window = chromium(language="en")
    sign_in(window, demo.sign_in_link(demo.row(Person, email="olga@example.org")))
    processor = window.context.new_cdp_session(window.tab)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 20})
    moved: dict[str, float] = {}
    for page in [f"/e/{TONIGHT}", "/o/", "/contacts", f"/e/{TONIGHT}", "/o/", "/contacts"]:
        window.open(page)
        moved[page] = moved.get(page, 0) + window.tab.evaluate(MOVED)
    assert moved == dict.fromkeys(moved, 0)


def sign_in(window: Any, link: str) -> None:
    window.open(link)
    window.tab.locator("main form button").click()
    window.tab.wait_for_url(lambda address: "/sign-in" not in address)


def test_a_door_searches_while_one_types(demo: Make, chromium: Callable[..., Any]) -> None:
    door = by_link(demo, chromium(), demo.row(Event, slug=TONIGHT))
    with door.tab.expect_response(lambda answer: "q=" in answer.url):
        door.tab.locator("#q").press_sequentially("nun", delay=20)
    door.tab.locator("#found [data-guest]").first.wait_for()
    assert door.tab.evaluate("() => document.activeElement.id") == "q"
