"""A guest is found, let in once, counted, and undone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import CheckIn, DoorLog, Event
from tests.door.helpers import at_door, post


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def door(make, browser, event, htmx):
    return at_door(make, browser(htmx=htmx), event)


def search(door, words):
    form = door.page.select_one("form[role=search]")
    return door.submit(form, {"q": words})


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jose", "José Núñez"),
        ("nunez", "José Núñez"),
        ("NÚÑ", "José Núñez"),
        ("fuente", "Irene de la Fuente"),
        ("de la fu", "Irene de la Fuente"),
        ("obrien", "Gael O'Brien"),
        ("luk", "Łukasz Soler"),
        ("fuente irene", "Irene de la Fuente"),
    ],
)
def test_three_letters_find_a_guest(make, door, event, typed, name):
    for guest in ("José Núñez", "Irene de la Fuente", "Gael O'Brien", "Łukasz Soler"):
        make.rsvp(event, guest)
    assert search(door, typed).guests() == [name]


def test_a_typed_short_code_finds_its_holder(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    make.rsvp(event, "Beto")
    assert search(door, rsvp.short_code.lower()).guests() == ["Ana Ruiz"]


def test_the_list_is_empty_before_a_search(make, door, event):
    make.rsvp(event, "Ana Ruiz")
    assert door.open(door.url).guests() == []
    assert search(door, "  ").guests() == []


def test_a_door_never_shows_an_address(make, door, event):
    make.rsvp(event, "Ana Ruiz", person=make.person("secret@example.org"))
    search(door, "ana").press("Check in Ana Ruiz")
    assert "secret@example.org" not in door.page.decode()


def test_a_guest_of_another_event_is_not_found(make, door, event):
    make.rsvp(make.event(), "Ana Ruiz")
    assert search(door, "ana").guests() == []


def test_checking_in_moves_the_headcount_by_people(make, door, event):
    make.rsvp(event, "Ana Ruiz", companions=2)
    make.rsvp(event, "Beto")
    search(door, "ana").press("Check in Ana Ruiz")
    count = door.one("#headcount")
    assert (count["data-admitted"], count["data-expected"]) == ("3", "4")
    assert door.one("#verdict")["data-outcome"] == "admitted"
    assert make.row(Event, id=event.id).admitted == 3


def test_the_second_time_it_says_when_and_where(make, door, event, browser):
    rsvp = make.rsvp(event, "Ana Ruiz")
    other = at_door(make, browser(), event, "Garden")
    search(door, "ana").press("Check in Ana Ruiz")
    with time_machine.travel(event.starts_at, tick=False):
        _told_when_and_where(other, event, rsvp)


def _told_when_and_where(other, event, rsvp):
    answer = post(other, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json
    assert answer["outcome"] == "already"
    assert answer["first_door"] == "Main door"
    assert datetime.fromisoformat(answer["first_at"]) < event.starts_at - timedelta(minutes=50)
    page = search(other, "ana")
    assert page.sees("Main door")


def test_undo_takes_the_record_and_leaves_the_history(make, door, event):
    make.rsvp(event, "Ana Ruiz", companions=1)
    search(door, "ana").press("Check in Ana Ruiz")
    search(door, "ana").press("Undo Ana Ruiz")
    assert door.one("#headcount")["data-admitted"] == "0"
    assert not make.rows(CheckIn)
    assert [log.verb for log in make.rows(DoorLog)] == ["admit", "undo"]


def test_undoing_twice_counts_once(make, door, event):
    ana = make.rsvp(event, "Ana Ruiz")
    make.rsvp(event, "Beto")
    for guest in ("Ana Ruiz", "Beto"):
        search(door, guest).press(f"Check in {guest}")
    for _ in range(2):
        post(door, f"/e/{event.slug}/door/{ana.id}/undo")
    assert make.row(Event, id=event.id).admitted == 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("cancelled", "cancelled"),
        ("not_going", "cancelled"),
        ("waitlisted", "waitlisted"),
        ("pending", "not_approved"),
    ],
)
def test_who_holds_no_seat_is_denied_with_the_reason(make, door, event, status, reason):
    rsvp = make.rsvp(event, "Ana Ruiz", status=status)
    answer = post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json
    assert (answer["outcome"], answer["reason"]) == ("denied", reason)
    assert not make.rows(CheckIn)
    assert make.row(DoorLog).verb == "deny"


@pytest.mark.parametrize(("hours", "reason"), [(-5, "too_early"), (16, "too_late")])
def test_outside_the_doors_hours_nobody_is_let_in(make, browser, hours, reason, htmx):
    event = make.event(starts_at=clock.now() - timedelta(hours=hours))
    rsvp, door = make.rsvp(event, "Ana Ruiz"), at_door(make, browser(htmx=htmx), event)
    answer = post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket).json
    assert (answer["outcome"], answer["reason"]) == ("denied", reason)
    search(door, "ana").press("Check in Ana Ruiz")
    assert door.one("#verdict")["data-reason"] == reason


def test_a_scan_made_offline_is_recorded_even_against_the_rules(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz", status="waitlisted")
    answer = post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket, offline="1").json
    assert answer["outcome"] == "admitted"


def test_a_phones_wrong_clock_is_put_right(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    wrong = clock.now() - timedelta(hours=7)
    times = {
        "happened_at": (wrong - timedelta(minutes=5)).isoformat(),
        "sent_at": wrong.isoformat(),
    }
    post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket, offline="1", **times)
    off = clock.now() - timedelta(minutes=5) - make.row(CheckIn).at
    assert abs(off.total_seconds()) < 30


def test_the_earliest_admission_known_is_the_first(make, door, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
    earlier = clock.now() - timedelta(minutes=30)
    answer = post(
        door,
        f"/e/{event.slug}/door/scan",
        code=rsvp.ticket,
        offline="1",
        happened_at=earlier.isoformat(),
    ).json
    assert answer["outcome"] == "already"
    assert make.row(CheckIn).at == earlier


def test_the_count_does_not_ask_for_each_guest(make, door, event, count_queries):
    for number in range(5):  # beside fewer, names that are nearly so are looked for
        make.rsvp(event, f"Ana {number}")
    with count_queries() as few:
        search(door, "ana")
    for number in range(15):
        make.rsvp(event, f"Ana B{number}")
    with count_queries() as many:
        search(door, "ana")
    assert len(many) == len(few)


@pytest.mark.parametrize("by", ["ticket", "short code", "name"])
def test_a_check_in_asks_the_database_only_twice(make, door, event, count_queries, by):
    """Who stands there with whom they mean, and the arrival; SQLite takes that in three parts."""
    rsvp = make.rsvp(event, "Ana Ruiz")
    search(door, "ana")
    with count_queries() as queries:
        if by == "name":
            door.press("Check in Ana Ruiz")
        else:
            door.press("Let in", code=rsvp.ticket if by == "ticket" else rsvp.short_code)
    assert door.one("#headcount")["data-admitted"] == "1"
    to_write = [query.split()[0] for query in queries if not query.startswith("SELECT")]
    assert to_write in (["WITH"], ["UPDATE", "INSERT", "INSERT"])
    assert len(queries) - len(to_write) == 1


def test_an_undo_beside_the_verdict_renews_the_row(make, door, event):
    make.rsvp(event, "Ana Ruiz")
    search(door, "ana").press("Check in Ana Ruiz").press("Undo")
    assert make.row(Event, id=event.id).admitted == 0
    if door.htmx:
        door.press("Check in Ana Ruiz")
        assert make.row(Event, id=event.id).admitted == 1


def test_the_list_closes_two_days_after_the_door(make, browser, htmx):
    event = make.event(starts_at=clock.now() - timedelta(days=2, hours=16))
    rsvp = make.rsvp(event, "Ana Ruiz")
    door = at_door(make, browser(htmx=htmx), event)
    search(door, "ana")
    assert door.guests() == []
    assert door.sees("The door has closed, and with it the list")
    path = f"/e/{event.slug}/door"
    assert door.client.get(f"{path}/{rsvp.id}/history").status_code == 403
    for call in (f"{rsvp.id}/check-in", f"{rsvp.id}/undo", "scan", "walk-in"):
        answer = post(door, f"{path}/{call}", code=rsvp.ticket, name="Ana")
        assert (answer.status_code, "Ana" in answer.text) == (401, False)


def test_an_organiser_still_sees_the_list(make, browser):
    community = make.community()
    event = make.event(community, starts_at=clock.now() - timedelta(days=2, hours=16))
    make.rsvp(event, "Ana Ruiz")
    lead = make.signed_in(browser(), make.organiser(community))
    assert search(lead.open(f"/e/{event.slug}/door"), "ana").guests() == ["Ana Ruiz"]


def test_an_organiser_leads_at_the_door_that_a_link_opened(make, browser):
    community = make.community()
    event = make.event(community, capacity=1)
    make.rsvp(event)
    lead = make.signed_in(browser(), make.organiser(community))
    at_door(make, lead, event, "Back door")
    lead.press("Add and let in", name="Zoë", over_capacity="y")
    assert lead.one("#verdict")["data-outcome"] == "admitted"
    log = make.row(DoorLog)
    assert log.door == "Back door"
    assert log.by.startswith("person:")
