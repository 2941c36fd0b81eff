"""The pages of what comes after an event, at the width of a phone and of a laptop, by day and by
night: introductions, contacts that are passed on, impressions, pictures, and the recap.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from eventapp.attendees.queries import viewer_of
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.picture_files import files_in
from eventapp.impressions.actions import (
    add_picture,
    change_recap,
    choose_quote,
    publish_recap,
    recap_for,
)
from eventapp.introductions.actions import agree
from eventapp.introductions.queries import passed_of
from eventapp.model import COVER_WIDTHS, JPEG_WIDTH, Community, Event, Impression, Person, Rsvp
from tests.contacts.evening import card, met
from tests.e2e.page_problems import problems_at
from tests.impressions.evening import came, wrote
from tests.introductions.three import accepts, introduced, passed_on
from tests.make import Make
from tests.met.evening import last_night
from tests.pictures import as_file, photo

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "Maximiliana Etxeberria-Fernández de la Torre"
NARROW = 0.6  # of its row: words beside a button that leaves them less are to stand above it


@pytest.fixture
def community(demo: Make) -> Community:
    return demo.community()


@pytest.fixture
def event(demo: Make, community: Community) -> Event:
    return last_night(demo, community=community, slug=f"after-{uuid4().hex[:8]}")


@pytest.fixture
def ana(demo: Make, event: Event) -> Rsvp:
    """She met three, was introduced and introduces, passes contacts on, and writes."""
    ana, bea, max_, dan = (came(demo, event, name) for name in ("Ana Ruiz", "Bea", LONG, "Dan"))
    for other in (bea, max_, dan):
        card(demo, other.person)
        met(demo, ana, other)
    introduced(demo, ana.person, bea, max_)
    accepts(demo, introduced(demo, bea.person, ana, dan), ana, dan)
    introduced(demo, dan.person, ana, bea)
    for whom in (bea, max_):
        passed_on(demo, ana, whom, fields=["email", "role"])
    with demo.act():
        for passed in passed_of(db.session.get_one(Person, bea.person_id)):
            agree(passed, ("email", "role"), at=clock.now())
    wrote(demo, ana, audience="everyone")
    return ana


@pytest.fixture
def olga(demo: Make, community: Community, event: Event, ana: Rsvp) -> Person:
    """An organiser, who has published a recap with a quote and a picture."""
    olga, at = demo.organiser(community), clock.now()
    with demo.act():
        there = db.session.get_one(Event, event.id)
        choose_quote(db.session.query(Impression).filter_by(event_id=event.id).one(), at=at)
        change_recap(recap_for(there), words="It was loud, and good.", shows_numbers=True)
        publish_recap(recap_for(there), at=at)
        files = files_in(as_file(photo()), COVER_WIDTHS, JPEG_WIDTH)
        viewer = viewer_of(there, db.session.get_one(Person, olga.id))
        add_picture(there, viewer, files, alt="A long table in a cellar", at=at)
    return olga


@pytest.mark.parametrize("language", ["es", "en"])
def test_each_page_is_fit_to_be_shown(
    demo: Make,
    chromium: Callable[..., Any],
    event: Event,
    ana: Rsvp,
    olga: Person,
    language: str,
) -> None:
    place, organised, window = f"/e/{event.slug}", f"/o/e/{event.slug}", chromium(language=language)
    guest = demo.signed_in(chromium(language=language), ana.person)
    host = demo.signed_in(chromium(language=language), olga)
    pages = {
        window: [f"{place}/recap", f"{place}/pictures"],
        guest: ["/introductions", f"{place}/impressions", f"/r/{ana.key}/people-to-meet"],
        host: [f"{organised}/{page}" for page in ("recap", "impressions", "pictures", "report")],
    }
    problems = [
        problem
        for browser, paths in pages.items()
        for path in paths
        for problem in problems_at(browser, path, briefly=True)
    ]
    assert not problems, "\n".join(problems)
    for browser in pages:
        browser.close()


def test_words_beside_a_button_have_room_on_a_phone(
    demo: Make, chromium: Callable[..., Any], ana: Rsvp
) -> None:
    page = demo.signed_in(chromium(language="es"), ana.person).open("/introductions")
    shares = page.tab.evaluate(
        """() => [...document.querySelectorAll("main .row > :first-child")].map((words) =>
          [words.textContent.trim(), words.clientWidth / words.parentElement.clientWidth])"""
    )
    assert len(shares) >= 5
    assert not [words for words, share in shares if share < NARROW]
    page.close()
