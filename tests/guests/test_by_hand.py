"""An organiser adds a guest by hand, takes one off the list, gives one a place, mails one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import AuditEntry, Event, Person, Rsvp
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.mail_budgets import OWN
from tests.events.organising import organiser_of
from tests.guests.bringing import bring_by_page
from tests.html import words_of
from tests.rsvp.asking import ask, asked
from tests.rsvp.test_invitation import entry_in
from tests.test_worker import work


@pytest.fixture
def event(make):
    return make.event(capacity=4, starts_at=clock.now() + timedelta(days=3))


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def new_guest(olga, event):
    return olga.open(f"/o/e/{event.slug}/guests").follow("Add a guest")


def page_of(olga, event, rsvp):
    return olga.open(f"/o/e/{event.slug}/guests/{rsvp.id}")


def verbs(make):
    return [row.verb for row in make.rows(AuditEntry)]


# Adding


def test_a_guest_is_added_who_is_seen_by_nobody_and_mailed_nothing(make, event, olga):
    ask(make, event, asked("Diet"))
    page = new_guest(olga, event)
    diet = page.one("#new-guest [name^=answer-]")["name"]
    page.press(
        "Add to the list",
        name="Zoe Blau",
        email="Zoe@example.org",
        companion_names="Bea\nCarla",
        **{str(diet): "Vegan"},
    )
    assert page.sees("Zoe Blau is on the list. Nobody was emailed.")
    row = make.row(Rsvp)
    assert (row.name, row.status, row.companions, row.listing) == ("Zoe Blau", "going", 2, None)
    assert (row.companion_names, row.answers) == (["Bea", "Carla"], {"Diet": "Vegan"})
    assert row.confirmed_at is None
    assert make.row(Person, email="Zoe@example.org").verified_at is None
    assert make.row(Event).seats_taken == 3
    assert page.sees("Olga Organiser put Zoe Blau on the list")
    assert not page.sees("imported")
    assert not make.mails()


def test_the_first_mail_to_them_says_who_brought_their_name_and_asks(make, event, olga):
    new_guest(olga, event).press("Add to the list", name="Zoe", email="zoe@example.org")
    olga.press("Email the ticket…")
    assert olga.one("#ask-first").h2.text == "Email Zoe?"
    assert not make.mails()
    olga.press("Yes, and send the email")
    [(row, mail)] = make.mails("zoe@example.org")
    assert make.row(Rsvp).short_code in mail.text
    assert "brought your name and address" in mail.text
    assert verbs(make) == ["guest_added", "guest_mailed"]


def test_a_name_alone_is_enough_and_a_name_is_needed(make, event, olga):
    page = new_guest(olga, event).press("Add to the list", companions="1")
    assert page.codes() == ["required"]
    page.press("Add to the list", name="Zoe", companions="1")
    assert make.row(Rsvp).person_id is None
    assert not page.page.select("form[action$=mail]")


def test_whose_address_is_on_the_list_is_shown_and_nobody_added(make, event, olga):
    ana = make.rsvp(event)
    page = new_guest(olga, event)
    page.press("Add to the list", name="Somebody", email=ana.person.email.upper())
    assert page.codes() == ["on_the_list"]
    assert page.follow("Ana Ruiz").url == f"/o/e/{event.slug}/guests/{ana.id}"
    assert len(make.rows(Rsvp)) == 1


@pytest.mark.parametrize("name", ["ana ruíz", "Ana", "Anna Ruis"])
def test_a_name_like_one_on_the_list_is_asked_about_first(make, event, olga, name):
    ana = make.rsvp(event)
    page = new_guest(olga, event).press("Add to the list", name=name)
    assert page.codes() == ["names_like_this"]
    assert page.one("#known [data-rsvp]")["data-rsvp"] == str(ana.id)
    assert len(make.rows(Rsvp)) == 1
    page.press("No, add somebody else of that name")
    assert [row.name for row in make.rows(Rsvp)] == ["Ana Ruiz", name]


def test_a_form_that_is_sent_twice_adds_one(make, event, olga):
    page = new_guest(olga, event)
    form, data = page.one("#new-guest form"), {}
    for field in form.select("[name]"):
        data[field["name"]] = field.get("value", "")
    data |= {"name": "Zoe", "answer": "going", "another": "yes"}
    data.pop("over_capacity", None)
    for _ in range(2):
        assert page.client.post(form["action"], data=data).status_code == 303
    assert len(make.rows(Rsvp)) == 1
    assert verbs(make) == ["guest_added"]


def test_a_full_event_is_filled_further_only_if_that_is_said(make, event, olga):
    make.rsvp(event, "Beto", companions=3)
    page = new_guest(olga, event).press("Add to the list", name="Zoe")
    assert page.codes() == ["no_room"]
    page.press("Add to the list", name="Zoe", over_capacity="y")
    assert (make.row(Event).seats_taken, make.row(Event).seats_over) == (5, 1)


def test_who_is_added_to_the_waitlist_comes_after_those_who_wait(make, event, olga):
    make.rsvp(event, "Beto", companions=3)
    make.rsvp(event, "Carla", status="waitlisted")
    page = new_guest(olga, event).press("Add to the list", name="Zoe", answer="waitlisted")
    assert page.sees("Place on the waitlist 2")


def test_nobody_is_put_on_a_waitlist_beside_a_place(make, event, olga):
    page = new_guest(olga, event).press("Add to the list", name="Zoe", answer="waitlisted")
    assert page.codes() == ["nothing_to_wait_for"]
    assert not make.rows(Rsvp)


# Taking off the list


def test_who_is_taken_off_the_list_is_on_it_no_more_until_put_back(make, event, olga):
    ana = make.rsvp(event, companions=1)
    page = page_of(olga, event, ana).press("Take off the list")
    assert page.sees("Ana Ruiz is off the list.")
    assert (make.row(Rsvp).status, make.row(Event).seats_taken) == ("cancelled", 0)
    assert page.open(f"/o/e/{event.slug}/guests").guests() == []
    assert page.follow("Taken off the list").guests() == ["Ana Ruiz"]
    page.follow("Ana Ruiz").press("Put back on the list")
    assert (make.row(Rsvp).status, make.row(Event).seats_taken) == ("going", 2)
    assert page.open(f"/o/e/{event.slug}/guests").guests() == ["Ana Ruiz"]
    assert not make.mails()
    assert verbs(make) == ["guest_removed", "guest_put_back"]


def test_whose_place_went_to_another_is_not_put_back_over_the_capacity(make, event, olga):
    ana = make.rsvp(event, companions=3)
    make.rsvp(event, "Beto", status="waitlisted")
    page = page_of(olga, event, ana).press("Take off the list").press("Yes, and send the email")
    assert [row.status for row in make.rows(Rsvp)] == ["cancelled", "going"]
    assert page.press("Put back on the list").codes() == ["no_room"]
    assert make.row(Rsvp, id=ana.id).removed_at


def test_who_answers_again_is_on_the_list_again(make, event, olga, browser):
    ana = make.rsvp(event)
    page_of(olga, event, ana).press("Take off the list")
    browser().open(f"/r/{ana.key}").press("I'm coming after all")
    assert (make.row(Rsvp).status, make.row(Rsvp).removed_at) == ("going", None)


def test_a_list_that_is_imported_again_brings_nobody_back(make, event, olga, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,email\nAna Ruiz,ana@example.org\n")
    bring_by_page(olga, event, path)
    page_of(olga, event, make.row(Rsvp)).press("Take off the list")
    bring_by_page(olga, event, path)
    assert make.row(Rsvp).removed_at


# A place, over the capacity if that is said


def test_one_who_waits_gets_a_place_and_a_mail(make, event, olga):
    make.rsvp(event, "Beto", companions=2)
    ana = make.rsvp(event, companions=1, status="waitlisted")
    page = page_of(olga, event, ana).press("Give a place, and email them")
    assert page.codes() == ["no_room"]
    page.press("Give a place, and email them", over_capacity="y")
    assert make.row(Rsvp, id=ana.id).status == "waitlisted", "it is asked first"
    page.press("Yes, and send the email")
    assert make.row(Rsvp, id=ana.id).status == "going"
    assert make.row(Event).seats_taken == 5
    [(row, mail)] = make.mails()
    assert (row.to_email, row.template) == (ana.person.email, "rsvp/mail/promoted")


def test_a_place_given_is_taken_back_before_the_mail_leaves_and_not_after(
    app, make, event, olga, mailbox
):
    make.rsvp(event, "Beto", companions=3)
    ana = make.rsvp(event, status="waitlisted")
    page = page_of(olga, event, ana)
    give = "Give a place, and email them"
    page.press(give, over_capacity="y").press("Yes, and send the email").press("Undo")
    row = make.row(Rsvp, id=ana.id)
    assert (row.status, row.waitlisted_at) == ("waitlisted", ana.waitlisted_at)
    assert make.row(Event).seats_taken == 4
    assert not make.mails()
    page.press(give, over_capacity="y").press("Yes, and send the email")
    work(app)
    assert len(mailbox.mails) == 1
    assert page.open(page.url).press("Undo").codes() == ["told_already"]
    assert make.row(Rsvp, id=ana.id).status == "going"


def mail_without_a_change(make, rsvp):
    """What somebody has sent who answers once more."""
    with make.act():
        row = db.session.get_one(Rsvp, rsvp.id)
        words = notify.ALREADY
        notify.answered(row, words, budgets=OWN, network=None, digits="123456", at=clock.now())


def test_an_undo_leaves_a_mail_that_the_guest_asked_for(app, make, event, olga, mailbox):
    make.rsvp(event, "Beto", companions=3)
    ana = make.rsvp(event, status="waitlisted")
    page = page_of(olga, event, ana)
    page.press("Give a place, and email them", over_capacity="y").press("Yes, and send the email")
    mail_without_a_change(make, ana)
    page.press("Undo")
    assert [row.template for row, _ in make.mails()] == [notify.ALREADY]
    page.press("Give a place only", over_capacity="y")
    mail_without_a_change(make, ana)
    work(app)
    assert len(mailbox.mails) == 2
    page.press("Undo")
    assert make.row(Rsvp, id=ana.id).status == "waitlisted"


def test_an_undo_is_refused_once_a_ticket_was_mailed_by_itself(app, make, event, olga, mailbox):
    ana = make.rsvp(event, status="maybe")
    page = page_of(olga, event, ana).press("Give a place only")
    page.press("Email the ticket…").press("Yes, and send the email")
    work(app)
    assert page_of(olga, event, ana).press("Undo").codes() == ["told_already"]


def test_a_place_may_be_given_in_silence(make, event, olga):
    ana = make.rsvp(event, status="maybe")
    page_of(olga, event, ana).press("Give a place only")
    assert make.row(Rsvp).status == "going"
    assert not make.mails()


# One mail


def test_one_is_mailed_their_ticket_again_once_a_page(make, event, olga):
    ana = make.rsvp(event)
    page = page_of(olga, event, ana).press("Email the ticket…").press("Yes, and send the email")
    assert page.sees("The email to Ana Ruiz is on its way.")
    [(row, mail)] = make.mails()
    assert (row.to_email, ana.short_code in mail.text) == (ana.person.email, True)
    assert "brought your name" not in mail.text


def test_who_does_not_come_is_mailed_no_ticket(make, event, olga):
    ana = make.rsvp(event, status="cancelled")
    assert not page_of(olga, event, ana).page.select("form[action$=mail]")


def test_once_it_is_over_nobody_is_mailed_a_ticket(make, browser):
    over = make.event(starts_at=clock.now() - timedelta(days=1))
    bea = make.rsvp(over, "Bea")
    page = page_of(organiser_of(make, browser, over), over, bea)
    assert not page.page.select("form[action$=mail]")


def test_a_mail_takes_it_out_of_the_calendar_of_who_is_taken_off(app, make, event, olga, mailbox):
    ana = make.rsvp(event)
    with make.act():
        notify.ticket(db.session.get_one(Rsvp, ana.id), at=clock.now())
    work(app)
    page = page_of(olga, event, ana).press("Take off the list")
    assert "The hosts took you off the guest list" in words_of(page.one("#ask-first"))
    assert make.row(Rsvp).removed_at is None
    assert page.press("Yes, and send the email").sees("Ana Ruiz is off the list.")
    assert work(app) == 1
    entry_in(mailbox.mails[-1], "CANCEL")
