"""/me: at which events I offered to greet, and whom I asked to meet; introductions I made and got.
All of it in the file, and gone with me.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.conduct.actions import block_person
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import refuse
from eventapp.introductions.queries import passed_with
from eventapp.me.actions import delete_person
from eventapp.model import LAPSES_AFTER, Person, Rsvp
from tests.browser import Browser
from tests.greeting.evening import AGREED, change, plan, regular
from tests.html import words_of
from tests.introductions.three import Three, accepts, declines, introduced, passed_on, three
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def they(make: Make) -> Three:
    return three(make)


def me(make: Make, browser: Browsers, rsvp: Rsvp) -> Browser:
    return make.signed_in(browser(), rsvp.person).open("/me")


def said(page: Browser, hook: str) -> list[str]:
    return [words_of(row) for row in page.page.select(f"[{hook}]")]


def test_who_offered_to_greet_sees_where_and_takes_it_back_there(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = make.event(title="Beers", starts_at=clock.now() + timedelta(hours=1))
    olga = regular(make, event, "Olga Vidal", hosts_since=clock.now())
    make.rsvp(event, "Ana Ruiz", **AGREED, wants_a_host=True)
    plan(make)
    page = make.signed_in(browser(htmx=htmx), olga.person).open("/me")
    (row,) = said(page, "data-wish")
    assert "You offered to greet newcomers. You greet: Ana Ruiz." in row
    page.open(str(page.one("#to-meet a.button")["href"])).press(
        "Keep this choice", hosts="", may_be_suggested=""
    )
    assert make.row(Rsvp, id=olga.id).hosts_since is None
    assert not page.open("/me").page.select("#to-meet")


def test_who_asked_to_meet_somebody_sees_whom(make: Make, browser: Browsers) -> None:
    event = make.event(title="Beers", starts_at=clock.now() + timedelta(hours=1))
    ana = make.rsvp(event, "Ana Ruiz", **AGREED, wants_a_host=True, want_to_learn="pricing")
    regular(make, event, "Olga Vidal", hosts_since=clock.now())
    bea = regular(make, event, "Bea Gil", ask_me_about="pricing")
    plan(make)
    page = me(make, browser, ana)
    (row,) = said(page, "data-wish")
    assert "You asked for a host to greet you. It's Olga Vidal." in row
    assert "You may be suggested to others, and they to you. You might look for: " in row
    assert "Bea Gil" in row
    change(make, bea, may_be_suggested=False)
    assert "Bea Gil" not in said(page.open("/me"), "data-wish")[0]


def test_what_was_offered_at_events_that_are_over_stays_on_the_page(
    make: Make, browser: Browsers
) -> None:
    person = make.person()
    for title, days in (("Long ago", -90), ("Last week", -7), ("In May", 30), ("Soon", 7)):
        event = make.event(title=title, starts_at=clock.now() + timedelta(days=days))
        make.rsvp(event, person=person, hosts_since=clock.now())
    make.rsvp(make.event(), person=person)
    page = make.signed_in(browser(), person).open("/me")
    titles = [link.get_text() for link in page.page.select("#to-meet h3 a")]
    assert titles == ["Soon", "In May", "Last week", "Long ago"]
    assert len(page.page.select("#to-meet details h3")) == 2
    assert len(page.page.select("#to-meet a.button")) == 2, "the past is not changed any more"


def test_introductions_made_and_got_lead_to_where_they_are_changed(
    make: Make, browser: Browsers, they: Three
) -> None:
    made = introduced(make, they.ana.person, they.bea, they.carla)
    passed_on(make, they.ana, they.bea)
    ana, bea = me(make, browser, they.ana), me(make, browser, they.bea)
    (row,) = said(ana, "data-made")
    assert row.startswith("Bea Gil and Carla Sanz Asked on ")
    assert said(ana, "data-passed-on")[0].startswith("Bea Gil, to Zoe Asked on ")
    (row,) = said(bea, "data-got")
    assert row.startswith("Ana Ruiz, to Carla Sanz You can answer until ")
    assert "pass your contact on to Zoe You can answer until " in said(bea, "data-passed-of")[0]
    accepts(make, made, they.bea)
    assert "You said yes." in said(bea.open("/me"), "data-got")[0]
    declines(make, made, they.bea)
    assert "You said no." in said(bea.open("/me"), "data-got")[0]
    accepts(make, made, they.bea, they.carla)
    for page, hook in ((ana, "data-made"), (bea, "data-got")):
        assert "Both said yes on " in said(page.open("/me"), hook)[0]
        assert page.follow("See all, change or withdraw them").url == "/introductions"
    assert not me(make, browser, they.carla).page.select("[data-made], [data-passed-on]")


def test_the_page_of_who_asks_tells_no_no_from_silence(
    make: Make, browser: Browsers, they: Three
) -> None:
    made = introduced(make, they.ana.person, they.bea, they.carla)
    row = passed_on(make, they.ana, they.bea)
    page = me(make, browser, they.ana)
    before = said(page, "data-made"), said(page, "data-passed-on")
    declines(make, made, they.bea)
    with make.act():
        refuse(passed_with(row.key), at=clock.now())
    page.open("/me")
    assert (said(page, "data-made"), said(page, "data-passed-on")) == before
    assert "You said no." in said(me(make, browser, they.bea), "data-passed-of")[0]
    with time_machine.travel(clock.now() + LAPSES_AFTER + timedelta(days=1)):
        assert "Nothing came of it." in said(me(make, browser, they.ana), "data-made")[0]


def test_nobody_who_is_apart_is_on_it(make: Make, browser: Browsers, they: Three) -> None:
    introduced(make, they.ana.person, they.bea, they.carla)
    passed_on(make, they.ana, they.bea)
    with make.act():
        bea = db.session.get_one(Person, they.bea.person_id)
        block_person(bea, they.ana.person_id or 0, name="Ana Ruiz", at=clock.now())
    hooks = "[data-made], [data-passed-on], [data-got], [data-passed-of]"
    for rsvp in (they.ana, they.bea):
        assert not me(make, browser, rsvp).page.select(hooks)
    assert me(make, browser, they.bea).page.select("#blocks [data-block]")


def test_all_of_it_is_in_the_file_and_goes_with_the_person(
    make: Make, browser: Browsers, they: Three
) -> None:
    change(make, they.bea, hosts_since=clock.now(), wants_a_host=True, may_be_suggested=True)
    introduced(make, they.bea.person, they.ana, they.carla)
    introduced(make, they.ana.person, they.bea, they.carla)
    passed_on(make, they.ana, they.bea)
    passed_on(make, they.bea, they.ana)
    rude = make.person()
    with make.act():
        bea = db.session.get_one(Person, they.bea.person_id)
        block_person(bea, rude.id, name="Somebody Else", at=clock.now())
    file = json.loads(me(make, browser, they.bea).client.get("/me/export").text)
    (rsvp,) = file["rsvps"]
    assert rsvp["hosts_since"]
    assert rsvp["wants_a_host"] is rsvp["may_be_suggested"] is True
    for kind in ("introductions_you_made", "introductions_you_got", "people_you_blocked"):
        assert len(file[kind]) == 1, kind
    assert [len(file["contacts_passed_on"][way]) for way in ("by_you", "of_you")] == [1, 1]
    with make.act():
        delete_person(db.session.get_one(Person, they.bea.person_id), at=clock.now())
    row = make.row(Rsvp, id=they.bea.id)
    assert (row.hosts_since, row.wants_a_host, row.may_be_suggested) == (None, False, False)
    hooks = "[data-made], [data-passed-on], [data-got], [data-passed-of]"
    for other in (they.ana, they.carla):
        assert not me(make, browser, other).page.select(hooks)
