"""POST /me/delete: no trace of me, and the events count as before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.outbox import queue
from eventapp.me.actions import delete_person
from eventapp.model import (
    Card,
    CardShare,
    CardWithdrawal,
    CheckIn,
    Community,
    DoorLog,
    Encounter,
    Event,
    GuestImport,
    NameWord,
    Notice,
    NoticeKind,
    Organiser,
    OutboxMail,
    Person,
    Rsvp,
    Session,
)
from eventapp.rsvp.actions import note_told
from tests.contacts.evening import card, met
from tests.guests.bringing import a_list_handed_in, bring_by_page
from tests.make import Make
from tests.me.test_me import everything_kept


@pytest.fixture
def past(make: Make) -> Event:
    return make.event(title="Last month", starts_at=clock.now() - timedelta(days=30))


@pytest.fixture
def ana(make: Make, past: Event) -> Person:
    """Somebody of whom there is something everywhere."""
    person = make.person("zoraida@example.org", name="Zoraida Quintana")
    own, bea = make.rsvp(past, "Zoraida Quintana", person=person), make.rsvp(past, "Bea Soler")
    met(make, own, bea, note="knows Rust")
    card(make, person, company="Quintana & Daughters")
    with make.act():
        row = db.session.get_one(Rsvp, own.id)
        row.ask_me_about = row.want_to_learn = row.looking_for = "anything of Zoraida's"
        row.answers, row.listing, row.source_ref = {"Name": "Zoraida"}, "everyone", "zoraida"
        db.session.add(
            CheckIn(
                event_id=past.id, rsvp_id=own.id, people=1, at=clock.now(), door="A", by="link:1"
            )
        )
        db.session.add(CardWithdrawal(owner_id=person.id, holder_id=bea.person_id, at=clock.now()))
    return person


def leave(make: Make, browser: Any, person: Person) -> Any:
    page = make.signed_in(browser, person).open("/me").follow("Delete me")
    return page.press("Delete me for good", sure="yes")


def test_no_trace_is_left(make: Make, browser: Any, htmx: bool, ana: Person) -> None:
    with make.act():
        queue("rsvp/mail/promoted", to=ana.email, language="en", at=clock.now(), values={})
    page = leave(make, browser(htmx=htmx), ana)
    assert page.url == "/goodbye"
    assert page.sees("Everything about you has been deleted")
    for table, rows in everything_kept(make).items():
        for row in rows:
            for trace in ("zoraida", "quintana"):
                assert trace not in row.casefold(), f"{table}: {row}"
    for model in (Card, CardShare, CardWithdrawal, Encounter, Session):
        assert make.rows(model) == []


def test_lists_of_their_events_name_them_no_longer(
    make: Make, browser: Any, ana: Person, past: Event, tmp_path: Path
) -> None:
    elsewhere = make.event()
    text = b"Name,Email,Status\nZoraida Quintana,zoraida@example.org,invited\nDan,,going\n"
    for event in (past, elsewhere):
        a_list_handed_in(make, event, text)
    page = make.signed_in(browser(), make.organiser(make.row(Community, id=past.community_id)))
    (file := tmp_path / "list.csv").write_bytes(text)
    bring_by_page(page, past, file)
    assert page.sees("Zoraida Quintana")
    leave(make, browser(), ana)
    assert not page.open(page.url).sees("Zoraida Quintana")
    assert page.sees("The list is in")
    other, written = make.rows(GuestImport)
    assert (written.event_id, other.event_id) == (past.id, elsewhere.id)


def test_events_keep_their_counts(make: Make, browser: Any, ana: Person, past: Event) -> None:
    before = make.row(Event, id=past.id)
    own = make.row(Rsvp, person_id=ana.id)
    leave(make, browser(), ana)
    after = make.row(Event, id=past.id)
    assert (after.seats_taken, after.admitted) == (before.seats_taken, before.admitted)
    assert make.row(CheckIn).rsvp_id == own.id
    kept = make.row(Rsvp, id=own.id)
    assert (kept.name, kept.person_id, kept.status) == ("—", None, "going")
    assert kept.listing == "nobody"
    assert make.rows(NameWord, rsvp_id=own.id) == []


def test_the_keys_of_before_open_nothing(make: Make, browser: Any, ana: Person) -> None:
    own = make.row(Rsvp, person_id=ana.id)
    leave(make, browser(), ana)
    page = browser()
    assert page.open(f"/r/{own.key}").status == 404
    assert "still there" not in page.text
    assert page.open(f"/m/{own.badge}").sees("This is the code of a name badge")
    kept = make.row(Rsvp, id=own.id)
    assert not {kept.key, kept.ticket, kept.badge} & {own.key, own.ticket, own.badge}


def test_places_of_events_to_come_go_to_who_waits(make: Make, browser: Any) -> None:
    event = make.event(capacity=2)
    first = make.rsvp(event, "Ana Ruiz", companions=1)
    waiting = make.rsvp(event, "Bea Soler", status="waitlisted")
    page = make.signed_in(browser(), first.person).open("/me/delete")
    assert page.sees(event.title)
    page.press("Delete me for good")
    assert make.row(Rsvp, id=first.id).status == "cancelled"
    assert make.row(Rsvp, id=waiting.id).status == "going"
    assert make.row(Event, id=event.id).seats_taken == 1
    assert [row.to_email for row, _ in make.mails()] == [waiting.person.email]


def test_who_is_in_already_stays_in(make: Make, browser: Any) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    rsvp = make.rsvp(event)
    with make.act():
        there = db.session.get_one(Rsvp, rsvp.id)
        row = {"event_id": event.id, "rsvp_id": there.id, "people": 1, "at": clock.now()}
        db.session.add(CheckIn(**row, door="A", by="link:1"))
    leave(make, browser(), rsvp.person)
    assert make.row(Rsvp).status == "going"
    assert make.row(Event).seats_taken == 1


def test_others_keep_what_is_theirs(make: Make, browser: Any, ana: Person, past: Event) -> None:
    bea, carla = make.row(Rsvp, name="Bea Soler"), make.rsvp(past, "Carla Gil")
    met(make, bea, carla)
    card(make, make.row(Person, id=bea.person_id))
    leave(make, browser(), ana)
    assert len(make.rows(Encounter)) == 2
    assert make.row(Card).person_id == bea.person_id
    page = make.signed_in(browser(), make.row(Person, id=bea.person_id)).open("/contacts")
    assert page.guests() == ["Carla Gil"]


def test_a_mail_that_names_them_and_waits_is_not_sent(
    make: Make, browser: Any, ana: Person
) -> None:
    own, others = make.row(Rsvp, person_id=ana.id), make.row(Rsvp, name="Bea Soler")
    carla = make.person("carla@example.org")
    with make.act():
        mail: dict[str, Any] = {"to": carla.email, "language": "en", "at": clock.now()}
        for about in (own, others):
            notice_id = note_told(NoticeKind.DID_YOU_MEET, carla, about, at=clock.now())
            queue("met/mail/did_you_meet", **mail, values={}, notice_id=notice_id)
    leave(make, browser(), ana)
    assert make.row(OutboxMail).notice_id == make.row(Notice).id
    assert make.row(Notice).rsvp_id == others.id


def test_whom_they_let_in_stays_in_and_not_who_did(make: Make, browser: Any) -> None:
    community = make.community()
    olga, _ = make.organiser(community), make.organiser(community)
    rsvp = make.rsvp(make.event(community))
    row = {"event_id": rsvp.event_id, "rsvp_id": rsvp.id, "people": 1, "door": "A"}
    log = {"verb": "admit", "outcome": "admitted", "scan_id": "one"}
    with make.act():
        by = f"person:{olga.id}"
        db.session.add(CheckIn(**row, at=clock.now(), by=by))
        at = clock.now()
        db.session.add(DoorLog(**row, **log, by=by, happened_at=at, heard_at=at))
    leave(make, browser(), olga)
    assert make.row(CheckIn).by == make.row(DoorLog).by == "person:deleted"


def test_who_alone_organises_is_asked_to_find_somebody_first(
    make: Make, browser: Any, htmx: bool
) -> None:
    community = make.community(name="Pythonistas")
    olga = make.organiser(community)
    page = make.signed_in(browser(htmx=htmx), olga).open("/me/delete")
    page.press("Delete me for good", sure="yes")
    assert page.status == 409
    assert page.codes() == ["last_organiser"]
    assert page.sees("Pythonistas")
    assert make.row(Person).email == olga.email
    assert len(make.rows(Session)) == 1


def test_whose_address_a_community_names_is_asked_to_change_that_first(
    make: Make, browser: Any
) -> None:
    community = make.community(contact_email="Olga@example.org")
    olga = make.organiser(community, "olga@example.org")
    make.organiser(community)
    page = make.signed_in(browser(), olga).open("/me/delete")
    page.press("Delete me for good", sure="yes")
    assert page.codes() == ["community_contact"]
    assert len(make.rows(Organiser)) == 2


def test_one_of_two_organisers_may_go(make: Make, browser: Any) -> None:
    community = make.community()
    olga, other = make.organiser(community), make.organiser(community)
    leave(make, browser(), olga)
    assert make.row(Organiser).person_id == other.id


def test_deleting_twice_is_once(make: Make, browser: Any, ana: Person) -> None:
    page = make.signed_in(browser(), ana).open("/me/delete")
    form = page.one("#delete form")
    data = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    sid = page.client.get_cookie("sid").value
    page.submit(form, data)
    assert page.open("/me").url.startswith("/sign-in")
    page.client.set_cookie("sid", sid)
    page.open("/sign-in")
    token = page.page.select_one("[name=csrf_token]")["value"]
    assert page.client.post("/me/delete", data={"csrf_token": token}).status_code == 303
    with make.act():
        delete_person(ana, at=clock.now())
    assert len(make.rows(Person)) == 1


def test_a_form_of_another_site_deletes_nobody(make: Make, browser: Any) -> None:
    page = make.signed_in(browser(), make.person())
    assert page.client.post("/me/delete", data={"sure": "yes"}).status_code == 400
    assert len(make.rows(Person)) == 1


def test_who_was_deleted_may_come_back_as_somebody_new(make: Make, browser: Any) -> None:
    event = make.event()
    rsvp = make.rsvp(event)
    leave(make, browser(), rsvp.person)
    page = browser().open(f"/e/{event.slug}")
    page.press("I'm coming", name="Ana Ruiz", email=rsvp.person.email)
    assert page.status == 200
    assert sorted(row.status for row in make.rows(Rsvp)) == ["cancelled", "going"]
