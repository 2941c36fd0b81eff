"""/o/e/<event>/guests/<guest>: what is known of a guest; changed by hand, and undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.import_check_ins import import_check_ins
from eventapp.me.actions import delete_person
from eventapp.model import AuditEntry, Event, GuestChange, Listing, OutboxMail, Rsvp
from tests.events.organising import organiser_of
from tests.guests.listed import come
from tests.make import utc
from tests.rsvp.asking import ask, asked


@pytest.fixture
def event(make):
    return make.event(capacity=4)


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def page_of(olga, event, rsvp):
    return olga.open(f"/o/e/{event.slug}/guests/{rsvp.id}")


def test_a_row_of_the_list_leads_to_all_that_is_known(make, event, olga):
    ana = make.rsvp(
        event,
        companions=1,
        listing=Listing.ATTENDEES,
        ask_me_about="bread",
        answers={"Diet": "Vegan"},
    )
    page = olga.open(f"/o/e/{event.slug}/guests").follow("Ana Ruiz")
    assert page.url == f"/o/e/{event.slug}/guests/{ana.id}"
    for words in ("Ana Ruiz and 1 companion", ana.person.email, "bread", "Vegan", ana.short_code):
        assert page.sees(words)
    assert page.sees("The other people coming")
    assert page.sees("They answered on the event's page.")


def test_a_guest_is_changed_and_it_says_what_was_before(make, event, olga):
    ask(make, event, asked("Diet", "one_of", "Vegan", "Halal"))
    ana = make.rsvp(event)
    page = page_of(olga, event, ana)
    diet = page.one("#edit select[name^=answer-]")["name"]
    page.press(
        "Save", name="Ana Ruiz Vega", companion_names="Bea\n Carla Gil ", **{str(diet): "Vegan"}
    )
    row = make.row(Rsvp)
    assert (row.name, row.companions, row.companion_names) == (
        "Ana Ruiz Vega",
        2,
        ["Bea", "Carla Gil"],
    )
    assert row.answers == {"Diet": "Vegan"}
    assert make.row(Event).seats_taken == 3
    assert page.sees("changed Ana Ruiz Vega: Name, Companions, Names of the companions")
    assert [each["data-detail"] for each in page.page.select("[data-detail]")] == [
        *("name", "companions", "companion_names", "answers")
    ]
    assert page.sees("Name: Ana Ruiz → Ana Ruiz Vega")
    assert not make.mails()


def test_fewer_companions_than_are_named_are_asked_about(make, event, olga):
    ana = make.rsvp(event, companions=2, companion_names=["Bea", "Carla"])
    page = page_of(olga, event, ana).press("Save", companions="1")
    assert page.codes() == ["companions"]
    assert page.sees("You name 2 companions below: take out who doesn't come.")
    page.press("Save", companions="1", companion_names="Carla")
    assert (make.row(Rsvp).companions, make.row(Rsvp).companion_names) == (1, ["Carla"])


def test_who_brings_fewer_after_all_has_nobody_named_any_more(make, event, olga, browser):
    ana = make.rsvp(event, companions=2, companion_names=["Bea", "Carla"])
    browser().open(f"/r/{ana.key}").press("Save", companions="1")
    assert (make.row(Rsvp).companions, make.row(Rsvp).companion_names) == (1, [])
    assert not page_of(olga, event, ana).sees("Comes with")


def test_what_stays_as_it_was_is_no_change(make, event, olga):
    ana = make.rsvp(event)
    page_of(olga, event, ana).press("Save")
    assert not make.rows(AuditEntry)


@pytest.mark.parametrize(
    ("status", "seats"),
    [("maybe", 0), ("not_going", 0), ("cancelled", 0)],
)
def test_who_does_not_come_frees_their_seats_until_it_is_undone(make, event, olga, status, seats):
    ana = make.rsvp(event, companions=1)
    page = page_of(olga, event, ana).press("Save", answer=status)
    assert (make.row(Rsvp).status, make.row(Event).seats_taken) == (status, seats)
    page.press("Undo")
    assert page.sees("Undone: Ana Ruiz is as before.")
    assert (make.row(Rsvp).status, make.row(Event).seats_taken) == ("going", 2)
    assert not make.rows(GuestChange)
    assert [row.verb for row in make.rows(AuditEntry)] == ["guest_changed", "guest_change_undone"]


def test_a_full_event_takes_more_only_if_that_is_said(make, event, olga):
    make.rsvp(event, "Beto", companions=2)
    ana = make.rsvp(event, companions=1, status="waitlisted")
    page = page_of(olga, event, ana).press("Save", answer="going")
    assert page.codes() == ["no_room"]
    assert page.status == 409
    assert make.row(Rsvp, id=ana.id).status == "waitlisted"
    page.press("Save", answer="going", over_capacity="y")
    assert make.row(Rsvp, id=ana.id).status == "going"
    assert make.row(Event).seats_taken == 5
    page.press("Undo")
    row = make.row(Rsvp, id=ana.id)
    assert (row.status, row.waitlisted_at) == ("waitlisted", ana.waitlisted_at)
    assert make.row(Event).seats_taken == 3


def test_who_gets_the_place_is_mailed_once_that_was_asked(make, event, olga):
    ana = make.rsvp(event, companions=3)
    make.rsvp(event, "Beto", status="waitlisted")
    page = page_of(olga, event, ana).press("Save", answer="cancelled")
    assert page.one("#ask-first").h2.text == "Save this of Ana Ruiz?"
    assert make.row(Event).seats_taken == 4
    page.press("Yes, and send the email")
    assert [row.status for row in make.rows(Rsvp)] == ["cancelled", "going"]
    assert [row.template for row in make.rows(OutboxMail)] == ["rsvp/mail/promoted"]


def test_who_is_put_on_the_waitlist_gives_their_places_to_another(make, event, olga):
    ana = make.rsvp(event, companions=3)
    page = page_of(olga, event, ana).press("Save", answer="waitlisted")
    assert page.codes() == ["nothing_to_wait_for"]
    make.rsvp(event, "Beto", status="waitlisted")
    page_of(olga, event, ana).press("Save", answer="waitlisted").press("Yes, and send the email")
    assert [row.status for row in make.rows(Rsvp)] == ["waitlisted", "going"]
    assert page.press("Undo").codes() == ["no_room"]
    assert [row.status for row in make.rows(Rsvp)] == ["waitlisted", "going"]


def test_nobody_in_the_room_is_taken_off(make, event, olga, htmx):
    ana = make.rsvp(event)
    came(make, event, ana)
    page = page_of(olga, event, ana).press("Save", answer="cancelled")
    assert page.codes() == ["guest_is_in"]
    assert make.row(Rsvp).status == "going"
    assert "let in" in page.one("#history").get_text()


def test_of_two_who_save_the_later_is_shown_the_first(make, event, browser, olga):
    ana = make.rsvp(event)
    page = page_of(olga, event, ana)
    page_of(organiser_of(make, browser, event), event, ana).press("Save", name="Ana R.")
    page.press("Save", name="Anna Ruiz")
    assert page.codes() == ["edited_meanwhile"]
    assert page.status == 409
    page.press("Save", name="Anna Ruiz")
    assert make.row(Rsvp).name == "Anna Ruiz"


def test_what_changed_since_is_not_undone(make, event, browser, olga):
    ana = make.rsvp(event)
    page = page_of(olga, event, ana).press("Save", answer="maybe")
    browser().open(f"/r/{ana.key}").press("Yes, I'm coming")
    page.press("Undo")
    assert page.codes() == ["changed_since"]
    assert make.row(Rsvp).status == "going"
    assert page.open(page.url.partition("/undo")[0]).page.select("#happened button") == []


def test_a_decision_of_before_comes_back(make, browser, htmx):
    event = make.event(needs_approval=True)
    ana = make.rsvp(event, status="pending")
    page = page_of(organiser_of(make, browser, event, htmx=htmx), event, ana)
    page.press("Save", answer="going")
    assert make.row(Rsvp).approved_at
    page.press("Undo")
    assert (make.row(Rsvp).status, make.row(Rsvp).approved_at) == ("pending", None)


def test_what_was_changed_is_deleted_with_the_guest(make, event, olga):
    ana = make.rsvp(event)
    page_of(olga, event, ana).press("Save", name="Ana R.")
    assert make.rows(GuestChange)
    with make.act():
        delete_person(db.session.merge(ana.person), at=clock.now())
    assert not make.rows(GuestChange)


@pytest.mark.parametrize(("days", "said"), [(0, "20:00"), (1, "2 Mar")])
def test_the_clock_says_when_somebody_came_around_the_start(make, event, olga, days, said):
    with make.act():
        db.session.merge(event).starts_at = starts_at = utc(2026, 3, 1, 18)  # 19:00 in Madrid
    ana = make.rsvp(event)
    come(make, ana, starts_at + timedelta(days=days, hours=1))
    assert olga.open(f"/o/e/{event.slug}/guests").one("tbody .came time").text == said
    assert page_of(olga, event, ana).sees(f"came {said}")


def came(make, event, rsvp):
    with make.act():
        there = db.session.get_one(Event, event.id)
        import_check_ins(there, {rsvp.id: clock.now()}, at=clock.now())
