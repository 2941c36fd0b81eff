"""Tickets of the event open its rehearsal's door, and no real one."""

from __future__ import annotations

from eventapp.model import CheckIn, Event, Person, Rsvp
from tests.door.helpers import at_door, post
from tests.door.rehearsal.copies import rehearse
from tests.html import words_of


def test_a_ticket_and_a_short_code_of_the_event_find_the_copy(make, browser, event):
    copy = rehearse(make, event)
    ana, bo = (make.row(Rsvp, event_id=event.id, name=name) for name in ("Ana Ruiz", "Bo Ek"))
    door = at_door(make, browser(), copy)
    by_ticket = post(door, f"/e/{copy.slug}/door/scan", code=f"http://localhost/t/{ana.ticket}")
    assert (by_ticket.json["outcome"], by_ticket.json["guest"]) == ("admitted", "Ana Ruiz")
    by_code = post(door, f"/e/{copy.slug}/door/scan", code=bo.short_code)
    assert (by_code.json["outcome"], by_code.json["guest"]) == ("admitted", "Bo Ek")
    again = post(door, f"/e/{copy.slug}/door/scan", code=ana.ticket)
    assert again.json["outcome"] == "already"
    row = make.row(Event, id=copy.id)
    assert (row.admitted, make.row(Event, id=event.id).admitted) == (3, 0)


def test_a_phones_ordinary_camera_finds_the_copy(make, browser, event):
    copy = rehearse(make, event)
    ana = make.row(Rsvp, event_id=event.id, name="Ana Ruiz")
    door = at_door(make, browser(), copy).open(f"/t/{ana.ticket}")
    door.press("Check in")
    assert make.row(CheckIn).event_id == copy.id
    assert not browser().open(f"/t/{ana.ticket}").sees("Ana Ruiz")


def test_a_ticket_for_elsewhere_is_for_elsewhere(make, browser, event):
    elsewhere = make.rsvp(make.event())
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    answer = post(door, f"/e/{copy.slug}/door/scan", code=elsewhere.ticket)
    assert answer.json["reason"] == "other_event"


def test_a_guest_who_came_on_the_list_since_is_not_in_the_copy(make, browser, event):
    copy = rehearse(make, event)
    late = make.rsvp(event, "Late Lou")
    door = at_door(make, browser(), copy)
    answer = post(door, f"/e/{copy.slug}/door/scan", code=late.ticket)
    assert answer.json["reason"] == "unknown"


def test_tickets_of_the_copy_open_no_real_door(make, browser, event):
    copy = rehearse(make, event)
    (ana,) = make.rows(Rsvp, event_id=copy.id, name="Ana Ruiz")
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/scan", code=ana.ticket)
    assert answer.json["reason"] == "other_event"


def test_a_scan_at_a_real_door_asks_no_more_than_before(make, browser, event, count_queries):
    """Where a rehearsal goes on, and where none does."""
    tonight = make.event()
    tickets = [make.rsvp(tonight).ticket for _ in range(2)]
    door = at_door(make, browser(), tonight)
    counts = []
    for ticket in tickets:
        with count_queries() as queries:
            post(door, f"/e/{tonight.slug}/door/scan", code=ticket)
        counts.append(len(queries))
        rehearse(make, tonight)
    assert counts[0] == counts[1]


def test_links_of_the_event_do_not_open_it_nor_the_other_way_round(make, browser, event):
    copy = rehearse(make, event)
    real, tried = at_door(make, browser(), event), at_door(make, browser(), copy)
    assert real.open(f"/e/{copy.slug}/door").status == 403
    assert tried.open(f"/e/{event.slug}/door").status == 403


def test_it_says_that_it_is_a_rehearsal_wherever_one_stands(make, browser, event):
    copy = rehearse(make, event)
    link = make.door_link(copy)
    phone = browser().open(f"/door/{link.secret}")
    assert phone.one("[data-rehearsal]")
    phone.press("Open the door")
    assert phone.one("[data-rehearsal]")
    assert "Rehearsal" in words_of(phone.one("#headcount"))
    real = at_door(make, browser(), event)
    assert not real.page.select("[data-rehearsal]")
    assert "Rehearsal" not in words_of(real.one("#headcount"))


def test_a_walk_in_who_leaves_an_address_is_not_known_by_it(make, browser, event):
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    post(door, f"/e/{copy.slug}/door/walk-in", name="Eva", email="eva@example.org")
    assert make.row(Rsvp, name="Eva").person_id is None
    assert not make.rows(Person, email="eva@example.org")
