"""Going, maybe, not going: a maybe holds no place and waits for none, and a no may say why."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Event, Rsvp
from tests.met.evening import let_in

TYPED = {"name": "Ana Ruiz", "email": "ana@example.org"}


def answer(browser, event, button, **fields):
    return browser.open(f"/e/{event.slug}").press(button, **TYPED, **fields)


def type_digits(make, page):
    return page.press("Show my answer", digits=make.mails()[0][0].values["digits"])


@pytest.mark.parametrize("capacity", [1, None])
def test_a_maybe_holds_no_place_and_waits_for_none(make, browser, htmx, capacity):
    event = make.event(capacity=capacity)
    make.rsvp(event)
    ana = answer(browser(htmx=htmx), event, "Maybe", companions="2")
    assert ana.sees("You said maybe, Ana Ruiz")
    rsvp = make.row(Rsvp, name="Ana Ruiz", status="maybe")
    assert rsvp.waitlisted_at is None
    assert make.row(Event, id=event.id).seats_taken == 1
    [(_, mailed)] = make.mails("ana@example.org")
    assert "Maybe" in mailed.subject
    assert rsvp.ticket not in mailed.text


def test_a_no_is_kept_with_its_line_once_the_address_is_proven(make, browser, htmx):
    event = make.event(capacity=5)
    ana = answer(browser(htmx=htmx), event, "I can't come", note="My sister marries that day")
    assert ana.sees("Thank you for letting us know")
    assert (make.row(Rsvp).status, make.row(Rsvp).note) == ("not_going", "")
    type_digits(make, ana)
    assert make.row(Rsvp).note == "My sister marries that day"
    assert ana.one("#note").text.strip() == "My sister marries that day"
    assert make.row(Event).seats_taken == 0


def test_a_no_that_is_refused_keeps_its_line_and_stays_a_no(make, browser, htmx):
    ana = answer(browser(htmx=htmx), make.event(), "I can't come", note="Flu")
    ana.open(f"/r/{make.row(Rsvp).key}").press("Save", name="")
    assert (ana.status, ana.codes()) == (422, ["required"])
    assert ana.one("#change textarea[name=note]").text.strip() == "Flu"
    ana.press("Save", name="Ana Ruiz")
    assert (make.row(Rsvp).status, make.row(Rsvp).note) == ("not_going", "Flu")


def test_enter_in_the_line_sends_no_answer(make, browser):
    event = make.event()
    going, away = make.rsvp(event), make.rsvp(event, "Beto", status="not_going")
    for page in (f"/e/{event.slug}", f"/r/{going.key}", f"/r/{away.key}"):
        assert browser().open(page).one("#note").name == "textarea"


@pytest.mark.parametrize("button", ["I'm coming", "Maybe"])
def test_who_writes_that_they_cannot_come_and_says_otherwise_is_asked(make, browser, htmx, button):
    ana = answer(browser(htmx=htmx), make.event(), button, note="My sister marries")
    assert (ana.status, ana.codes()) == (422, ["note_without_no"])
    assert ana.sees("which is it?")
    assert not make.rows(Rsvp)
    assert ana.one("#name")["value"] == "Ana Ruiz"
    assert ana.one("#note").text.strip() == "My sister marries"
    ana.press("I can't come")
    assert make.row(Rsvp).status == "not_going"


def test_a_script_that_sends_a_line_says_with_it_that_the_guest_stays_away(make, browser):
    rsvp = make.rsvp(make.event(), status="not_going", note="Flu")
    page = browser().open(f"/r/{rsvp.key}")
    for form in ("#change form", "#note-to-organisers form"):
        sent = page.one(form)
        token = {"csrf_token": sent.find(attrs={"name": "csrf_token"})["value"]}
        page.submit(sent, {**token, "note": "Another time"})
        assert page.status == 422
        page.open(f"/r/{rsvp.key}")
    assert (make.row(Rsvp).status, make.row(Rsvp).note) == ("not_going", "Flu")


def test_the_line_is_for_those_who_organise(make, browser):
    community = make.community()
    event = make.event(community)
    make.rsvp(event, "Beto", status="not_going", note="Next time!", listing="everyone")
    olga = make.signed_in(browser(), make.organiser(community))
    assert olga.open(f"/o/e/{event.slug}/guests").sees("Next time!")
    for page in (f"/e/{event.slug}", f"/e/{event.slug}/people"):
        assert not browser().open(page).sees("Next time!")


@pytest.mark.parametrize(("capacity", "status"), [(2, "going"), (1, "waitlisted")])
def test_a_maybe_says_yes_later(make, browser, htmx, capacity, status):
    event = make.event(capacity=capacity)
    make.rsvp(event)
    maybe = make.rsvp(event, "Beto", status="maybe")
    button = "Yes, I'm coming" if status == "going" else "Put me on the waitlist"
    page = browser(htmx=htmx).open(f"/r/{maybe.key}").press(button)
    assert make.row(Rsvp, id=maybe.id).status == status
    assert page.sees("Your ticket") is (status == "going")
    assert make.row(Event).seats_taken == capacity
    [(_, mailed)] = make.mails(maybe.person.email)
    assert ("Your ticket" in mailed.subject) is (status == "going")


def test_a_maybe_says_no_later_and_may_tell_why(make, browser, htmx):
    maybe = make.rsvp(make.event(), status="maybe")
    page = browser(htmx=htmx).open(f"/r/{maybe.key}").press("No, I can't come")
    assert page.sees("You're not coming")
    page.press("Send the line", note="Another time")
    assert (make.row(Rsvp).status, make.row(Rsvp).note) == ("not_going", "Another time")
    page.press("I'm coming after all")
    assert (make.row(Rsvp).status, make.row(Rsvp).note) == ("going", "")


def test_who_is_going_and_then_unsure_frees_the_place(make, browser, htmx):
    event = make.event(capacity=1)
    unsure = make.rsvp(event)
    waiting = make.rsvp(event, "Waits", status="waitlisted")
    page = browser(htmx=htmx).open(f"/r/{unsure.key}").press("I don't know yet: maybe")
    assert page.sees("You said maybe")
    assert make.row(Rsvp, id=waiting.id).status == "going"


def test_who_cancels_may_tell_why(make, browser, htmx):
    rsvp = make.rsvp(make.event())
    browser(htmx=htmx).open(f"/r/{rsvp.key}").press("Cancel my place", note="Flu")
    assert (make.row(Rsvp).status, make.row(Rsvp).note) == ("cancelled", "Flu")


def test_the_answer_is_a_field_that_a_script_may_send(make, browser):
    rsvp = make.rsvp(make.event(capacity=3), companions=1)
    page = browser().open(f"/r/{rsvp.key}")
    form = page.one("#change form")
    token = {"csrf_token": form.find(attrs={"name": "csrf_token"})["value"]}
    page.submit(form, {**token, "answer": "maybe"})
    assert (make.row(Rsvp).status, make.row(Rsvp).companions) == ("maybe", 1)
    page.submit(form, {**token, "name": "Ana R."})
    assert (make.row(Rsvp).status, make.row(Rsvp).name) == ("maybe", "Ana R.")
    page.submit(form, {**token, "answer": "perhaps"})
    assert page.status == 422
    assert "answer" in page.codes()


def test_who_is_in_says_no_maybe(make, browser):
    rsvp = make.rsvp(make.event())
    page = browser().open(f"/r/{rsvp.key}")
    let_in(make, rsvp)
    page.press("I don't know yet: maybe")
    assert page.codes() == ["already_in"]
    assert make.row(Rsvp).status == "going"


def test_a_no_is_heard_until_the_event_is_over_and_a_yes_until_rsvps_close(make, browser):
    event = make.event(rsvp_closes_at=clock.now() + timedelta(minutes=10))
    maybe = make.rsvp(event, status="maybe")
    page = browser().open(f"/r/{maybe.key}")
    form = page.one("#yes-or-no form")
    token = {"csrf_token": form.find(attrs={"name": "csrf_token"})["value"]}
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        page.submit(form, {**token, "answer": "going"})
        assert page.codes() == ["rsvp_closed"]
        page.submit(form, {**token, "answer": "not_going"})
    assert make.row(Rsvp).status == "not_going"


def test_a_maybe_is_counted_by_itself_and_listed_to_nobody_as_coming(make, browser):
    community = make.community()
    event = make.event(community)
    make.rsvp(event, "Beto", status="maybe", listing="everyone", companions=1)
    guests = make.signed_in(browser(), make.organiser(community)).open(f"/o/e/{event.slug}/guests")
    assert guests.one("#count-maybe").text == "1"
    assert guests.open(f"/o/e/{event.slug}/guests?status=maybe").guests() == ["Beto"]
    assert browser().open(f"/e/{event.slug}/people").guests() == []


def test_a_form_filled_in_for_an_address_that_answered_says_maybe_once_proven(make, browser):
    event = make.event(capacity=1)
    known = make.rsvp(event, person=make.person("ana@example.org"))
    ana = answer(browser(), event, "Maybe")
    assert make.row(Rsvp).status == "going"
    type_digits(make, ana)
    assert make.row(Rsvp, id=known.id).status == "maybe"
    assert make.row(Event).seats_taken == 0
