"""A guest takes part by a tick, sees their table on a page of their own, and leaves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask

from eventapp.conduct.actions import block
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Block, Event, Person, Rounds, RoundsTick, Rsvp, Status
from eventapp.rounds import actions
from eventapp.rounds.actions import forget_seats, forget_ticks
from eventapp.rsvp.actions import set_status
from tests.application import limits_for_a_while
from tests.browser import Browser
from tests.core.test_security import app_with
from tests.make import Make
from tests.met.evening import let_in
from tests.racing import overtaking
from tests.rounds.evening import announced, going_on, start, there, tick, untick

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    event = going_on(make)
    announced(make, event)
    return event


def page_of(make: Make, browser: Browsers, rsvp: Rsvp) -> Browser:
    signed_in: Browser = make.signed_in(browser(), rsvp.person)
    return signed_in.open(f"/e/{rsvp.event.slug}/rounds")


def names(page: Browser) -> list[str]:
    return [str(row["data-guest"]) for row in page.page.select("[data-guest]")]


def polled(page: Browser) -> int:
    """The status of the answer that the page gets when it asks whether anything changed."""
    address = str(page.one("#rounds")["hx-get"])
    return page.client.get(address, headers={"HX-Request": "true"}).status_code


@pytest.mark.parametrize("begins", ["own", "met", "met_by_key", "rounds"])
def test_one_tap_and_they_take_part(
    make: Make, browser: Browsers, event: Event, begins: str, htmx: bool
) -> None:
    ana = make.rsvp(event, "Ana Ruiz")
    let_in(make, ana)
    place = f"/e/{event.slug}"
    starts = {"own": f"/r/{ana.key}", "met": f"{place}/met", "met_by_key": f"/r/{ana.key}/met"}
    page = make.signed_in(browser(htmx=htmx), ana.person)
    page.open(starts.get(begins, f"{place}/rounds"))
    assert page.sees("the others see your name"), "it says so beside the tick"
    page.press("Take part")
    assert make.row(RoundsTick).rsvp_id == ana.id
    assert page.page.select("nav a[href='/me']"), "and are signed in as before"
    assert page.sees("Your table shows here")
    page.press("I'm leaving the rounds")
    assert not make.rows(RoundsTick)
    assert page.sees("Take part")


def test_nobody_is_asked_where_hosts_announced_none(make: Make, browser: Browsers) -> None:
    ana = make.rsvp(going_on(make), "Ana Ruiz")
    page = make.signed_in(browser(), ana.person)
    for path in (f"/r/{ana.key}", f"/e/{ana.event.slug}/met"):
        assert not page.open(path).page.select("#rounds-here")
    assert page.open(f"/e/{ana.event.slug}/rounds").status == 404
    assert page.open(f"/r/{ana.key}/rounds").status == 404


def test_once_over_nobody_can_take_part(make: Make, browser: Browsers, event: Event) -> None:
    ana, *_ = there(make, event, "Ana", "Bea")
    start(make, event)
    page = page_of(make, browser, make.rsvp(event, "Cleo"))
    with make.act():
        actions.end_rounds(db.session.query(Rounds).one(), at=clock.now())
    page.press("Take part")
    assert page.status == 409
    assert len(make.rows(RoundsTick)) == 2
    assert page_of(make, browser, ana).sees("The rounds are over")


def test_who_ticks_as_hosts_switch_rounds_off_is_told(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana = make.rsvp(event, "Ana")
    page = browser().open(f"/r/{ana.key}/rounds")
    token = {"csrf_token": page.one("main [name=csrf_token]")["value"]}
    send = partial(page.client.post, f"/r/{ana.key}/rounds/take-part", data=token)
    with overtaking(make, send, once_read=r"FROM rounds") as answer:
        actions.end_rounds(db.session.query(Rounds).one(), at=clock.now())
    assert answer().status_code == 409
    assert not make.rows(RoundsTick)


def test_before_they_are_in_it_says_so(make: Make, browser: Browsers, event: Event) -> None:
    ana = make.rsvp(event, "Ana")
    tick(make, ana)
    there(make, event, "Bea", "Cleo")
    start(make, event)
    assert page_of(make, browser, ana).sees("once you're checked in")
    let_in(make, ana)
    page = page_of(make, browser, ana)
    assert page.sees("from the next round on")
    start(make, event)
    assert names(page_of(make, browser, ana)) == ["Bea", "Cleo"]


def test_table_names_reason_and_time_left(make: Make, browser: Browsers, event: Event) -> None:
    ana = make.rsvp(event, "Ana", want_to_learn="Sourdough", listing="nobody")
    bea = make.rsvp(event, "Bea", ask_me_about="sourdough bread", listing="nobody")
    tick(make, ana, bea)
    let_in(make, ana, bea)
    start(make, event)
    page = page_of(make, browser, ana)
    assert page.sees("Table 1")
    assert page.sees("Round 1 of 3")
    assert names(page) == ["Bea"], "by the tick, whatever the listing says"
    assert page.sees("Can be asked about what you want to learn: sourdough bread")
    until = page.one("[data-until]")
    assert re.match(r"10:00|9:5\d", page.one("[data-left]").text)
    assert re.search(r"until \d\d:\d\d", until.text)
    assert page.one("#rounds").has_attr("data-server-time")
    assert page.open(f"/r/{ana.key}/rounds").sees("Bea"), "from a mail as well"
    assert names(page_of(make, browser, bea)) == ["Ana"]
    assert not page.sees("ask what brought them here")


def test_without_a_topic_in_common_there_is_something_to_ask(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, *_ = there(make, event, "Ana", "Bea")
    start(make, event)
    assert page_of(make, browser, ana).sees("ask what brought them here")


def test_without_a_topic_in_common_they_see_a_line_of_each(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana = make.rsvp(event, "Ana", ask_me_about="bees")
    bea = make.rsvp(event, "Bea", want_to_learn="the cello", looking_for="a flat")
    tick(make, ana, bea)
    let_in(make, ana, bea)
    start(make, event)
    page = page_of(make, browser, ana)
    line = page.one("[data-guest=Bea] [data-line]").text
    assert " ".join(line.split()) == "Wants to learn the cello"
    assert not page.sees("ask what brought them here")
    with make.act():
        db.session.get_one(Rsvp, bea.id).want_to_learn = "bees"
    page = page_of(make, browser, ana)
    assert page.sees("Wants to learn what you can be asked about: bees")
    assert not page.page.select("[data-line]"), "the reason is enough"


def test_a_guest_with_only_the_key_finds_back_to_the_ticket(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana = make.rsvp(event, "Ana")
    page = browser().open(f"/r/{ana.key}/rounds").follow("My ticket")
    assert page.url.endswith(f"/r/{ana.key}")


@pytest.mark.parametrize("companions", [0, 2])
def test_who_comes_with_others_is_told_that_the_table_is_for_one(
    make: Make, browser: Browsers, event: Event, companions: int
) -> None:
    ana = make.rsvp(event, "Ana", companions=companions)
    for place in (f"/r/{ana.key}", f"/r/{ana.key}/rounds"):
        page = browser().open(place)
        assert page.sees("The table is for you alone") == bool(companions)


def test_those_at_other_tables_are_not_shown(make: Make, browser: Browsers) -> None:
    event = going_on(make)
    announced(make, event, actions.Settings(10, 2, 1, 0))
    rsvps = there(make, event, "Ana", "Bea", "Cleo", "Dan", listing="nobody")
    start(make, event)
    shown = {rsvp.name: names(page_of(make, browser, rsvp)) for rsvp in rsvps}
    assert all(len(mates) == 1 for mates in shown.values())
    assert all(shown[mates[0]] == [name] for name, mates in shown.items())


def test_who_leaves_is_gone_from_the_table_at_once(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, bea, cleo = there(make, event, "Ana", "Bea", "Cleo")
    start(make, event)
    page = page_of(make, browser, ana)
    assert polled(page) == 204
    page_of(make, browser, bea).press("I'm leaving the rounds")
    assert polled(page) == 200
    assert names(page_of(make, browser, ana)) == ["Cleo"]
    assert not names(page_of(make, browser, bea)), "who left sees nobody there either"
    assert names(page_of(make, browser, cleo)) == ["Ana"]
    with make.act():
        actions.take_part(db.session.get_one(Rsvp, bea.id), at=clock.now())
    assert names(page_of(make, browser, ana)) == ["Bea", "Cleo"], "until they come back"


def test_a_block_hides_two_from_each_other_at_their_table_at_once(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    ana, bea, cleo = there(make, event, "Ana", "Bea", "Cleo", listing="nobody")
    start(make, event)
    page = make.signed_in(browser(htmx=htmx), ana.person).open(f"/e/{event.slug}/rounds")
    page.follow("Block or report").press("Block Bea")
    assert names(page_of(make, browser, ana)) == ["Cleo"]
    assert names(page_of(make, browser, bea)) == ["Cleo"]
    assert names(page_of(make, browser, cleo)) == ["Ana", "Bea"]


def test_nobody_blocks_by_guessing_whom_they_sat_with(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, bea = there(make, event, "Ana", "Bea", listing="nobody")
    other = make.rsvp(event, "Noel", listing="nobody")
    start(make, event)
    page = make.signed_in(browser(), ana.person)
    place = f"/e/{event.slug}/conduct"
    assert page.open(f"{place}/{bea.id}").status == 200
    assert page.open(f"{place}/{other.id}").status == 404


@pytest.mark.parametrize("leaves", ["takes no part any more", "gives the place back", "goes first"])
def test_who_left_the_table_can_still_be_reported(
    make: Make, browser: Browsers, event: Event, leaves: str
) -> None:
    ana, bea = there(make, event, "Ana", "Bea", listing="nobody")
    start(make, event)
    page = page_of(make, browser, ana)
    way = str(page.one("details.apart a")["href"])
    untick(make, ana if leaves == "goes first" else bea)
    if leaves == "gives the place back":
        with make.act():
            set_status(db.session.get_one(Rsvp, bea.id), Status.CANCELLED)
    page.follow("Block or report")
    assert page.status == 200
    with time_machine.travel(event.ends_at + timedelta(days=3)):
        make.due(forget_seats, forget_ticks)
        assert make.signed_in(browser(), ana.person).open(way).press("Block Bea").status == 200
    assert make.row(Block).blocked_id == bea.person_id


def test_who_blocked_somebody_can_still_be_reported_by_them(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, bea = there(make, event, "Ana", "Bea", listing="nobody")
    start(make, event)
    page = page_of(make, browser, ana)
    with make.act():
        block(
            db.session.get_one(Person, bea.person_id),
            db.session.get_one(Rsvp, ana.id),
            at=clock.now(),
        )
    assert page.follow("Block or report").status == 200, "or the answer would tell of the block"


def test_the_page_follows_from_round_to_pause_to_the_end(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, *_ = there(make, event, "Ana", "Bea", "Cleo")
    page = page_of(make, browser, ana)
    assert page.one("#rounds")["data-phase"] == "announced"
    for number in (1, 2, 3):
        start(make, event)
        page = page_of(make, browser, ana)
        assert (page.one("#rounds")["data-phase"], page.one("#rounds")["data-round"]) == (
            "running",
            str(number),
        )
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        page = page_of(make, browser, ana)
        assert page.one("#rounds")["data-phase"] == "over"
        assert page.sees("People I met")
        page.press("I'm leaving the rounds")
        assert not make.rows(RoundsTick, rsvp_id=ana.id), "hosts may add one more"


def test_stopped_half_way_it_shows_no_table_and_waits(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, bea, cleo = there(make, event, "Ana", "Bea", "Cleo", listing="everyone")
    start(make, event)
    page = page_of(make, browser, ana)
    wall = browser().open(f"/rounds/{make.row(Rounds).wall}")
    with make.act():
        actions.stop_round(db.session.query(Rounds).one(), 1, at=clock.now())
    assert polled(page) == 200
    for shown in (page_of(make, browser, ana), wall.open(wall.url)):
        assert shown.one("#rounds")["data-phase"] == "pause"
        assert shown.sees("once the hosts say so")
        assert not names(shown)
        assert "Bea" not in shown.text
        assert not shown.page.select("[data-until]"), "no time is left"
    untick(make, cleo)
    start(make, event)
    assert names(page_of(make, browser, ana)) == ["Bea"]
    assert names(page_of(make, browser, bea)) == ["Ana"]


def test_between_two_it_says_when_the_next_begins(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, *_ = there(make, event, "Ana", "Bea")
    start(make, event)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        page = page_of(make, browser, ana)
        assert page.one("#rounds")["data-phase"] == "pause"
        assert re.search(r"The next round begins at \d\d:\d\d\.", page.text)
        assert not names(page)


def test_it_goes_on_without_scripts(make: Make, browser: Browsers, event: Event) -> None:
    ana, *_ = there(make, event, "Ana", "Bea")
    page = page_of(make, browser, ana)
    assert "Refresh" not in page.response.headers, "scripts do without"
    page.follow("Keep this page up to date")
    assert page.response.headers["Refresh"] == "20"
    page.press("I'm leaving the rounds").press("Take part")
    assert page.response.headers["Refresh"] == "20", "and after each button"


def test_who_has_no_place_takes_no_part(make: Make, browser: Browsers, event: Event) -> None:
    wil = make.rsvp(event, "Wil", status="waitlisted", waitlisted_at=clock.now())
    page = make.signed_in(browser(), wil.person)
    assert page.open(f"/e/{event.slug}/rounds").status == 403
    assert not page.open(f"/r/{wil.key}").page.select("#rounds-here")


def test_blocked_before_they_sit_apart_or_not_at_all(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, bea, *_ = there(make, event, "Ana", "Bea", "Cleo", "Dan")
    with make.act():
        person = db.session.get_one(Person, ana.person_id)
        block(person, db.session.get_one(Rsvp, bea.id), at=clock.now())
    start(make, event)
    assert names(page_of(make, browser, ana))
    assert "Bea" not in page_of(make, browser, ana).text
    assert "Ana" not in names(page_of(make, browser, bea))


def test_where_hosts_take_them_back_its_page_goes_to_the_event(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana, *_ = there(make, event, "Ana", "Bea")
    page = page_of(make, browser, ana)
    poll = str(page.one("#rounds")["hx-get"])
    with make.act():
        actions.end_rounds(db.session.query(Rounds).one(), at=clock.now())
    assert not make.rows(RoundsTick)
    answer = page.client.get(poll, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"/e/{event.slug}"


def test_a_whole_venue_asks_for_news_but_one_phone_only_so_often(
    app: Flask, make: Make, event: Event
) -> None:
    ana, bea = there(make, event, "Ana", "Bea")
    with limits_for_a_while():
        limits = {"RATELIMIT_ENABLED": True, "RATELIMIT_DEFAULT": "3 per minute"}
        client = app_with(app, **limits).test_client()

        def asked(rsvp: Rsvp, times: int) -> list[int]:
            address = f"/r/{rsvp.key}/rounds/now"
            return [client.get(address).status_code for _ in range(times)]

        assert asked(ana, 30) == [200] * 30
        assert asked(ana, 1) == [429]
        assert asked(bea, 5) == [200] * 5
