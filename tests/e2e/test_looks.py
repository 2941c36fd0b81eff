"""Every page at the width of a phone and of a laptop, by day and by night.

Nothing scrolls sideways, every target has room for a thumb, axe-core finds nothing, and the
console stays silent.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.model import CheckIn, Event, Person, Rsvp
from tests.door.helpers import at_door
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
TONIGHT, PAST, FULL = "noche-de-fracasos", "canas-y-balances", "vinos-y-datos"

# The smaller side of what is tapped, in CSS pixels. Links within a sentence are exempt,
# as in WCAG 2.2, 2.5.8.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "button, summary, .button, .choice, .tabs a, .top a, select, textarea, "
    + "input:not([type=hidden], [type=radio], [type=checkbox])")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height > 0)
  .filter((e) => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 43.5)
  .map((e) => e.outerHTML.slice(0, 120))"""


HIDDEN_YET_SEEN = """() => [...document.querySelectorAll("[hidden]")]
  .filter((e) => e.checkVisibility())
  .map((e) => e.outerHTML.slice(0, 120))"""


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
            f"/e/{TONIGHT}/people", "/privacy", "/nothing-here", "/dev/mail"]  # fmt: skip
GUEST = ["/me", "/me/card", "/contacts", f"/e/{PAST}/met", f"/e/{PAST}/people", "{own}",
         "/me/delete"]  # fmt: skip
ORGANISER = ["/o/", "/o/los-jueves", "/o/los-jueves/events/new", "/o/los-jueves/settings",
             f"/o/e/{TONIGHT}", f"/o/e/{TONIGHT}/doors", f"/o/e/{TONIGHT}/guests",
             f"/o/e/{TONIGHT}/guests/import"]  # fmt: skip
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
    problems = [problem for page in pages for problem in look_at(window, page)]
    window.close()
    assert not problems, "\n".join(problems)


def sign_in(window: Any, link: str) -> None:
    window.open(link)
    window.tab.locator("main form button").click()
    window.tab.wait_for_url("**/me")


def look_at(window: Any, page: str) -> list[str]:
    problems = []
    for width in (390, 1280):
        window.tab.set_viewport_size({"width": width, "height": 844})
        window.open(page)
        for scheme in ("light", "dark"):
            window.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            seen = [f"small: {target}" for target in window.tab.evaluate(SMALL_TARGETS)]
            seen += [f"not hidden: {one}" for one in window.tab.evaluate(HIDDEN_YET_SEEN)]
            if window.has_sideways_scroll():
                seen.append("scrolls sideways")
            if width == 390 or scheme == "dark":
                seen += violations(window)
            problems += [f"{page} at {width}, {scheme}: {problem}" for problem in seen]
    return problems


def violations(window: Any) -> list[str]:
    if not window.tab.evaluate("() => 'axe' in window"):
        window.tab.evaluate(AXE)
    found = window.tab.evaluate(
        "() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
    )
    return [
        f"{one['id']}: {node['html'][:140]} ({node['any'][0]['message'] if node['any'] else ''})"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def test_a_door_searches_while_one_types(demo: Make, chromium: Callable[..., Any]) -> None:
    door = at_door(demo, chromium(), demo.row(Event, slug=TONIGHT))
    with door.tab.expect_response(lambda answer: "q=" in answer.url):
        door.tab.locator("#q").press_sequentially("nun", delay=20)
    door.tab.locator("#found [data-guest]").first.wait_for()
    assert door.tab.evaluate("() => document.activeElement.id") == "q"
    door.close()
