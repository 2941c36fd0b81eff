"""Who proves that an address is theirs decides, by the form that they filled in themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, MailedCode, Person, Rsvp
from eventapp.rsvp.queries import finish_address
from tests.door.helpers import at_door

pytestmark = pytest.mark.both_databases

ANA = "ana@example.org"
STRANGERS = {
    "name": "Made Up",
    "email": ANA,
    "companions": "5",
    "listing": "everyone",
    "ask_me_about": "made up words",
    "want_to_learn": "more of them",
}
OWN = {"name": "Ana Ruiz", "email": ANA, "companions": "1", "ask_me_about": "bread"}


def answer(browser, event, **fields):
    return browser.open(f"/e/{event.slug}").press("I'm coming", **fields)


def digits(make):
    """Of the newest mail."""
    return make.mails(ANA)[0][0].values["digits"]


def people(browser, event):
    return browser().open(f"/e/{event.slug}/people")


def test_an_unproven_answer_shows_nothing_to_anybody(make, browser):
    event = make.event()
    answer(browser(), event, **STRANGERS)
    rsvp = make.row(Rsvp)
    assert (rsvp.listing, rsvp.ask_me_about, rsvp.want_to_learn) == (None, "", "")
    assert not people(browser, event).guests()


def test_the_digits_have_the_form_of_their_own_page_decide(make, browser, htmx):
    event = make.event(capacity=10)
    stranger, ana = browser(htmx=htmx), browser(htmx=htmx)
    answer(stranger, event, **STRANGERS)
    answer(ana, event, **OWN, listing="nobody").press("Show my ticket", digits=digits(make))
    rsvp = make.row(Rsvp)
    assert ana.url == f"/r/{rsvp.key}"
    assert (rsvp.name, rsvp.companions, rsvp.listing) == ("Ana Ruiz", 1, "nobody")
    assert (rsvp.ask_me_about, rsvp.want_to_learn) == ("bread", "")
    assert make.row(Person).name == "Ana Ruiz"
    assert make.row(Event).seats_taken == 2


def test_the_strangers_form_does_not_come_back_afterwards(make, browser):
    event = make.event(capacity=10)
    ana, stranger = browser(), browser()
    answer(ana, event, **OWN, listing="attendees").press("Show my ticket", digits=digits(make))
    answer(stranger, event, **STRANGERS)
    stranger.press("Show my ticket", digits="000000")
    rsvp = make.row(Rsvp)
    assert (rsvp.name, rsvp.listing, rsvp.companions) == ("Ana Ruiz", "attendees", 1)


def test_a_later_form_of_ones_own_decides_anew(make, browser):
    event = make.event()
    for listing in ("everyone", "nobody"):
        phone = answer(browser(), event, **OWN, listing=listing)
        phone.press("Show my ticket", digits=digits(make))
        assert make.row(Rsvp).listing == listing
    assert not people(browser, event).guests()


def test_of_two_browsers_the_one_whose_digits_are_typed_decides(make, browser):
    event = make.event()
    phone = answer(browser(), event, **OWN, listing="everyone")
    first = digits(make)
    answer(browser(), event, **{**OWN, "name": "Ana R."}, listing="nobody")
    phone.press("Show my ticket", digits=first)
    assert (make.row(Rsvp).name, make.row(Rsvp).listing) == ("Ana Ruiz", "everyone")


def test_the_key_alone_proves_the_address_and_asks_who_may_see_them(make, browser, htmx):
    event = make.event()
    answer(browser(), event, **STRANGERS)
    ana = browser(htmx=htmx).open(f"/r/{make.row(Rsvp).key}")
    assert ana.sees("Is this your RSVP?")
    assert not ana.page.select("#change [checked]")
    assert ana.one("#ask_me_about").get("value", "") == ""
    ana.press("The other people coming")
    rsvp = make.row(Rsvp)
    assert (rsvp.listing, rsvp.ask_me_about, rsvp.is_confirmed) == ("attendees", "", True)


def test_an_rsvp_of_before_leaves_no_listing_or_words_of_who_proved_nothing(make, browser):
    event = make.event()
    rsvp = make.rsvp(event, confirmed_at=None, listing="everyone", ask_me_about="made up")
    ana = browser().open(f"/r/{rsvp.key}")
    token = ana.one("#confirm [name=csrf_token]")["value"]
    ana.client.post(f"/r/{rsvp.key}/confirm", data={"csrf_token": token})
    now = make.row(Rsvp)
    assert (now.listing, now.ask_me_about, now.is_confirmed) == (None, "", True)


def test_cancelling_by_the_key_lists_nobody(make, browser):
    event = make.event()
    answer(browser(), event, **STRANGERS)
    browser().open(f"/r/{make.row(Rsvp).key}").press("Cancel my place")
    assert (make.row(Rsvp).status, make.row(Rsvp).listing) == ("cancelled", None)
    assert make.row(Event).seats_taken == 0


def test_signing_in_lists_nobody(make, browser):
    event = make.event()
    answer(browser(), event, **STRANGERS)
    ana = browser().open(make.sign_in_link(make.row(Person))).press("Sign in")
    assert ana.open(f"/e/{event.slug}/people").guests() == ["Made Up"]  # oneself
    assert not people(browser, event).guests()


def test_who_only_signed_in_is_told_under_which_name_they_say_whom_they_met(make, browser):
    event = make.event(starts_at=clock.now() - timedelta(minutes=5))
    answer(browser(), event, **STRANGERS)
    ana = browser().open(make.sign_in_link(make.row(Person))).press("Sign in")
    ana.open(f"/e/{event.slug}/met")
    assert ana.sees("You're here as “Made Up”")


def test_who_is_signed_in_decides_at_once(make, browser, htmx):
    event = make.event(capacity=10)
    answer(browser(), event, **STRANGERS)
    ana = browser(htmx=htmx).open(f"/e/{event.slug}")
    other = browser().open(make.sign_in_link(make.row(Person))).press("Sign in")
    ana.client.set_cookie("sid", other.client.get_cookie("sid").value)  # meanwhile, in another tab
    ana.press("I'm coming", **OWN, listing="attendees")
    rsvp = make.row(Rsvp)
    assert ana.url == f"/r/{rsvp.key}"
    assert (rsvp.name, rsvp.listing, rsvp.ask_me_about) == ("Ana Ruiz", "attendees", "bread")
    assert make.row(Event).seats_taken == 2


def test_who_cancelled_comes_after_all_by_the_digits(make, browser):
    event = make.event(capacity=3)
    rsvp = make.rsvp(event, person=make.person(ANA), status="cancelled")
    phone = answer(browser(), event, **OWN)
    assert make.row(Rsvp, id=rsvp.id).status == "cancelled"
    phone.press("Show my ticket", digits=digits(make))
    assert make.row(Rsvp, id=rsvp.id).status == "going"
    assert make.row(Event).seats_taken == 2


def test_the_party_grows_as_far_as_there_is_room_and_that_is_said(make, browser, htmx):
    event = make.event(capacity=5)
    make.rsvp(event, "Somebody else")
    answer(browser(), event, name="Made Up", email=ANA)
    phone = answer(browser(htmx=htmx), event, **{**OWN, "companions": "2"})
    make.rsvp(event, "Two more", companions=1)
    phone.press("Show my ticket", digits=digits(make))
    assert make.row(Rsvp, name="Ana Ruiz").companions == 1
    assert phone.sees("There was no place for 1 of your companions")
    assert make.row(Event).seats_taken == 5


def test_a_party_that_shrinks_lets_in_who_waits(make, browser):
    event = make.event(capacity=6)
    answer(browser(), event, **STRANGERS)
    make.rsvp(event, "Beto", status="waitlisted")
    phone = browser().open(f"/e/{event.slug}").press("Put me on the waitlist", **OWN)
    phone.press("Show my answer", digits=digits(make))
    assert make.row(Rsvp, name="Beto").status == "going"
    assert make.row(Event).seats_taken == 3


def test_the_browser_that_filled_it_in_finds_its_own_form_behind_the_key(make, browser):
    event = make.event()
    phone = answer(browser(), event, **OWN, listing="attendees")
    elsewhere = browser().open(f"/r/{make.row(Rsvp).key}")
    assert elsewhere.one("#ask_me_about").get("value", "") == ""
    phone.open(f"/r/{make.row(Rsvp).key}").press("Save")
    rsvp = make.row(Rsvp)
    assert (rsvp.listing, rsvp.ask_me_about, rsvp.is_confirmed) == ("attendees", "bread", True)


def test_a_walk_in_with_somebody_elses_address_says_nothing_for_them(make, browser):
    event = make.event()
    door = at_door(make, browser(), event)
    door.press("Add and let in", name="Stranger")
    with make.app.app_context():
        address = finish_address(make.row(Rsvp).id)
    typed = {name: STRANGERS[name] for name in STRANGERS if name != "companions"}
    browser().open(address).press("That's me", **typed)
    ana = browser().open(f"/r/{make.row(Rsvp).key}").press("The other people coming")
    assert ana.sees("Stranger")
    rsvp = make.row(Rsvp)
    assert (rsvp.name, rsvp.ask_me_about) == ("Stranger", "")


def test_digits_typed_after_the_rsvps_closed_still_decide_who_sees_them(make, browser):
    closes = clock.now() + timedelta(minutes=1)
    event = make.event(capacity=10, rsvp_closes_at=closes)
    answer(browser(), event, **STRANGERS)
    phone = answer(browser(), event, **OWN, listing="nobody")
    with make.act():
        db.session.get_one(Event, event.id).rsvp_closes_at = clock.now()
    phone.press("Show my ticket", digits=digits(make))
    rsvp = make.row(Rsvp)
    assert (rsvp.listing, rsvp.name, rsvp.companions) == ("nobody", "Ana Ruiz", 5)


def digits_of_an_rsvp_given_up(make, browser, event):
    """Sent twice with a mistyped address, let in, and corrected on the first of the two pages, for
    somebody who has an RSVP. Returns the second page, and the digits mailed for it.
    """
    make.rsvp(event, "Ana Ruiz", person=make.person(ANA))
    phone, mistyped = browser(), {"name": "Anna", "email": "anna@example.org"}
    first = answer(phone, event, **mistyped).url
    phone.client.delete_cookie("answered")
    second = answer(phone, event, **mistyped).url
    at_door(make, browser(), event).search("Anna").press("Check in Anna")
    phone.open(first).press("Send it to this address", email=ANA)
    assert make.row(Rsvp, name="Anna").person_id is None
    return phone.open(second), make.mails("anna@example.org")[0][0].values["digits"]


def test_digits_of_an_rsvp_that_was_given_up_meanwhile_make_another(make, browser):
    event = make.event()
    page, digits = digits_of_an_rsvp_given_up(make, browser, event)
    page.press("Show my ticket", digits=digits)
    rsvp = make.row(Rsvp, person_id=make.row(Person, email="anna@example.org").id)
    assert page.url == f"/r/{rsvp.key}"
    assert (rsvp.name, rsvp.status, rsvp.is_confirmed) == ("Anna", "going", True)


def test_not_after_the_rsvps_closed(make, browser):
    event = make.event()
    page, digits = digits_of_an_rsvp_given_up(make, browser, event)
    with make.act():
        db.session.get_one(Event, event.id).rsvp_closes_at = clock.now()
    page.press("Show my ticket", digits=digits)
    assert page.codes() == ["rsvp_closed"]
    assert len(make.rows(Rsvp)) == 2


def test_digits_mailed_before_forms_were_kept_confirm_alone(make, browser):
    event = make.event()
    phone = answer(browser(), event, **STRANGERS)
    with make.act():
        code = db.session.get_one(MailedCode, make.row(MailedCode).id)
        code.typed = {name: code.typed[name] for name in ("party", "status")}
    phone.press("Show my ticket", digits=digits(make))
    rsvp = make.row(Rsvp)
    assert phone.url == f"/r/{rsvp.key}"
    assert (rsvp.name, rsvp.listing, rsvp.is_confirmed) == ("Made Up", None, True)
