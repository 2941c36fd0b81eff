"""A guest changes their answer or withdraws it; the queue moves in the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Event, Rsvp
from tests.met.evening import let_in


def own(browser, rsvp):
    return browser.open(f"/r/{rsvp.key}")


def test_the_own_page_shows_the_ticket(make, browser):
    rsvp = make.rsvp(make.event())
    page = own(browser(), rsvp)
    assert page.sees(rsvp.short_code)
    assert page.sees(f"/t/{rsvp.ticket}")
    assert page.one("#ticket svg")


def test_a_key_cut_short_shows_nothing(make, browser):
    rsvp = make.rsvp(make.event())
    assert browser().open(f"/r/{rsvp.key[:-1]}").status == 404
    assert browser().open(f"/r/{rsvp.ticket}").status == 404


def test_what_is_changed_is_saved(make, browser, htmx):
    rsvp = make.rsvp(make.event(capacity=5), listing="nobody")
    own(browser(htmx=htmx), rsvp).press("Save", name="Ana R.", companions="3", listing="everyone")
    now = make.row(Rsvp)
    assert (now.name, now.companions, now.listing) == ("Ana R.", 3, "everyone")
    assert make.row(Event).seats_taken == 4


def test_a_party_that_grows_past_the_places_stays_as_it_was(make, browser, htmx):
    rsvp = make.rsvp(make.event(capacity=2))
    page = own(browser(htmx=htmx), rsvp).press("Save", companions="4")
    assert (page.status, page.codes()) == (409, ["party_too_big"])
    assert page.one("#companions")["value"] == "4"
    assert make.row(Event).seats_taken == 1


def test_a_party_grows_no_further_than_the_event_takes_companions(make, browser, htmx):
    rsvp = make.rsvp(make.event(companions_max=1))
    page = own(browser(htmx=htmx), rsvp).press("Save", companions="2")
    assert (page.status, page.codes()) == (409, ["too_many_companions"])
    assert make.row(Rsvp).companions == 0


@pytest.mark.parametrize(
    ("capacity", "words"), [(1, "There are no more places"), (2, "Only 1 more place is left")]
)
def test_how_many_more_would_fit_is_told(make, browser, capacity, words):
    page = own(browser(), make.rsvp(make.event(capacity=capacity)))
    assert page.press("Save", companions="4").sees(words)


def test_a_cancellation_promotes_the_first_who_fits_and_mails_them(make, browser, htmx):
    event = make.event(capacity=2)
    leaving = make.rsvp(event, companions=0)
    make.rsvp(event, "Stays")
    make.rsvp(event, "Large", status="waitlisted", companions=3)
    make.rsvp(event, "Fits", status="waitlisted")
    make.rsvp(event, "Late", status="waitlisted")
    page = own(browser(htmx=htmx), leaving).press("Cancel my place")
    assert page.sees("You're not coming")
    assert {row.name for row in make.rows(Rsvp, status="going")} == {"Stays", "Fits"}
    assert make.row(Event).seats_taken == 2
    promoted = [words.subject for row, words in make.mails() if "promoted" in row.template]
    assert promoted == [f"You have a place: {event.title}"]


@pytest.mark.parametrize(
    ("status", "button", "words"),
    [
        ("going", "Cancel my place", "Your place goes to the next person on the waitlist."),
        ("waitlisted", "Leave the waitlist", "You'll leave the waitlist."),
        ("pending", "Withdraw my answer", "The hosts won't have to decide."),
    ],
)
def test_what_withdrawing_gives_up_is_told(make, browser, status, button, words):
    page = own(browser(), make.rsvp(make.event(capacity=1), status=status))
    assert page.sees(words)
    page.press(button)
    assert make.row(Rsvp).status == "cancelled"


def test_cancelling_twice_frees_the_places_once(make, browser):
    event = make.event(capacity=5)
    make.rsvp(event, "Other", companions=1)
    rsvp = make.rsvp(event)
    page = own(browser(), rsvp)
    form = page.page.find("button", string="Cancel my place").find_parent("form")
    token = {"csrf_token": form.find(attrs={"name": "csrf_token"})["value"]}
    page.submit(form, token)
    page.submit(form, token)
    assert make.row(Event).seats_taken == 2


def test_who_cancelled_may_come_after_all(make, browser, htmx):
    rsvp = make.rsvp(make.event(capacity=1))
    page = own(browser(htmx=htmx), rsvp).press("Cancel my place")
    page.press("I'm coming after all")
    assert make.row(Rsvp).status == "going"
    assert make.row(Event).seats_taken == 1


def test_nothing_changes_once_the_event_is_over(make, browser):
    rsvp = make.rsvp(make.event(capacity=1))
    page = own(browser(), rsvp)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        page.press("Cancel my place")
    assert page.codes() == ["rsvp_closed"]
    assert make.row(Rsvp).status == "going"


def test_opening_the_page_confirms_nothing(make, browser):
    rsvp = make.rsvp(make.event(), confirmed_at=None, listing="everyone")
    own(browser(), rsvp)
    assert make.row(Rsvp).confirmed_at is None
    own(browser(), rsvp).press("Nobody")
    assert make.row(Rsvp).confirmed_at


def test_who_was_never_asked_answers_with_one_tap(make, browser, htmx):
    rsvp = make.rsvp(make.event(), confirmed_at=None, source="import", source_ref="1")
    own(browser(htmx=htmx), rsvp).press("The other people coming")
    assert make.row(Rsvp).listing == "attendees"
    assert make.row(Rsvp).confirmed_at


@pytest.mark.parametrize(
    "about",
    [
        {"listing": None},
        {"confirmed_at": None, "listing": "everyone"},
        {"confirmed_at": None, "source": "import", "source_ref": "1"},
        {"listing": "nobody"},
        {"status": "not_going", "listing": None},
    ],
)
def test_who_may_see_them_is_asked_once(make, browser, about):
    page = own(browser(), make.rsvp(make.event(), **about))
    asked = {choice.find_parent("form")["action"] for choice in page.page.select("[name=listing]")}
    assert len(asked) == 1


def test_what_others_said_of_who_may_see_them_is_not_saved_with_the_rest(make, browser, htmx):
    rsvp = make.rsvp(make.event(), confirmed_at=None, listing="everyone")
    page = own(browser(htmx=htmx), rsvp).press("Save", ask_me_about="bread")
    now = make.row(Rsvp)
    assert (now.listing, now.ask_me_about, now.is_confirmed) == (None, "bread", True)
    page.press("Nobody")
    page.press("Save", ask_me_about="rye")
    assert (make.row(Rsvp).listing, make.row(Rsvp).ask_me_about) == ("nobody", "rye")


@pytest.mark.parametrize("status", ["going", "maybe", "not_going", "cancelled", "pending"])
def test_what_others_said_of_a_guest_is_neither_shown_nor_saved_as_theirs(
    make, browser, htmx, status
):
    lines = {"ask_me_about": "typed by a stranger", "want_to_learn": "typed by a stranger"}
    lines["looking_for"] = "typed by a stranger"
    more = {"hosts_since": clock.now(), "badge_tells": True, "listing": "everyone", **lines}
    rsvp = make.rsvp(make.event(), status=status, confirmed_at=None, **more)
    page = own(browser(htmx=htmx), rsvp)
    assert not page.page.select("#change :checked, #change [checked]")
    assert not page.sees("typed by a stranger")
    page.press("I'm coming after all" if rsvp.answer == "not_going" else "Save")
    now = make.row(Rsvp)
    assert now.is_confirmed
    assert (now.listing, now.ask_me_about, now.want_to_learn) == (None, "", "")
    assert now.looking_for == ""
    assert (now.hosts_since, now.badge_tells) == (None, False)


@pytest.mark.parametrize("status", ["going", "not_going"])
def test_what_the_guest_chooses_instead_is_saved(make, browser, status):
    rsvp = make.rsvp(make.event(), status=status, confirmed_at=None, listing="everyone")
    page = own(browser(), rsvp)
    if status == "going":
        page.press("The other people coming")
    else:
        page.press("I'm coming after all", listing="attendees")
    assert make.row(Rsvp).listing == "attendees"


@pytest.mark.parametrize("capacity", ["3", ""])
def test_more_places_let_in_who_waits(make, browser, capacity):
    community = make.community()
    event = make.event(community, capacity=1)
    make.rsvp(event)
    make.rsvp(event, "Beto", status="waitlisted", companions=1)
    olga = make.organiser(community)
    make.signed_in(browser(), olga).open(f"/o/e/{event.slug}").press(
        "Change the places", capacity=capacity
    ).press("Yes, and send the email")
    assert not make.rows(Rsvp, status="waitlisted")
    assert make.row(Event).seats_taken == 3


def test_fewer_places_than_are_taken_are_refused(make, browser):
    community = make.community()
    event = make.event(community, capacity=5)
    make.rsvp(event, companions=2)
    page = make.signed_in(browser(), make.organiser(community)).open(f"/o/e/{event.slug}")
    page.press("Change the places", capacity="2")
    assert page.codes() == ["capacity_below_taken"]
    assert make.row(Event).capacity == 5


@pytest.mark.parametrize("typed", ["0", "-3", "many", "2000000"])
def test_what_is_no_capacity_is_said_beside_it_and_kept(make, browser, htmx, typed):
    community = make.community()
    event = make.event(community, capacity=5)
    page = make.signed_in(browser(htmx=htmx), make.organiser(community))
    page.open(f"/o/e/{event.slug}").press("Change the places", capacity=typed)
    assert (page.status, page.codes()) == (422, ["capacity"])
    assert page.one("#places [name=capacity]")["value"] == typed
    page.press("Change the places", capacity="9")
    assert (page.url, make.row(Event).capacity) == (f"/o/e/{event.slug}", 9)


@pytest.mark.parametrize("who", ["stranger", "other organiser"])
def test_places_are_the_organisers(make, browser, who):
    community = make.community()
    event = make.event(community, capacity=5)
    page = browser().open("/sign-in")
    if who == "other organiser":
        make.signed_in(page, make.organiser(make.community()))
    token = page.page.find(attrs={"name": "csrf_token"})["value"]
    answer = page.client.post(
        f"/o/e/{event.slug}/places", data={"capacity": "9", "csrf_token": token}
    )
    assert answer.status_code == (303 if who == "stranger" else 404)
    assert make.row(Event).capacity == 5


def test_who_has_been_let_in_keeps_the_place(make, browser):
    event = make.event(capacity=1)
    rsvp = make.rsvp(event)
    page = own(browser(), rsvp)
    let_in(make, rsvp)
    page.press("Cancel my place")
    assert page.codes() == ["already_in"]
    assert not own(browser(), rsvp).page.select("form[action$='/cancel']")
    assert make.row(Rsvp).status == "going"
    assert make.row(Event).seats_taken == 1
