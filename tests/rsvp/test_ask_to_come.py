"""An event that asks for approval: who answers asks to come, and hears by mail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests import approval
from eventapp.model import DoorConflict, Event, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import ask_maybes_again
from tests.browser import form_data
from tests.door.helpers import at_door, post
from tests.guests.approving import ask_no_more, decide_all

ANA = {"name": "Ana Ruiz", "email": "ana@example.org"}
BY_MAIL = "The hosts look at each answer, and you'll hear by email."


@pytest.fixture
def event(make):
    return make.event(needs_approval=True, capacity=3, title="Supper")


def ask(browser, event, button="Ask to come", **more):
    return browser.open(f"/e/{event.slug}").press(button, **{**ANA, **more})


def decide(make, verb, rsvp):
    with make.act():
        assert verb(db.session.get_one(Rsvp, rsvp.id), at=clock.now())


def digits(make):
    return make.mails(ANA["email"])[0][0].values["digits"]


def test_who_asks_holds_no_place_and_hears_by_mail(make, browser, htmx, event):
    page = browser(htmx=htmx).open(f"/e/{event.slug}")
    assert page.sees(BY_MAIL)
    assert page.one(".answer-bar").text.strip() == "Ask to come"
    page.press("Ask to come", **ANA, companions="1")
    assert page.sees("You've asked to come, Ana Ruiz")
    assert make.row(Rsvp).status == "pending"
    assert make.row(Event).seats_taken == 0
    [(_, mailed)] = make.mails(ANA["email"])
    assert mailed.subject == "You've asked to come: Supper"
    assert make.row(Rsvp).ticket not in mailed.text
    page.press("Show my answer", digits=digits(make))
    assert page.sees(BY_MAIL)
    assert not page.page.select(".pass")


@pytest.mark.parametrize("status", ["going", "waitlisted", "maybe", "not_going"])
def test_the_page_after_it_is_the_same_for_an_address_that_is_known(make, browser, event, status):
    known = make.rsvp(event, status=status, person=make.person(ANA["email"]))
    page = ask(browser(), event)
    assert page.sees("You've asked to come, Ana Ruiz")
    fresh = ask(browser(), event, email="new@example.org")
    assert page.text.replace(ANA["email"], "new@example.org") == fresh.text
    assert make.row(Rsvp, id=known.id).status == status


@pytest.mark.parametrize("decision", [approval.approve, approval.decline])
def test_who_is_decided_hears_it_once(make, browser, event, decision):
    page = ask(browser(), event).press("Show my answer", digits=digits(make))
    rsvp = make.row(Rsvp)
    decide(make, decision, rsvp)
    [(_, mailed), _] = make.mails(ANA["email"])
    page.open(f"/r/{rsvp.key}")
    if decision is approval.approve:
        assert mailed.subject == "You're in: Supper"
        assert rsvp.short_code in mailed.text
        assert page.sees("See you there, Ana Ruiz!")
    else:
        assert mailed.subject == "No place this time: Supper"
        assert page.sees("The hosts can't offer you a place this time.")
        assert not page.page.select("form[action*='/r/']")


def test_a_yes_to_an_event_that_is_full_leads_to_the_waitlist(make, browser, event):
    make.rsvp(event, "Bea", companions=2)
    page = browser().open(f"/e/{event.slug}")
    assert page.sees("It's full right now, so a yes puts you on the waitlist.")
    ask(page, event)
    rsvp = make.row(Rsvp, name="Ana Ruiz")
    decide(make, approval.approve, rsvp)
    assert make.row(Rsvp, id=rsvp.id).status == "waitlisted"
    assert "it's full right now" in make.mails(ANA["email"])[0][1].text


def test_who_was_approved_changes_their_name_and_stays(make, browser, htmx, event):
    rsvp = make.rsvp(event)
    browser(htmx=htmx).open(f"/r/{rsvp.key}").press("Save", name="Ana R.")
    assert (make.row(Rsvp).name, make.row(Rsvp).status) == ("Ana R.", "going")


@pytest.mark.parametrize("status", ["going", "waitlisted", "maybe", "cancelled"])
def test_a_party_grows_no_further_than_it_was_approved(make, browser, htmx, event, status):
    rsvp = make.rsvp(event, status=status, companions=1, approved_at=clock.now())
    page = browser(htmx=htmx).open(f"/r/{rsvp.key}")
    button = "I'm coming after all" if status == "cancelled" else "Save"
    page.submit(page.one("#change form"), {**form_data(page.one("#change form")), "companions": 3})
    assert (page.status, page.codes()) == (409, ["approved_for_fewer"])
    assert page.sees("The hosts approved the 2 of you, so your answer stays as it was.")
    now = make.row(Rsvp)
    assert (now.companions, now.status, now.approved_at) == (1, status, rsvp.approved_at)
    page.press(button, companions="0")
    assert make.row(Rsvp).companions == 0


def test_a_party_that_waits_for_a_yes_grows_and_is_approved_as_a_whole(make, browser, event):
    rsvp = make.rsvp(event, status="pending")
    page = browser().open(f"/r/{rsvp.key}").press("Save", companions="2")
    decide(make, approval.approve, rsvp)
    assert (make.row(Rsvp).party, make.row(Rsvp).status) == (3, "going")
    assert page.open(f"/r/{rsvp.key}").sees("The hosts approved this many.")


def test_an_approved_party_grows_once_the_event_asks_no_more(make, browser, event):
    rsvp = make.rsvp(event)
    decide_all(make, event, ask_no_more)
    browser().open(f"/r/{rsvp.key}").press("Save", companions="2")
    assert make.row(Rsvp).party == 3


def test_digits_prove_no_more_companions_than_were_approved(make, browser, event):
    page = ask(browser(), event)
    decide(make, approval.approve, make.row(Rsvp))
    more = ask(browser(), event, companions="2")
    more.press("Show my answer", digits=digits(make))
    assert (make.row(Rsvp).party, make.row(Rsvp).status) == (1, "going")
    assert page.open(f"/r/{make.row(Rsvp).key}").sees("See you there, Ana Ruiz!")


def test_a_yes_outlasts_a_cancellation(make, browser, htmx, event):
    rsvp = make.rsvp(event)
    page = browser(htmx=htmx).open(f"/r/{rsvp.key}").press("Cancel my place")
    page.press("I'm coming after all")
    assert make.row(Rsvp).status == "going"


def test_who_withdrew_before_they_were_approved_asks_again(make, browser, htmx, event):
    rsvp = make.rsvp(event, status="pending")
    page = browser(htmx=htmx).open(f"/r/{rsvp.key}").press("Withdraw my answer")
    assert make.row(Rsvp).status == "cancelled"
    page.press("Ask to come")
    assert make.row(Rsvp).status == "pending"
    assert page.sees(BY_MAIL)


def test_a_maybe_is_asked_again_and_then_asks(make, browser, htmx):
    starts_at = clock.now() + timedelta(hours=30)
    event = make.event(needs_approval=True, starts_at=starts_at)
    said = clock.now() - timedelta(days=3)
    maybe = make.rsvp(event, status="maybe", approved_at=None, created_at=said)
    assert make.due(ask_maybes_again) == 1
    assert "Ask to come" in make.mails(maybe.person.email)[0][1].text
    browser(htmx=htmx).open(f"/r/{maybe.key}").press("Ask to come")
    assert make.row(Rsvp).status == "pending"
    assert make.mails(maybe.person.email)[0][1].subject.startswith("You've asked to come")


@pytest.mark.parametrize("said", ["going", "maybe"])
def test_a_declined_guest_gets_no_place_by_a_post(make, browser, event, said):
    rsvp = make.rsvp(event, status="pending")
    page = browser().open(f"/r/{rsvp.key}")
    form = page.one("#change form")
    decide(make, approval.decline, rsvp)
    for address in (f"/r/{rsvp.key}", f"/r/{rsvp.key}/answer"):
        data = {**form_data(form), "answer": said}
        form["action"] = address
        assert page.submit(form, data).status == 409
        assert page.codes() in (["declined"], ["edited_meanwhile"])
    page.submit(form, {**form_data(form), "answer": "not_going"})
    assert make.row(Rsvp).status == "not_going"


def test_a_declined_guest_who_answers_anew_stays_declined(make, browser, event):
    ask(browser(), event).press("Show my answer", digits=digits(make))
    decide(make, approval.decline, make.row(Rsvp))
    page = ask(browser(), event)
    assert page.sees("You've asked to come, Ana Ruiz")
    assert "can't offer you a place" in make.mails(ANA["email"])[0][1].text
    page.press("Show my answer", digits=digits(make))
    assert page.sees("The hosts can't offer you a place this time.")
    assert make.row(Rsvp).status == "not_going"


def test_a_declined_guest_who_is_signed_in_is_told_it_again(make, browser, event):
    rsvp = make.rsvp(event, status="pending")
    decide(make, approval.decline, rsvp)
    page = make.signed_in(browser(), rsvp.person).open(f"/e/{event.slug}")
    assert page.sees("No place this time")
    form = browser().open(f"/e/{event.slug}").one("#rsvp form")
    own = {"email": rsvp.person.email, "csrf_token": page.one("[name=csrf_token]")["value"]}
    page.submit(form, {**form_data(form), **ANA, **own, "answer": "going"})
    assert page.sees("The hosts can't offer you a place this time.")
    assert {words.subject for _, words in make.mails()} == {"No place this time: Supper"}


def test_a_yes_to_one_address_is_none_to_the_corrected_one(make, browser, event):
    page = ask(browser(), event)
    decide(make, approval.approve, make.row(Rsvp))
    page.press("Send it to this address", email="other@example.org")
    rsvp = make.row(Rsvp)
    assert (rsvp.status, rsvp.approved_at) == ("pending", None)
    assert make.row(Event).seats_taken == 0


def test_a_no_to_one_address_is_none_to_the_corrected_one(make, browser, event):
    page = ask(browser(), event)
    decide(make, approval.decline, make.row(Rsvp))
    page.press("Send it to this address", email="other@example.org")
    assert page.sees("You've asked to come, Ana Ruiz")
    assert (make.row(Rsvp).status, make.row(Rsvp).declined_at) == ("pending", None)
    assert make.mails("other@example.org")[0][1].subject == "You've asked to come: Supper"


@pytest.mark.parametrize("known", [False, True])
def test_a_corrected_address_is_told_that_the_event_asks_by_now(make, browser, known):
    event = make.event(title="Supper")
    page = ask(browser(), event, "I'm coming")
    if known:
        make.rsvp(event, person=make.person("other@example.org"))
    with make.act():
        approval.ask_for_approval(db.session.get_one(Event, event.id), at=clock.now())
    page.press("Send it to this address", email="other@example.org")
    assert page.sees("You've asked to come, Ana Ruiz")
    statuses = sorted(row.status for row in make.rows(Rsvp))
    assert statuses == (["cancelled", "going"] if known else ["pending"])


@pytest.mark.parametrize("known", [False, True])
def test_a_corrected_address_is_told_that_the_event_asks_no_more(make, browser, event, known):
    page = ask(browser(), event)
    decide(make, approval.decline, make.row(Rsvp))
    if known:
        make.rsvp(event, person=make.person("other@example.org"))
    decide_all(make, event, ask_no_more)
    page.press("Send it to this address", email="other@example.org")
    assert page.sees("See you there, Ana Ruiz!")


def test_a_declined_guest_is_not_let_in_when_places_come_free(make, event):
    rsvp = make.rsvp(event, status="pending")
    decide(make, approval.decline, rsvp)
    with make.act():
        actions.change_capacity(db.session.get_one(Event, event.id), None, at=clock.now())
    assert make.row(Rsvp).status == "not_going"


@pytest.mark.parametrize("status", ["pending", "maybe"])
def test_the_door_denies_whom_nobody_approved(make, browser, event, status):
    rsvp = make.rsvp(event, status=status, approved_at=None)
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in").json
    assert (answer["outcome"], answer["reason"]) == ("denied", "not_approved")
    assert make.row(Rsvp).status == status


def test_the_door_lets_in_who_was_approved_and_then_unsure_and_a_walk_in(make, browser, event):
    rsvp = make.rsvp(event, status="maybe")
    door = at_door(make, browser(), event)
    assert post(door, f"/e/{event.slug}/door/{rsvp.id}/check-in").json["outcome"] == "admitted"
    walk_in = post(door, f"/e/{event.slug}/door/walk-in", name="Bea").json
    assert walk_in["outcome"] == "admitted"
    assert all(row.approved_at for row in make.rows(Rsvp))


def test_what_a_phone_admitted_alone_is_a_yes(make, browser, event):
    rsvp = make.rsvp(event, status="maybe", approved_at=None)
    door = at_door(make, browser(), event)
    code = {"code": rsvp.ticket, "offline": "1"}
    assert post(door, f"/e/{event.slug}/door/scan", **code).json["outcome"] == "admitted"
    assert make.row(Rsvp).approved_at
    assert make.row(DoorConflict).kind == "not_approved"
