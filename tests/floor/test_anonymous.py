"""Nobody sees by whom an anonymous question is, hosts neither, whatever becomes of its asker."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.conduct.actions import block
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.floor.actions import forget_askers
from eventapp.guests.merge import merge_guests, two_of
from eventapp.mails.actions import move_address
from eventapp.me.actions import delete_person
from eventapp.model import Community, Event, FloorQuestion, Organiser, Person, Rsvp
from eventapp.rsvp.actions import cancel, erase_all
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, going_on, guest, opened
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def host(make: Make, community: Community) -> Person:
    return make.organiser(community)


def pages_of(make: Make, browser: Browsers, event: Event, *viewers: Person) -> list[str]:
    """All that these see, and whoever looks at the wall: but what differs with each request."""
    wall = opened(make, event).wall
    seen = [browser().open(f"/floor/{wall}").response.text]
    for viewer in viewers:
        page = make.signed_in(browser(), viewer)
        seen.append(page.open(f"/e/{event.slug}/questions").response.text)
        if make.rows(Organiser, person_id=viewer.id):
            seen.append(page.open(f"/o/e/{event.slug}/floor").response.text)
            seen.append(page.open(f"/o/e/{event.slug}").response.text)
    return [re.sub(r'"[\w.-]{20,}"|nonce-[\w-]+|rev=\w+', "", text) for text in seen]


def test_others_and_hosts_see_the_same_whoever_asked(
    make: Make, browser: Browsers, community: Community, host: Person
) -> None:
    """Two evenings that differ in nothing but who of two guests asked."""
    event = going_on(make, community=community)
    opened(make, event)
    guests = [guest(make, event, name, listing="everyone") for name in ("Ana", "Bea")]
    make.rsvp(event, "Olga", person=host, listing="everyone")
    eva = guest(make, event, "Eva")
    one = ask(make, guests[0], anonymous=True)
    before = pages_of(make, browser, event, host, eva.person)
    with make.act():
        db.session.get_one(FloorQuestion, one).rsvp_id = guests[1].id
    assert pages_of(make, browser, event, host, eva.person) == before
    assert all(WORDS in text for text in (before[0], before[1], before[2]))
    assert "Ana" not in "".join((before[0], before[2])), "no name on the wall, none for hosts"


ENDINGS = (
    "cancels",
    "is deleted",
    "moves",
    "is merged",
    "is taken back",
    "is blocked by the host",
    "blocks it",
)


@pytest.mark.parametrize("what", ENDINGS)
def test_it_stays_as_it_is_whatever_its_asker_does(
    make: Make, browser: Browsers, community: Community, host: Person, what: str
) -> None:
    """Hosts would know by what goes with somebody."""
    event = going_on(make, community=community)
    opened(make, event)
    host_rsvp = make.rsvp(event, "Olga", person=host)
    ana, eva = guest(make, event, "Ana"), guest(make, event, "Eva")
    ask(make, ana, anonymous=True)
    floor = f"/o/e/{event.slug}/floor"
    page = make.signed_in(browser(), host)
    before = page.open(floor).one("#floor [data-question]").get_text()
    with make.act():
        there, at = db.session.get_one(Rsvp, ana.id), clock.now()
        other = db.session.get_one(Rsvp, eva.id)
        if what == "cancels":
            cancel(there, at=at)
        elif what == "is deleted":
            delete_person(there.person, at=at)
        elif what == "moves":
            move_address(there, "other@example.org", at=at)
        elif what == "is merged":
            merge_guests(two_of(other, there), seen="", at=at)
        elif what == "is taken back":
            erase_all(there.event, [there])
        elif what == "blocks it":
            block(there.person, db.session.get_one(Rsvp, host_rsvp.id), at=at)
        else:
            block(db.session.get_one(Person, host.id), there, at=at)
    assert page.open(floor).one("#floor [data-question]").get_text() == before


@pytest.mark.parametrize("what", ["is deleted", "moves", "is merged", "is taken back"])
def test_nothing_says_by_whom_it_was_once_they_are_gone(make: Make, what: str) -> None:
    event = going_on(make)
    opened(make, event)
    eva, ana = guest(make, event, "Eva"), guest(make, event, "Ana")
    ask(make, ana, anonymous=True)
    named = ask(make, ana, "By name?")
    with make.act():
        there, at = db.session.get_one(Rsvp, ana.id), clock.now()
        if what == "is deleted":
            delete_person(there.person, at=at)
        elif what == "moves":
            move_address(there, "other@example.org", at=at)
        elif what == "is taken back":
            erase_all(there.event, [there])
        else:
            merge_guests(two_of(db.session.get_one(Rsvp, eva.id), there), seen="", at=at)
    rows = {row.words: row for row in make.rows(FloorQuestion)}
    assert rows[WORDS].rsvp_id is None
    if what == "is merged":
        own = make.row(Rsvp, person_id=ana.person_id)
        assert rows["By name?"].rsvp_id == own.id != eva.id, "what an account said stays with it"
    else:
        assert named not in [row.id for row in rows.values()]


def test_the_day_after_nothing_says_by_whom_it_was(make: Make) -> None:
    event = going_on(make)
    opened(make, event)
    ana = guest(make, event, "Ana")
    ask(make, ana, anonymous=True)
    ask(make, ana, "By name?")
    with time_machine.travel(event.ends_at + timedelta(hours=35)):
        assert not make.due(forget_askers)
    with time_machine.travel(event.ends_at + timedelta(hours=37)):
        assert make.due(forget_askers) == 1
        assert not make.due(forget_askers)
    askers = {row.words: row.rsvp_id for row in make.rows(FloorQuestion)}
    assert askers == {WORDS: None, "By name?": ana.id}
