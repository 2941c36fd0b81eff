"""Somebody on no list is let in with a name alone, as far as there are places."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from eventapp.core import clock
from eventapp.model import CheckIn, Event, Person, Rsvp
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event(capacity=2)


@pytest.fixture
def door(make, browser, event, htmx):
    return at_door(make, browser(htmx=htmx), event)


def test_a_name_is_enough(make, door, event):
    door.press("Add and let in", name="Zoë Walker")
    assert door.one("#verdict")["data-outcome"] == "admitted"
    assert door.one("#headcount")["data-admitted"] == "1"
    rsvp = make.row(Rsvp)
    assert (rsvp.name, rsvp.source, rsvp.status, rsvp.listing) == (
        "Zoë Walker",
        "walk_in",
        "going",
        None,
    )
    assert make.row(CheckIn).rsvp_id == rsvp.id


def test_one_walk_in_after_another(make, door, event):
    for name in ("Zoë Walker", "Yan Walker"):
        door.press("Add and let in", name=name)
        assert door.one("#walk-in [name=name]").get("value", "") == ""
    assert {rsvp.name for rsvp in make.rows(Rsvp)} == {"Zoë Walker", "Yan Walker"}


def test_an_address_on_the_list_is_let_in_as_that(make, door, event):
    ana = make.rsvp(event, "Ana Ruiz", person=make.person("ana@example.org"))
    door.press("Add and let in", name="Anna R", email="ANA@example.org")
    assert make.row(CheckIn).rsvp_id == ana.id
    assert len(make.rows(Rsvp)) == 1


def test_a_full_house_lets_in_nobody_more(make, door, event):
    make.rsvp(event, companions=1)
    door.press("Add and let in", name="Zoë")
    assert door.one("#verdict")["data-reason"] == "full"
    assert make.row(Event).seats_taken == 2


def test_an_organiser_may_let_more_in(make, browser, event, htmx):
    community = make.row(Event).community_id
    make.rsvp(event, companions=1)
    lead = make.signed_in(browser(htmx=htmx), make.organiser(_community(make, community)))
    lead.open(f"/e/{event.slug}/door").press("Add and let in", name="Zoë")
    assert lead.sees("Tick below that they come in anyway")
    lead.press("Add and let in", name="Zoë", over_capacity="y")
    assert lead.one("#verdict")["data-outcome"] == "admitted"
    assert make.row(Event).seats_taken == 3


def test_a_helper_cannot_pretend_to_be_an_organiser(make, door, event):
    make.rsvp(event, companions=1)
    answer = post(door, f"/e/{event.slug}/door/walk-in", name="Zoë", over_capacity="y").json
    assert (answer["outcome"], answer["reason"]) == ("denied", "full")


def test_a_double_tap_is_one_guest(make, door, event):
    scan_id = str(uuid4())
    address = f"/e/{event.slug}/door/walk-in"
    answers = [post(door, address, name="Zoë", scan_id=scan_id).json for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(make.rows(Rsvp)) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, "required"),
        ({"name": f"http://localhost/t/{'x' * 22}"}, "ticket"),
        ({"name": "x" * 121}, "too_long"),
        ({"name": "a\x07b"}, "control_characters"),
        ({"name": "Zoë", "email": "zoe@@x"}, "email"),
    ],
)
def test_what_is_wrong_is_said(make, door, event, fields, code):
    door.press("Add and let in", **fields)
    assert code in door.codes()
    assert not make.rows(Rsvp)


def test_a_walk_in_changes_nothing_of_a_known_person(make, door, event):
    make.person("ana@example.org", name="Ana Ruiz")
    door.press("Add and let in", name="Somebody", email="ana@example.org")
    assert make.row(Person).name == "Ana Ruiz"
    assert not make.row(Rsvp).is_confirmed


def _community(make, community_id):
    from eventapp.model import Community

    return make.row(Community, id=community_id)


def test_whom_the_search_did_not_find_is_added_by_that_name(make, door, event):
    door.open(f"/e/{event.slug}/door?q=Zoë Walker")
    assert "open" in door.one("#walk-in").attrs
    door.press("Add and let in")
    assert make.row(Rsvp).name == "Zoë Walker"


def test_who_was_found_is_not_offered_as_new(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    for typed in ("Ana", rsvp.ticket, "x" * 22):
        door.open(f"/e/{event.slug}/door?q={typed}")
        assert "open" not in door.one("#walk-in").attrs


def test_after_a_walk_in_nobody_is_looked_for(make, door, event):
    door.open(f"/e/{event.slug}/door?q=Zoë Walker").press("Add and let in")
    assert door.one("#found").get_text(strip=True) == ""


def test_of_who_is_turned_away_nothing_is_kept(make, door, event):
    make.rsvp(event, companions=1)
    door.press("Add and let in", name="Zoë", email="zoe@example.org")
    assert door.one("#verdict")["data-reason"] == "full"
    assert not make.rows(Person, email="zoe@example.org")


# Whom the list has already


def test_a_name_on_the_list_is_offered_first(make, door, event):
    ana = make.rsvp(event, "Ana Ruiz")
    door.press("Add and let in", name="ana ruíz")
    assert door.one("#verdict")["data-reason"] == "on_list"
    assert door.sees("That name is on the list, and not in yet")
    assert door.guests() == ["Ana Ruiz"]
    assert len(make.rows(Rsvp)) == 1
    door.press("Check in Ana Ruiz")
    assert make.row(CheckIn).rsvp_id == ana.id


def test_somebody_else_of_that_name_is_added_by_a_second_tap(make, door, event):
    make.rsvp(event, "Ana Ruiz")
    door.press("Add and let in", name="Ana Ruiz").press("Somebody else: add and let in")
    assert door.one("#verdict")["data-outcome"] == "admitted"
    assert [rsvp.source for rsvp in make.rows(Rsvp)] == ["form", "walk_in"]
    assert not door.page.select("#walk-in [name=another_than]")


def test_a_program_reads_whom_the_list_has_and_goes_on_either_way(make, browser):
    event = make.event(capacity=3)
    ana, door = make.rsvp(event, "Ana Ruiz", companions=1), at_door(make, browser(), event)
    walk_in = f"/e/{event.slug}/door/walk-in"
    asked = post(door, walk_in, name="ana ruíz").json
    assert (asked["outcome"], asked["reason"]) == ("needs_input", "on_list")
    assert asked["listed"] == [{"id": ana.id, "name": "Ana Ruiz", "party": 2}]
    another = post(door, walk_in, name="ana ruíz", another_than="ana ruíz").json
    assert (another["outcome"], another["listed"]) == ("admitted", [])
    [listed] = asked["listed"]
    came = post(door, f"/e/{event.slug}/door/{listed['id']}/check-in").json
    assert (came["outcome"], came["guest"]) == ("admitted", "Ana Ruiz")


def test_another_name_is_asked_about_anew(make, door, event):
    for name in ("Ana Ruiz", "Bo Ek"):
        make.rsvp(event, name, person=None)
    door.press("Add and let in", name="Ana Ruiz")
    door.press("Somebody else: add and let in", name="Bo Ek")
    assert door.guests() == ["Bo Ek"]
    assert len(make.rows(Rsvp)) == 2


def came_in(make, door, event, name="Ana Ruiz", **guest):
    """The guest, who came in 56 minutes after the start."""
    rsvp, at = make.rsvp(event, name, **guest), event.starts_at + timedelta(minutes=56)
    came = post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in", happened_at=at.isoformat())
    assert came.json["outcome"] == "admitted"
    return rsvp


def test_who_came_in_by_that_name_is_told_and_somebody_else_is_one_tap_away(make, browser, htmx):
    event = make.event(starts_at=clock.now() - timedelta(hours=1), capacity=9)
    door = at_door(make, browser(htmx=htmx), event)
    came_in(make, door, event, "Ana Ruíz", companions=1)
    time = (event.starts_at + timedelta(minutes=56)).astimezone(ZoneInfo(event.tz))
    door.press("Add and let in", name="ana ruiz")
    assert door.one("#verdict")["data-reason"] == "on_list"
    assert door.sees(f"That name came in at {time:%H:%M}. Somebody else?")
    assert door.guests() == ["Ana Ruíz"]
    assert len(make.rows(Rsvp)) == 1
    door.press("Somebody else: add and let in")
    assert door.one("#verdict")["data-outcome"] == "admitted"
    assert door.one("#headcount")["data-admitted"] == "3"


def test_who_is_not_in_comes_before_who_is(make, browser, htmx):
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    door = at_door(make, browser(htmx=htmx), event)
    came_in(make, door, event)
    make.rsvp(event, "Ana Ruiz Gil")
    door.press("Add and let in", name="Ana Ruiz")
    assert door.sees("That name is on the list, and not in yet")
    assert door.guests() == ["Ana Ruiz Gil", "Ana Ruiz"]


def test_a_program_reads_who_came_in_apart(make, browser):
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    door = at_door(make, browser(), event)
    ana = came_in(make, door, event)
    walk_in = f"/e/{event.slug}/door/walk-in"
    asked = post(door, walk_in, name="ana ruiz").json
    assert (asked["outcome"], asked["reason"], asked["listed"]) == ("needs_input", "on_list", [])
    first_at = (event.starts_at + timedelta(minutes=56)).isoformat()
    [told] = asked["arrived"]
    assert told == {"id": ana.id, "name": "Ana Ruiz", "party": 1, "first_at": first_at}
    another = post(door, walk_in, name="ana ruiz", another_than="ana ruiz").json
    assert (another["outcome"], another["arrived"]) == ("admitted", [])


# Whom they bring


def test_a_walk_in_may_bring_others(make, door, event):
    door.press("Add and let in", name="Zoë Walker", people="2")
    assert door.one("#headcount")["data-admitted"] == "2"
    assert (make.row(Rsvp).companions, make.row(CheckIn).people) == (1, 2)
    assert make.row(Event).seats_taken == 2


def test_a_party_that_does_not_fit_hears_how_many_do(make, door, event):
    door.press("Add and let in", name="Zoë Walker", people="3")
    assert door.one("#verdict")["data-reason"] == "full"
    assert door.sees("Only 2 more places are left")
    assert not make.rows(Rsvp)
    door.press("Add and let in", people="2")
    assert door.one("#headcount")["data-admitted"] == "2"


def test_a_party_whose_address_is_on_the_list_comes_in_whole(make, door, event):
    make.rsvp(event, "Ana Ruiz", person=make.person("ana@example.org"), companions=1)
    door.press("Add and let in", name="Anna", email="ana@example.org")
    assert make.row(CheckIn).people == 2
