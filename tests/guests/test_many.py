"""Acts on many guests: who is chosen, what is said before, what is done and who is skipped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests import whom
from eventapp.guests.act_plan import plan
from eventapp.guests.acts import ACTS, Doing
from eventapp.guests.by_hand import give_place
from eventapp.guests.many import ManyGuests
from eventapp.model import AuditEntry, Community, Event, GuestChange, Rsvp
from eventapp.rsvp.actions import rename
from tests.events.organising import organiser_of
from tests.guests.listed import come
from tests.make import Make


def statuses(make: Make) -> dict[str, str]:
    return {row.name: "removed" if row.removed_at else row.status for row in make.rows(Rsvp)}


def act_on(page, name, *guests):
    """Tick guests, press the button of an act, and see what it asks."""
    address = page.one(f"#many [formaction$='/{name}']")["formaction"]
    boxes = [page.one(f"#guest-{guest.id} [name=guest]") for guest in guests]
    assert all(box["form"] == "many" for box in boxes)
    ticked = "&".join(f"guest={box['value']}" for box in boxes)
    return page.open(f"{address}?{ticked}")


@pytest.fixture
def event(make):
    return make.event(needs_approval=True, capacity=4)


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def test_those_who_are_ticked_are_approved_and_the_others_skipped(make, event, olga):
    ana = make.rsvp(event, "Ana", status="pending")
    make.rsvp(event, "Beto", status="pending")
    carla = make.rsvp(event, "Carla")
    act_on(olga.open(f"/o/e/{event.slug}/guests"), "approve", ana, carla)
    assert olga.sees("Approve 1 guest?")
    assert olga.one("[data-names]").text.strip() == "Ana"
    assert olga.one("[data-skipped]")["data-skipped"] == "1"
    assert olga.sees("Coming 1.")
    assert olga.one("[data-mail] h3").text == f"You're in: {event.title}"
    assert make.mails() == [], "it is asked first"
    assert olga.press("Approve 1 guest").sees("1 guest is approved.")
    assert statuses(make) == {"Ana": "going", "Beto": "pending", "Carla": "going"}
    entry = make.rows(AuditEntry)[-1]
    assert (entry.verb, entry.count) == ("guests_approved", 1)


def test_all_of_the_list_that_is_shown_are_meant(make, event, olga):
    for name in ("Ana", "Anton", "Beto"):
        make.rsvp(event, name, status="pending")
    olga.open(f"/o/e/{event.slug}/guests?q=an&status=pending&sort=name")
    olga.open(f"/o/e/{event.slug}/guests/approve?q=an&status=pending&sort=name&all=1")
    olga.press("Approve 2 guests")
    assert olga.url == f"/o/e/{event.slug}/guests?q=an&status=pending&sort=name"
    assert statuses(make) == {"Ana": "going", "Anton": "going", "Beto": "pending"}


def test_who_comes_onto_the_list_meanwhile_is_not_meant(make, event, olga):
    make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}/guests/approve?status=pending&all=1")
    make.rsvp(event, "Beto", status="pending")
    olga.press("Approve 1 guest")
    assert statuses(make) == {"Ana": "going", "Beto": "pending"}


def test_a_second_tap_finds_nobody_left(make, event, olga):
    make.rsvp(event, "Ana", status="pending")
    form = olga.open(f"/o/e/{event.slug}/guests/approve?all=1").one("[data-act] form")
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    assert olga.submit(form, sent).sees("1 guest is approved.")
    assert olga.submit(form, sent).sees("It no longer applied to anybody.")
    assert len(make.mails()) == 1


def test_nobody_ticked_is_said(make, event, olga):
    make.rsvp(event, "Ana", status="pending")
    olga.open(f"/o/e/{event.slug}/guests/approve?status=pending")
    assert olga.sees("Nobody is ticked")
    assert olga.follow("The only one of this list").sees("Approve 1 guest?")


def test_another_events_guests_are_nobody(make, event, olga):
    other = make.rsvp(make.event(needs_approval=True), "Ana", status="pending")
    assert olga.open(f"/o/e/{event.slug}/guests/approve?guest={other.id}").sees("Nobody is ticked")
    token = olga.page.select_one("[name=csrf_token]")["value"]
    sent = {"whom": whom.written([other.id]), "csrf_token": token}
    olga.client.post(f"/o/e/{event.slug}/guests/approve", data=sent)
    assert statuses(make) == {"Ana": "pending"}
    sent["whom"] = "-"
    assert olga.client.post(f"/o/e/{event.slug}/guests/approve", data=sent).status_code == 400


def test_the_waitlist_is_promoted_in_its_order_while_there_are_places(make, event, olga):
    now = clock.now()
    for number, (name, companions) in enumerate((("Cleo", 0), ("Beto", 4), ("Ana", 1))):
        since = now - timedelta(minutes=number)
        extra = {"waitlisted_at": since, "companions": companions}
        make.rsvp(event, name, status="waitlisted", approved_at=since, **extra)
    olga.open(f"/o/e/{event.slug}/guests/promote?all=1")
    assert olga.one("[data-names]").text.strip() == "Ana, Beto, Cleo"
    assert olga.sees("2 get a place.")
    assert olga.sees("There's no room for one, who stays on the waitlist.")
    assert olga.sees("2 get an email that says so.")
    assert olga.press("Promote 2 guests").sees("2 guests have a place now.")
    assert statuses(make) == {"Ana": "going", "Beto": "waitlisted", "Cleo": "going"}
    assert [words.subject for _, words in make.mails()] == [f"You have a place: {event.title}"] * 2


def test_who_is_taken_off_frees_a_place_and_can_be_put_back(make, event, olga):
    with make.act():
        db.session.get_one(Event, event.id).capacity = 2
    ana, cleo = make.rsvp(event, "Ana", companions=1), make.rsvp(event, "Cleo", status="pending")
    make.rsvp(event, "Dora", status="waitlisted", approved_at=clock.now())
    olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}&guest={cleo.id}")
    assert olga.sees("One moves up from the waitlist, with an email.")
    olga.press("Yes, and send the email")
    assert olga.sees("2 guests are off the list.")
    assert olga.guests() == ["Dora"]
    assert statuses(make) == {"Ana": "removed", "Cleo": "removed", "Dora": "going"}
    assert make.row(Event).seats_taken == 1
    assert set(olga.follow("Taken off the list").guests()) == {"Ana", "Cleo"}
    olga.open(f"/o/e/{event.slug}/guests/put-back?status=removed&all=1")
    assert olga.press("Put 1 guest back").sees("1 guest is back on the list.")
    assert olga.sees("Ana stays off the list. Only 1 place is left")
    assert statuses(make) == {"Ana": "removed", "Cleo": "pending", "Dora": "going"}
    logged = [row.verb for row in make.rows(AuditEntry)]
    assert logged == ["guest_removed", "guest_removed", "guest_put_back"]


def test_of_many_who_are_not_put_back_some_are_named(make, event, olga):
    for number in range(7):
        make.rsvp(event, f"Guest {number}", status="pending")
    olga.open(f"/o/e/{event.slug}/guests/remove?all=1").press("Take 7 guests off")
    with make.act():
        for row in db.session.scalars(select(Rsvp)).all():
            rename(row, f"{row.name} too")
        db.session.execute(delete(GuestChange))
    olga.open(f"/o/e/{event.slug}/guests/put-back?status=removed&all=1").press("Put 7 guests back")
    assert olga.sees("Guest 4 too stays off the list. Guest 4 too was changed again")
    assert not olga.sees("Guest 5 too stays")
    assert olga.sees("2 more guests stay off the list.")
    assert set(statuses(make).values()) == {"removed"}


def test_who_waits_where_nothing_is_full_moves_up_too(make, olga):
    event = make.event(make.row(Community))
    ana = make.rsvp(event, "Ana")
    make.rsvp(event, "Beto", status="waitlisted")
    olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}")
    assert olga.sees("One moves up from the waitlist, with an email.")
    olga.press("Yes, and send the email")
    assert statuses(make) == {"Ana": "removed", "Beto": "going"}


def test_seats_over_the_capacity_are_given_to_nobody(make, event, olga):
    ana, _ = make.rsvp(event, "Ana"), make.rsvp(event, "Full", companions=2)
    over = make.rsvp(event, "Over", status="maybe", approved_at=clock.now())
    with make.act():
        give_place(db.session.get_one(Rsvp, over.id), at=clock.now(), over_capacity=True)
    make.rsvp(event, "Beto", status="waitlisted", approved_at=clock.now())
    olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}")
    assert not olga.page.select("[data-count=move-up]")
    olga.press("Take 1 guest off")
    assert statuses(make)["Beto"] == "waitlisted"


def test_many_are_put_back_as_they_were(make, event, olga):
    since = clock.now() - timedelta(days=1)
    make.rsvp(event, "Ana", companions=3)
    for number, name in enumerate(("Beto", "Cleo")):
        waits = {"waitlisted_at": since + timedelta(hours=number), "approved_at": since}
        make.rsvp(event, name, status="waitlisted", companions=4, **waits)
    make.rsvp(event, "Dora", status="maybe")
    before = [columns(row) for row in make.rows(Rsvp)]
    olga.open(f"/o/e/{event.slug}/guests/remove?all=1").press("Take 4 guests off")
    assert set(statuses(make).values()) == {"removed"}
    olga.open(f"/o/e/{event.slug}/guests/put-back?status=removed&all=1")
    olga.press("Put 4 guests back")
    assert [columns(row) for row in make.rows(Rsvp)] == before
    assert make.row(Event).seats_taken == 4
    assert make.mails() == []


def columns(row: Rsvp) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in Rsvp.__table__.columns}


def test_who_came_is_not_removed(make, event, olga):
    ana = make.rsvp(event, "Ana")
    come(make, ana)
    olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}")
    assert olga.sees("This applies to none of them")
    assert olga.sees("Came 1.")


def test_who_was_not_mailed_yet_gets_their_ticket_and_the_others_only_again(make, olga):
    community = make.row(Community)
    event = make.event(community, capacity=3)
    brought = {"source": "import", "confirmed_at": None}
    make.rsvp(event, "Ana", **brought)
    make.rsvp(event, "Beto", status="waitlisted", **brought)
    make.rsvp(event, "Cleo", person=None)
    make.rsvp(event, "Dora", status="cancelled")
    olga.open(f"/o/e/{event.slug}/guests/mail?all=1")
    assert olga.sees("Email 2 guests their ticket or answer?")
    assert olga.sees("2 of those you chose are skipped: No address 1, Cancelled 1.")
    assert olga.one("[data-mail] h3").text == f"Your ticket: {event.title}"
    assert olga.press("Send 2 emails").sees("2 emails are on their way.")
    assert (make.rows(AuditEntry)[-1].verb, len(make.mails())) == ("guests_mailed", 2)
    olga.open(f"/o/e/{event.slug}/guests/mail?all=1")
    assert olga.sees("This applies to none of them")
    assert olga.sees("Emailed already 2")
    form = olga.follow("Email these again as well").one("[data-act] form")
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    assert olga.submit(form, sent).sees("2 emails are on their way.")
    assert olga.submit(form, sent).sees("It no longer applied to anybody.")
    told = {words.subject for _, words in make.mails()}
    assert told == {f"Your ticket: {event.title}", f"On the waitlist: {event.title}"}


def test_nobody_is_mailed_a_ticket_for_what_is_over(make, olga):
    ended = {"starts_at": clock.now() - timedelta(days=2)}
    event = make.event(make.row(Community), **ended)
    make.rsvp(event, "Ana", source="import", confirmed_at=None)
    olga.open(f"/o/e/{event.slug}/guests/mail?all=1")
    assert (olga.status, olga.sees("nobody needs a ticket for it")) == (409, True)


def test_who_is_ticked_is_exported(make, event, olga):
    ana, beto = make.rsvp(event, "Ana"), make.rsvp(event, "Beto")
    make.rsvp(event, "Carla")
    olga.open(f"/o/e/{event.slug}/guests/export?guest={ana.id}&guest={beto.id}")
    assert olga.sees("Export 2 guests")
    lines = olga.press("As CSV").response.get_data(as_text=True).splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["Ana", "Beto"]


def test_who_is_taken_off_is_not_exported(make, event, olga):
    ana = make.rsvp(event, "Ana")
    make.rsvp(event, "Beto")
    olga.open(f"/o/e/{event.slug}/guests/remove?guest={ana.id}").press("Take 1 guest off")
    olga.open(f"/o/e/{event.slug}/guests").press("Export as CSV")
    assert "Ana" not in olga.response.get_data(as_text=True)


def test_what_is_planned_is_what_is_done(app: Flask, make: Make) -> None:
    event = make.event(capacity=30, needs_approval=True)
    for number in range(40):
        make.rsvp(event, f"Guest {number}", status="pending", companions=number % 3)
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        act, ids = ACTS["approve"], [row.id for row in make.rows(Rsvp)]
        noted: list[AuditEntry] = []

        def record(verb, about, **more):
            noted.append(
                AuditEntry(
                    verb=verb,
                    community_id=about.community_id,
                    actor="person",
                    at=clock.now(),
                    event_id=about.id,
                    fields=[],
                    **more,
                )
            )
            db.session.add(noted[-1])
            return noted[-1]

        doing = Doing(clock.now(), record)
        planned = plan(there, act, ids, doing)
        assert ManyGuests(there, act, doing).do(planned.ids) == 40
    counted = list(statuses(make).values())
    assert counted.count("going") == planned.with_place
    assert counted.count("waitlisted") == planned.without_place
    assert len(make.mails()) == planned.mailed == 40
    assert [row.count for row in make.rows(AuditEntry)] == [40]
