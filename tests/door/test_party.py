"""A party that does not come all at once: admit two of three, and the third later."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.model import CheckIn, Event
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def door(make, browser, event):
    return at_door(make, browser(), event)


def come_in(door, event, rsvp, **fields):
    return post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in", **fields).json


def test_two_of_three_come_in_and_count_as_two(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    answer = come_in(door, event, rsvp, people=2)
    assert (answer["outcome"], answer["party"]) == ("admitted", 2)
    assert make.row(Event, id=event.id).admitted == 2


def test_the_third_comes_in_later_by_the_same_ticket(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    first = come_in(door, event, rsvp, people=2)
    later = post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json
    assert (later["outcome"], later["party"]) == ("admitted", 1)
    assert later["first_at"] == first["first_at"]
    assert make.row(CheckIn).people == make.row(Event, id=event.id).admitted == 3
    assert post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json["outcome"] == "already"


def test_more_than_the_party_do_not_come_in(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=1)
    assert come_in(door, event, rsvp, people=5)["party"] == 2
    assert make.row(Event, id=event.id).admitted == 2


@pytest.mark.parametrize("people", ["0", "-1", "501", "many"])
def test_a_number_of_people_that_is_none_is_refused(make, door, event, people):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    answer = post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in", people=people)
    assert (answer.status_code, answer.json["error"]) == (400, "number")
    assert not make.rows(CheckIn)


def test_the_row_of_a_party_says_who_is_missing(make, browser, event, htmx):
    make.rsvp(event, "Ana Ruiz", companions=2)
    door = at_door(make, browser(htmx=htmx), event)
    door.submit(door.page.select_one("form[role=search]"), {"q": "ana"})
    door.press("Check in Ana Ruiz", people="1")
    door.submit(door.page.select_one("form[role=search]"), {"q": "ana"})
    assert door.sees("2 are still missing")
    door.press("Check in Ana Ruiz")
    assert door.one("#headcount")["data-admitted"] == "3"


def test_undo_takes_back_all_who_are_in(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    come_in(door, event, rsvp, people=2)
    post(door, f"/e/{event.slug}/door/{rsvp.id}/undo")
    assert make.row(Event, id=event.id).admitted == 0


def test_an_undo_of_who_came_just_now_is_offered_though_others_came_before(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    with time_machine.travel(event.starts_at):
        come_in(door, event, rsvp, people=2)
        door.open(f"/e/{event.slug}/door?q=Ana")
    with time_machine.travel(event.starts_at + timedelta(minutes=30)):
        door.press("Check in Ana Ruiz")
        assert door.one("#verdict form")["action"].endswith("/undo")


def test_a_tickets_page_offers_an_undo_to_a_helper_for_a_minute(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    for minutes, offered in ((0, True), (30, False)):
        with time_machine.travel(event.starts_at + timedelta(minutes=minutes)):
            come_in(door, event, rsvp)
            assert door.open(f"/t/{rsvp.ticket}").sees("Undo") == offered


def test_the_door_is_told_who_of_a_party_is_still_missing(make, browser, event, htmx):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    door = at_door(make, browser(htmx=htmx), event)
    door.open(f"/e/{event.slug}/door?q=Ana").press("Check in Ana Ruiz", people="2")
    assert "one is still missing" in door.one("#verdict").get_text()
    door.open(f"/e/{event.slug}/door").press("Ask first")
    door.press("Let in", code=rsvp.ticket)
    assert door.one("#verdict")["data-outcome"] == "needs_input"
    assert "in since" in door.one("#verdict").get_text()
    door.press("Check in Ana Ruiz")
    assert "missing" not in door.one("#verdict").get_text()


def test_a_tickets_page_says_who_is_in_already(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    assert not door.open(f"/t/{rsvp.ticket}").sees("already in")
    come_in(door, event, rsvp)
    assert door.open(f"/t/{rsvp.ticket}").sees("already in")
    door.press("Check in")
    assert door.one("#verdict")["data-outcome"] == "already"
