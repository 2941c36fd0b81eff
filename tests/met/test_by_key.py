"""/r/<key>/met: the form as the mail opens it, in any browser, without signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import update

from eventapp.account.actions import forget_old_sessions
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.met.actions import ask_who_they_met
from eventapp.model import Encounter, Event, Rsvp, Session
from tests.browser import Browser
from tests.contacts.evening import card, met, noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night, post, press, row_of


def from_the_mail(make: Make, browser: Any, rsvp: Rsvp, *, htmx: bool = False) -> Browser:
    """Another browser than ever before, at the link of their morning-after mail."""
    make.due(ask_who_they_met)
    [(mail, _)] = make.mails(rsvp.person.email)
    page: Browser = browser(htmx=htmx)
    return page.open(mail.values["url"])


def signed_in(make: Make, page: Browser, rsvp: Rsvp, *, days_ago: int = 0) -> Browser:
    with time_machine.travel(clock.now() - timedelta(days=days_ago)):
        return page.open(make.sign_in_link(rsvp.person)).press("Sign in")


def asks_the_mailbox(page: Browser) -> bool:
    page.press("To my contacts")
    return bool(page.page.find("input", attrs={"name": "digits"}))


def test_eight_people_take_a_tap_each_and_one_for_the_link(
    make: Make, browser: Any, htmx: bool
) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana Ruiz", listing="attendees")
    others = [make.rsvp(event, f"Guest {number}", listing="attendees") for number in range(8)]
    page = from_the_mail(make, browser, ana, htmx=htmx)
    assert page.url == f"/r/{ana.key}/met"
    assert page.guests() == [other.name for other in others]
    for other in others:
        press(page, other, "We met")
    assert {row.met_id for row in make.rows(Encounter)} == {other.id for other in others}
    assert not make.rows(Session)


def test_whom_nobody_can_find_chooses_on_the_spot(make: Make, browser: Any, htmx: bool) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana Ruiz", listing="nobody")
    make.rsvp(event, "Bea Gil", listing="attendees")
    page = from_the_mail(make, browser, ana, htmx=htmx)
    assert page.sees("Nobody can find you here")
    page.press("Show me to other guests")
    assert page.url == f"/r/{ana.key}/met"
    assert page.guests() == ["Bea Gil"]
    assert not page.sees("Nobody can find you here")
    assert make.row(Rsvp, id=ana.id).listing == "attendees"


def test_somebody_else_who_is_signed_in_is_told_for_whom_they_answer(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    words = "You're answering as"
    assert not browser().open(f"/r/{ana.key}/met").sees(words)
    assert not make.signed_in(browser(), ana.person).open(f"/r/{ana.key}/met").sees(words)
    theirs = make.signed_in(browser(), bea.person).open(f"/r/{ana.key}/met")
    assert theirs.sees(f"{words} {ana.name}")


def test_it_says_takes_back_notes_and_answers(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    carla = make.rsvp(ana.event, "Carla", listing="attendees")
    noted(make, carla, ana)
    page = from_the_mail(make, browser, ana, htmx=htmx)
    press(page, carla, "Not now")
    assert make.row(Encounter).declined_at
    press(page, bea, "We met")
    press(page, bea, "Save the note", note="Likes Rust")
    assert make.row(Encounter, noter_id=ana.id).note == "Likes Rust"
    press(page, bea, "Forget")
    assert [row.noter_id for row in make.rows(Encounter)] == [carla.id]


def test_opening_it_changes_nothing(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, imma = make.rsvp(event, "Ana"), make.rsvp(event, "Imma", listing=None, confirmed_at=None)
    for _ in range(2):
        for rsvp in (ana, imma):
            from_the_mail(make, browser, rsvp)
    assert not make.rows(Session)
    assert make.row(Rsvp, id=imma.id).confirmed_at is None


# What it does not show


def test_it_shows_no_card_and_leads_to_no_download(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    card(make, bea.person, shared=["email", "phone", "web"], phone="+34600000009")
    met(make, ana, bea)
    page = from_the_mail(make, browser, ana)
    assert "You both met" in words_of(row_of(page, bea))
    source = str(page.page)
    for secret in (bea.person.email, "+34600000009", "bea.example.org", bea.key):
        assert secret not in source
    assert not page.page.select("main a[href^='mailto:'], main a[href^='tel:'], a[href*='.vcf']")
    for private in ("/contacts", "/contacts.vcf", "/contacts.csv", "/me/export", "/me/card"):
        assert page.client.get(private).status_code == 303, "sign in"


def test_an_address_that_nobody_confirmed_is_shown_nobody_until_a_tap_proves_it(
    make: Make, browser: Any, htmx: bool
) -> None:
    event = last_night(make)
    imma = make.rsvp(event, "Imma", listing="everyone", ask_me_about="x", confirmed_at=None)
    bea = make.rsvp(event, "Bea", listing="attendees")
    page = from_the_mail(make, browser, imma, htmx=htmx)
    assert page.sees("as “Imma”")
    assert page.guests() == []
    assert post(page, f"/r/{imma.key}/met/{bea.id}") == 303
    assert make.rows(Encounter) == []
    page.press("The others who were there")
    assert page.guests() == ["Bea"]
    proven = make.row(Rsvp, id=imma.id)
    assert (proven.listing, proven.ask_me_about) == ("attendees", ""), "not what a stranger typed"


def test_a_key_reaches_no_further_than_its_own_event(make: Make, browser: Any) -> None:
    event, other = last_night(make), last_night(make)
    ana, bea = make.rsvp(event, "Ana"), make.rsvp(event, "Bea", listing="attendees")
    elsewhere = make.rsvp(other, "Eva", listing="everyone")
    page = from_the_mail(make, browser, ana)
    assert page.guests() == ["Bea"]
    assert post(page, f"/r/{ana.key}/met/{elsewhere.id}") == 404
    assert post(page, f"/r/{ana.key}/met/{bea.id}") == 303


# A way on, whatever became of it


def test_who_withdrew_is_told_so_and_led_to_their_answer(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana", status="cancelled")
    page = browser().open(f"/r/{ana.key}/met")
    assert page.status == 403
    assert page.follow("Your answer").url == f"/r/{ana.key}"


def test_a_renewed_key_says_so_and_leads_to_the_sign_in(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    with make.act():
        db.session.execute(update(Rsvp).values(key="k" * 22))
    page = browser().open(f"/r/{ana.key}/met")
    assert (page.status, page.sees("This link no longer works")) == (404, True)
    assert page.follow("Sign in").url.startswith("/sign-in")


@pytest.mark.parametrize(
    ("change", "words", "code"),
    [
        ({"called_off_at": clock.now()}, "This event was called off", "met_called_off"),
        ({"met_closes_days_after": 0}, "This closed on", "met_closed"),
    ],
)
def test_what_is_over_says_so_and_takes_nothing_more(
    make: Make, browser: Any, change: dict[str, Any], words: str, code: str
) -> None:
    event = last_night(make)
    ana, bea = make.rsvp(event, "Ana"), make.rsvp(event, "Bea", listing="attendees")
    page = from_the_mail(make, browser, ana)
    token = page.page.select_one("[name=csrf_token]")["value"]
    with make.act():
        db.session.execute(update(Event).values(**change))
    answer = page.client.post(f"/r/{ana.key}/met/{bea.id}", data={"csrf_token": token})
    assert (answer.status_code, code in answer.text) == (409, True)
    assert page.open(page.url).sees(words)
    assert page.page.select("main a.button")


def test_a_guest_without_a_mailbox_has_no_form(make: Make, browser: Any) -> None:
    wally = make.rsvp(last_night(make), "Wally", person=None)
    assert browser().open(f"/r/{wally.key}/met").status == 404


# On to the contacts


def test_from_a_browser_that_is_known_one_tap_signs_in(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    page = signed_in(make, browser(), ana, days_ago=100)
    assert page.client.get_cookie("sid").max_age == timedelta(days=365).total_seconds()
    assert page.open("/contacts").url.startswith("/sign-in"), "the session is over"
    assert make.due(forget_old_sessions) == 0
    page.open(f"/r/{ana.key}/met").press("To my contacts")
    assert page.url == "/contacts"


def test_a_year_later_it_is_known_no_more(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    page = signed_in(make, browser(), ana, days_ago=366)
    assert asks_the_mailbox(page.open(f"/r/{ana.key}/met"))


@pytest.mark.parametrize("button", ["Sign out", "Sign out everywhere", "Sign out there: A browser"])
def test_a_browser_that_was_signed_out_is_not_known(make: Make, browser: Any, button: str) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    page = signed_in(make, browser(), ana)
    other = page if button == "Sign out" else make.signed_in(browser(), ana.person)
    other.open("/me").press(button)
    assert asks_the_mailbox(page.open(f"/r/{ana.key}/met"))


def test_signing_out_everywhere_also_ends_what_a_browser_is_known_by(
    make: Make, browser: Any
) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    page = signed_in(make, browser(), ana, days_ago=100)
    make.signed_in(browser(), ana.person).open("/me").press("Sign out everywhere")
    assert asks_the_mailbox(page.open(f"/r/{ana.key}/met"))


def test_from_any_other_browser_the_mailbox_is_asked(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, bea = make.rsvp(event, "Ana"), make.rsvp(event, "Bea")
    theirs = browser().open(make.sign_in_link(bea.person)).press("Sign in")
    for page in (browser(), theirs):
        page.open(f"/r/{ana.key}/met").press("To my contacts")
        assert page.page.find("input", attrs={"name": "digits"})
        mail, _ = make.mails(ana.person.email)[0]
        page.press("Sign in", digits=mail.values["digits"])
        assert page.url == "/contacts"


def test_where_one_is_signed_in_it_asks_nothing(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    page = make.signed_in(browser(), ana.person).open(f"/r/{ana.key}/met")
    assert page.press("To my contacts").url == "/contacts"
    assert make.mails(ana.person.email) == []


def test_a_key_a_year_later_still_says_where_to_go(make: Make, browser: Any) -> None:
    ana = make.rsvp(make.event(starts_at=clock.now() - timedelta(days=365)), "Ana")
    page = browser().open(f"/r/{ana.key}/met")
    assert page.sees("This closed on")
    assert page.follow("Your contacts").url.startswith("/sign-in")
