"""A door link's hours, and its sheet of paper."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine

from eventapp.core.db import db
from eventapp.model import Community, DoorLink, DoorPass, Event
from tests.door.helpers import at_door, post
from tests.events.organising import organiser_of
from tests.html import words_of
from tests.make import utc

STARTS = utc(2026, 12, 1, 18)  # 19:00 in Madrid, until 22:00


@pytest.fixture
def event(make):
    return make.event(starts_at=STARTS)


@pytest.fixture
def olga(make, browser):
    """Signs in as an organiser of an event, at the hour it is then."""
    return partial(organiser_of, make, browser)


def hours_from_start(hours: float) -> datetime:
    return STARTS + timedelta(hours=hours)


def open_link(browser, link):
    return browser.open(f"/door/{link.secret}")


# Hours


@pytest.mark.parametrize(
    ("hours", "words"),
    [(-2.01, "good from 1 Dec 2026, 17:00"), (4, "good until 1 Dec 2026, 23:00")],
    ids=["early", "late"],
)
def test_a_link_outside_its_hours_says_so(make, browser, event, hours, words):
    link = make.door_link(event, opens_hours_before=2, closes_hours_after=1)
    with time_machine.travel(hours_from_start(hours), tick=False):
        phone = open_link(browser(), link)
        assert phone.status == 403
        assert phone.sees(words)
        answer = post(phone.open("/sign-in"), f"/door/{link.secret}")
        assert (answer.status_code, answer.json) == (401, {"error": "door"})
        assert not make.rows(DoorPass)


@pytest.mark.parametrize("hours", [-2, 0, 3.99])
def test_a_link_within_its_hours_opens(make, browser, event, hours):
    link = make.door_link(event, opens_hours_before=2, closes_hours_after=1)
    with time_machine.travel(hours_from_start(hours), tick=False):
        assert open_link(browser(), link).press("Open the door").status == 200


ACTS = ["scan", "{rsvp}/check-in", "{rsvp}/undo", "walk-in"]
PAGES = ["", "?q=ana", "/headcount"]


def test_a_phone_is_out_when_the_hours_of_its_link_are_over(make, browser, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    link = make.door_link(event, opens_hours_before=2, closes_hours_after=1)
    with time_machine.travel(hours_from_start(3), tick=False):
        phone = open_link(browser(), link).press("Open the door")
    with time_machine.travel(hours_from_start(4), tick=False):
        for act in ACTS:
            path = f"/e/{event.slug}/door/{act.format(rsvp=rsvp.id)}"
            answer = post(phone, path, code=rsvp.ticket, name="X")
            assert (answer.status_code, answer.json) == (401, {"error": "door"}), act
        for page in PAGES:
            phone.open(f"/e/{event.slug}/door{page}")
            assert phone.status == 403, page
            assert phone.sees("was good until 1 Dec 2026, 23:00")
            assert not phone.sees("Ana"), page
        phone.open(f"/t/{rsvp.ticket}")
        assert phone.status == 403
        assert not phone.sees("Ana")


def test_an_open_door_page_is_told_in_a_notice(make, browser, event):
    link = make.door_link(event, closes_hours_after=1)
    with time_machine.travel(hours_from_start(3), tick=False):
        phone = open_link(browser(htmx=True), link).press("Open the door")
    with time_machine.travel(hours_from_start(4), tick=False):
        phone.search("ana")
        assert "was good until" in words_of(phone.one("#notice"))


def test_hours_left_blank_are_as_before(make, browser, event):
    """The link opens whenever; the door's own hours are the verb's to say."""
    rsvp = make.rsvp(event)
    with time_machine.travel(hours_from_start(-24), tick=False):
        phone = at_door(make, browser(), event)
        answer = post(phone, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
        assert answer.json["reason"] == "too_early"


def test_a_link_may_be_wider_than_the_door(make, browser, event):
    rsvp = make.rsvp(event)
    link = make.door_link(event, opens_hours_before=48, closes_hours_after=48)
    with time_machine.travel(hours_from_start(-40), tick=False):
        phone = open_link(browser(), link).press("Open the door")
        answer = post(phone, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
        assert answer.json["reason"] == "too_early"


def test_hours_move_with_the_event(make, browser, event):
    link = make.door_link(event, opens_hours_before=0, closes_hours_after=0)
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.starts_at += timedelta(days=1)
        there.ends_at += timedelta(days=1)
    with time_machine.travel(hours_from_start(1), tick=False):
        assert open_link(browser(), link).status == 403
    with time_machine.travel(hours_from_start(25), tick=False):
        assert open_link(browser(), link).status == 200


def test_a_phone_stays_by_another_link_that_is_still_good(make, browser, event):
    """Two links on one phone: the one opened last has ended, the other has not."""
    with time_machine.travel(hours_from_start(0), tick=False):
        phone = at_door(make, browser(), event, "All evening")
        short = make.door_link(event, "First hour", closes_hours_after=0)
        open_link(phone, short).press("Open the door")
        assert phone.page.find(string="First hour")
    with time_machine.travel(hours_from_start(3), tick=False):
        phone.open(f"/e/{event.slug}/door")
        assert phone.status == 200
        assert phone.page.find(string="All evening")


def test_an_organiser_is_not_held_to_the_hours_of_a_link(make, browser, event, olga):
    link = make.door_link(event, closes_hours_after=0)
    with time_machine.travel(hours_from_start(1), tick=False):
        phone = open_link(olga(event), link).press("Open the door")
    with time_machine.travel(hours_from_start(3), tick=False):
        assert phone.open(f"/e/{event.slug}/door").status == 200


def test_an_organiser_gives_a_link_its_hours(make, browser, htmx):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors")
    olga.press("Make a door link", name="Garden", opens_hours_before="1", closes_hours_after="0")
    link = make.row(DoorLink)
    assert (link.opens_hours_before, link.closes_hours_after) == (1, 0)
    assert olga.sees("Good from")


@pytest.mark.parametrize("typed", ["-1", "169", "soon", "1.5"])
def test_hours_are_whole_and_within_a_week(make, browser, typed):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors")
    olga.press("Make a door link", name="Garden", opens_hours_before=typed)
    assert (olga.status, olga.codes()) == (422, ["number"])


def test_the_hours_cost_no_query(make, browser, event, count_queries):
    link = make.door_link(event, opens_hours_before=4, closes_hours_after=1)
    with time_machine.travel(hours_from_start(0), tick=False):
        bound = open_link(browser(), link).press("Open the door")
        free = at_door(make, browser(), event)
        counts = []
        for phone in (bound, free):
            with count_queries() as queries:
                assert phone.open(f"/e/{event.slug}/door/headcount").status == 200
            counts.append(len([one for one in queries if one.startswith("SELECT")]))
    assert counts[0] == counts[1] == 1


# On paper


def test_a_link_is_printed_with_its_address_and_its_hours(make, browser, event, olga):
    link = make.door_link(event, "Garden", opens_hours_before=1, closes_hours_after=2)
    page = olga(event).open(f"/o/e/{event.slug}/doors").follow("Print")
    assert page.url == f"/o/e/{event.slug}/doors/{link.id}/print"
    assert words_of(page.one("h1")) == "Garden"
    assert page.sees(f"http://localhost/door/{link.secret}")
    assert page.sees("Good from 1 Dec 2026, 18:00 to 2 Dec 2026, 00:00")
    assert len(page.page.select(".sheet li")) == 3
    assert page.page.select_one(".sheet-qr svg")


def test_a_link_without_hours_prints_those_of_the_door(make, browser, event, olga):
    link = make.door_link(event, "Garden")
    page = olga(event).open(f"/o/e/{event.slug}/doors/{link.id}/print")
    assert page.sees("The door is open from 1 Dec 2026, 15:00 to 2 Dec 2026, 10:00")


@pytest.mark.parametrize("who", ["stranger", "helper", "other organiser"])
def test_the_printed_page_is_the_organisers(make, browser, event, who):
    link = make.door_link(event)
    asking = browser()
    with time_machine.travel(hours_from_start(0), tick=False):
        if who == "helper":
            at_door(make, asking, event)
        elif who == "other organiser":
            make.signed_in(asking, make.organiser(make.community()))
        answer = asking.client.get(f"/o/e/{event.slug}/doors/{link.id}/print")
    assert answer.status_code == (404 if who == "other organiser" else 303)


def test_a_link_of_another_event_is_not_printed_here(make, browser, event, olga):
    elsewhere = make.door_link(make.event(make.row(Community, id=event.community_id)))
    assert olga(event).open(f"/o/e/{event.slug}/doors/{elsewhere.id}/print").status == 404
