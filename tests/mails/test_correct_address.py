"""An address that nobody has confirmed is corrected, and takes nobody's answer from them."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.guests.tickets import count_without_ticket, send_tickets
from eventapp.mails.actions import AddressHasContacts, correct_address
from eventapp.model import Encounter, Event, MailedCode, Person, Rsvp
from eventapp.rsvp.actions import send_cancellation_mails
from tests.confirming import post_confirmed
from tests.events.organising import organiser_of
from tests.mails.failing import fail, mailed
from tests.mails.test_page import open_mail
from tests.racing import overtaking
from tests.test_worker import part, rsvp, work


def correct(page, email):
    """And say yes to the mail, where there is one."""
    page.follow("Correct the address").press("Correct it and send the email", email=email)
    return page.press("Yes, and send the email") if page.page.select("#ask-first") else page


@pytest.fixture
def mistyped(make) -> Event:
    """An event that Ana answered with an address that does not exist."""
    event = make.event()
    rsvp(make, event, "anna@example.org")
    fail(make, "Anna")
    return event


def test_the_ticket_goes_to_the_corrected_address(app, make, browser, htmx, mistyped, mailbox):
    before = make.row(Rsvp)
    page = correct(open_mail(make, browser, mistyped, htmx=htmx), "ana@example.org")
    assert page.sees("Ana Ruiz has the new address.")
    assert work(app) == 1
    assert mailbox.recipients == ["ana@example.org"]
    after = make.row(Rsvp)
    assert after.key in part(mailbox.mails[0], "plain")
    assert after.key != before.key
    assert after.ticket != before.ticket
    assert (after.confirmed_at, after.listing) == (None, None)


def test_a_double_tap_mails_once_and_leaves_the_link_that_was_mailed(
    app, make, browser, mistyped, mailbox
):
    page = open_mail(make, browser, mistyped).follow("Correct the address")
    form = page.one("#address form")
    token = form.find(attrs={"name": "csrf_token"})["value"]
    for _ in range(2):
        sent = {"csrf_token": token, "email": "ana@example.org"}
        post_confirmed(page.client, form["action"], sent)
        work(app)
    (mail,) = mailbox.mails
    assert make.row(Rsvp).key in part(mail, "plain")


def test_the_digits_mailed_before_open_nothing(make, browser):
    event = make.event()
    rsvp(make, event, "anna@example.org")
    digits = make.mails("anna@example.org")[0][0].values["digits"]
    fail(make, "Anna")
    page = browser().open(f"/e/{event.slug}/rsvp/{make.row(MailedCode).page}")
    correct(open_mail(make, browser, event), "ana@example.org")
    page.press("Show my ticket", digits=digits)
    assert page.codes() == ["expired"]
    assert not make.row(Rsvp).is_confirmed


@pytest.mark.parametrize(
    ("verb", "fields"),
    [("", {"name": "Mallory"}), ("/confirm", {"listing": "everyone"}), ("/cancel", {})],
)
def test_what_the_old_key_found_before_the_correction_is_not_changed_after_it(
    make, browser, mistyped, verb, fields
):
    path = f"/r/{make.row(Rsvp).key}"
    page = browser().open(path)
    token = {"csrf_token": page.page.find(attrs={"name": "csrf_token"})["value"]}
    send = partial(page.client.post, path + verb, data={**token, **fields})
    with overtaking(make, send, once_read=r'WHERE rsvp\."?key"? =') as answer:
        correct_address(db.session.scalars(select(Rsvp)).one(), "ana@example.org", at=clock.now())
    assert answer().status_code == 404
    now = make.row(Rsvp)
    assert (now.name, now.status, now.listing) == ("Ana Ruiz", "going", None)
    assert not now.is_confirmed


def test_an_imported_guest_is_not_waiting_for_a_ticket_afterwards(app, make, browser, mailbox):
    event = make.event()
    wrong = make.person("anna@example.org", verified_at=None)
    make.rsvp(event, person=wrong, source="import", confirmed_at=None, listing=None)
    with make.act():
        send_tickets(db.session.merge(event), at=clock.now())
    fail(make, "Anna")
    correct(open_mail(make, browser, event), "ana@example.org")
    assert work(app) == 1
    assert "You're on the guest list" in part(mailbox.mails[0], "plain")
    with app.app_context():
        assert count_without_ticket(event) == 0


def test_an_address_that_had_the_ticket_before_gets_the_new_one(app, make, browser, mailbox):
    event = make.event()
    guest = make.rsvp(event, source="import", confirmed_at=None, person=make.person("ana@x.org"))
    with make.act():
        send_tickets(db.session.get_one(Event, event.id), at=clock.now())
    for email in ("bea@x.org", "ana@x.org"):
        work(app)
        with make.act():
            assert correct_address(db.session.get_one(Rsvp, guest.id), email, at=clock.now())
    work(app)
    assert mailbox.recipients == ["ana@x.org", "bea@x.org", "ana@x.org"]
    assert make.row(Rsvp).key in part(mailbox.mails[-1], "plain")


def test_the_address_that_is_there_is_not_said_to_be_new(make, browser):
    event = make.event()
    rsvp(make, event, "anna@example.org")
    page = open_mail(make, browser, event)
    page.open(f"/o/e/{event.slug}/guests/{make.row(Rsvp).id}/address")
    page.press("Correct it and send the email")
    assert page.sees("has this address already. Nothing was sent.")


def test_that_the_event_is_called_off_reaches_the_corrected_address(
    app, make, browser, mistyped, mailbox
):
    with make.act():
        call_off_event(db.session.get_one(Event, mistyped.id), at=clock.now())
    correct(open_mail(make, browser, mistyped), "ana@example.org")
    assert make.due(send_cancellation_mails) == 1
    assert work(app) == 1
    assert mailbox.mails[0]["Subject"].endswith("is called off")


def test_a_confirmed_address_is_not_corrected_by_mistake(make, browser):
    event = make.event()
    guest = mailed(make, event, "Ana")
    fail(make, "Ana")
    page = open_mail(make, browser, event)
    assert not page.page.select("a[href$=address]")
    page.open(f"/o/e/{event.slug}/guests/{guest.id}/address")
    assert page.sees("somebody has shown that this mailbox is theirs")
    token = page.page.find(attrs={"name": "csrf_token"})["value"]
    typed = {"csrf_token": token, "email": "mallory@example.org"}
    answer = page.client.post(f"/o/e/{event.slug}/guests/{guest.id}/address", data=typed)
    assert answer.status_code == 409
    assert make.row(Rsvp, id=guest.id).person_id == guest.person_id


def move(make, browser, event, guest, email, **more):
    page = organiser_of(make, browser, event, **more).open(f"/o/e/{event.slug}/guests/{guest.id}")
    page.follow("Another address").press("Move it and send the email", email=email)
    return page.press("Yes, and send the email") if page.page.select("#ask-first") else page


def test_who_uses_another_address_now_is_proven_no_more_and_asked_anew(
    app, make, browser, htmx, mailbox
):
    event = make.event()
    said = {"listing": "everyone", "ask_me_about": "bread", "badge_tells": True}
    ana = make.rsvp(event, hosts_since=clock.now(), answers={"Diet": "Vegan"}, **said)
    old = make.signed_in(browser(), ana.person)
    assert move(make, browser, event, ana, "ana@new.example", htmx=htmx).sees("the new address")
    row = make.row(Rsvp)
    assert make.row(Person, id=row.person_id).email == "ana@new.example"
    assert (row.confirmed_at, row.listing, row.ask_me_about) == (None, None, "")
    assert (row.hosts_since, row.badge_tells) == (None, False)
    assert (row.name, row.status, row.answers) == ("Ana Ruiz", "going", {"Diet": "Vegan"})
    assert {ana.key, ana.ticket}.isdisjoint({row.key, row.ticket})
    assert old.open(f"/r/{ana.key}").status == 404
    assert not old.open("/me").sees(event.title)
    work(app)
    assert mailbox.recipients == ["ana@new.example"]
    assert browser().open(f"/e/{event.slug}/people").guests() == []


@pytest.mark.parametrize("noter", [0, 1])
def test_contacts_go_to_no_other_address(make, browser, noter):
    event = make.event()
    two = [make.rsvp(event, "Ana"), make.rsvp(event, "Beto")]
    with make.act():
        pair = {"noter_id": two[noter].id, "met_id": two[1 - noter].id}
        db.session.add(Encounter(event_id=event.id, noted_at=clock.now(), **pair))
    page = move(make, browser, event, two[0], "ana@new.example")
    assert page.codes() == ["address_has_contacts"]
    assert make.row(Rsvp, id=two[0].id).person_id == two[0].person_id
    assert make.row(Rsvp, id=two[0].id).confirmed_at


def test_nor_those_of_an_account_that_has_not_confirmed_this_answer(make):
    event = make.event()
    ana, beto = make.rsvp(event, "Ana", confirmed_at=None), make.rsvp(event, "Beto")
    with make.act():
        pair = {"noter_id": ana.id, "met_id": beto.id}
        db.session.add(Encounter(event_id=event.id, noted_at=clock.now(), **pair))
    with make.act():
        row = db.session.get_one(Rsvp, ana.id)
        with pytest.raises(AddressHasContacts):
            correct_address(row, "ana@new.example", at=clock.now())
        assert not correct_address(row, ana.person.email, at=clock.now())
    assert make.row(Rsvp, id=ana.id).person_id == ana.person_id


def test_another_guests_address_is_refused(make, browser, mistyped):
    mailed(make, mistyped, "Bea")
    page = open_mail(make, browser, mistyped, "?state=refused")
    correct(page, "bea@example.org")
    assert (page.status, page.codes()) == (409, ["address_taken"])
    assert page.sees("Another guest of this event has this address: Bea.")


@pytest.mark.parametrize("typed", ["", "nobody"])
def test_what_is_no_address_is_refused(make, browser, mistyped, typed):
    page = open_mail(make, browser, mistyped)
    correct(page, typed)
    assert page.status == 422
    assert make.row(Rsvp).person_id == make.row(Person, email="anna@example.org").id


def test_a_person_known_elsewhere_is_not_changed(make, browser, mistyped):
    ana = make.person("ana@example.org", name="Ana R.")
    correct(open_mail(make, browser, mistyped), "ana@example.org")
    there = make.row(Person, id=ana.id)
    assert (there.name, there.verified_at) == (ana.name, ana.verified_at)
    assert make.row(Rsvp).person_id == ana.id
    assert make.row(Rsvp).confirmed_at is None, "they say themselves whether it is theirs"
