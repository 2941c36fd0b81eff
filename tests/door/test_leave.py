"""Who leaves is noted where the organiser wants it, so that "inside" is true."""

from __future__ import annotations

import pytest

from eventapp.model import CheckOut, DoorLog, Event
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event(notes_leaving=True)


@pytest.fixture
def door(make, browser, event):
    return at_door(make, browser(), event)


def act(door, event, rsvp, verb):
    return post(door, f"/e/{event.slug}/door/{rsvp.id}/{verb}").json


def inside(door, event):
    count = door.open(f"/e/{event.slug}/door").one("#headcount")
    return count["data-admitted"], count["data-inside"]


def test_who_left_is_no_longer_inside_but_was_admitted(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=1)
    act(door, event, rsvp, "check-in")
    assert inside(door, event) == ("2", "2")
    assert act(door, event, rsvp, "leave")["outcome"] == "left"
    assert inside(door, event) == ("2", "0")


def test_leaving_twice_counts_once(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    act(door, event, rsvp, "check-in")
    for _ in range(2):
        assert act(door, event, rsvp, "leave")["outcome"] == "left"
    assert make.row(Event, id=event.id).people_left == 1


def test_who_comes_back_is_let_in_again_with_their_first_time(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    first = act(door, event, rsvp, "check-in")
    act(door, event, rsvp, "leave")
    back = post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json
    assert (back["outcome"], back["first_at"]) == ("admitted", first["first_at"])
    assert inside(door, event) == ("1", "1")
    assert not make.rows(CheckOut)
    assert [log.verb for log in make.rows(DoorLog)] == ["admit", "leave", "admit"]


def test_who_is_not_in_cannot_leave(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    answer = act(door, event, rsvp, "leave")
    assert (answer["outcome"], answer["reason"]) == ("denied", "not_in")


def test_undo_of_who_has_left_leaves_no_trace_in_the_count(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    act(door, event, rsvp, "check-in")
    act(door, event, rsvp, "leave")
    act(door, event, rsvp, "undo")
    assert inside(door, event) == ("0", "0")


def test_a_phone_by_the_exit_scans_people_out(make, browser, event, htmx):
    rsvp = make.rsvp(event, "Ana Ruiz")
    door = at_door(make, browser(htmx=htmx), event)
    door.press("Let in", code=rsvp.ticket)
    door.open(f"/e/{event.slug}/door").press("They leave")
    assert door.sees("A scan notes who leaves.")
    door.press("Note that they leave", code=rsvp.ticket)
    assert door.one("#verdict")["data-outcome"] == "left"


def test_a_door_that_does_not_note_it_offers_nothing(make, browser):
    event = make.event()
    door = at_door(make, browser(), event)
    assert not door.sees("They leave")
    assert "data-inside" not in door.one("#headcount").attrs


def test_a_door_that_does_not_note_it_lets_nobody_leave(make, browser):
    event = make.event()
    door, rsvp = at_door(make, browser(), event), make.rsvp(event, "Ana Ruiz")
    path = f"/e/{event.slug}/door"
    post(door, f"{path}/{rsvp.id}/check-in")
    assert post(door, f"{path}/{rsvp.id}/leave").status_code == 404
    again = post(door, f"{path}/scan", code=rsvp.ticket, mode="leaving").json
    assert again["outcome"] == "already"
