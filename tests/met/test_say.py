"""Saying "we met": one tap each, and what was agreed crosses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.attendees.queries import viewer_of
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.events.queries import published_event
from eventapp.met import actions
from eventapp.met.queries import Attendee, meeting_with
from eventapp.model import Encounter, Person, Rsvp
from tests.contacts.evening import card
from tests.html import words_of
from tests.make import Make
from tests.met.evening import (
    last_night,
    let_in,
    looking_back,
    mails_of_the_day,
    post,
    press,
    row_of,
)


def test_both_say_so_and_their_cards_cross(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    card(make, ana.person, shared=["email"])
    card(make, bea.person, shared=["phone", "web"], phone="+34600000009")
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "We met")
    assert words_of(row_of(page, bea).select_one(".tap-mark")) == "We met"
    assert "You said you met" in words_of(row_of(page, bea))
    assert not page.sees("+34600000009")
    hers = press(looking_back(make, browser, bea, htmx=htmx), ana, "Yes, we met")
    assert "You both met" in words_of(row_of(hers, ana))
    assert ana.person.email in words_of(row_of(hers, ana))
    assert "+34600000001" not in words_of(row_of(hers, ana))
    page.open(f"/e/{ana.event.slug}/met")
    row = row_of(page, bea)
    assert "You both met" in words_of(row)
    assert row.select_one("a[href='tel:+34600000009']")
    assert row.select_one("a[href='https://bea.example.org']")
    assert bea.person.email not in words_of(row)
    assert page.follow("Take the card home").url == "/contacts"


def test_the_one_named_is_mailed_once_and_lands_on_the_page(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = looking_back(make, browser, ana)
    for _ in range(2):
        press(page, bea, "We met")
        press(page, bea, "Forget")
    press(page, bea, "We met")
    assert make.mails() == []
    assert mails_of_the_day(make) == 1
    assert mails_of_the_day(make, 2) == 0
    assert make.mails(ana.person.email) == []
    [(mail, words)] = make.mails(bea.person.email)
    assert words.subject == "Ana Ruiz says you two met. Did you?"
    assert "Ana Ruiz says you two met at Beers." in words.text
    hers = browser().open(mail.values["asking"][0]["url"])
    assert hers.url == f"/r/{bea.key}/met?who={ana.id}"
    press(hers, ana, "Yes, we met")
    mails_of_the_day(make)
    [(_, words)] = make.mails(ana.person.email)
    assert words.subject == "Bea Gil says so too: you met"
    assert len(make.mails()) == 2


def test_a_mail_is_in_the_language_of_who_reads_it(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="attendees")
    bea = make.rsvp(event, "Bea", listing="attendees", language="es")
    press(looking_back(make, browser, ana), bea, "We met")
    mails_of_the_day(make)
    [(mail, _)] = make.mails(bea.person.email)
    assert mail.language == "es"


def test_a_guest_without_a_mailbox_is_noted_and_not_mailed(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana")
    wally = make.rsvp(event, "W", person=None, listing="everyone", confirmed_at=clock.now())
    page = press(looking_back(make, browser, ana), wally, "We met")
    assert "You said you met" in words_of(row_of(page, wally))
    assert mails_of_the_day(make) == 0
    assert make.mails() == []


# Once is enough


def test_a_double_tap_says_it_once(make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]) -> None:
    ana, bea = pair
    page = looking_back(make, browser, ana)
    for _ in range(3):
        assert post(page, f"/e/{ana.event.slug}/met/{bea.id}") == 303
    assert len(make.rows(Encounter)) == 1
    mails_of_the_day(make)
    assert len(make.mails()) == 1


def test_taps_at_the_same_moment_say_it_once_in_each_direction(
    app: Flask, make: Make, pair: tuple[Rsvp, Rsvp]
) -> None:
    def tap(pair: tuple[Rsvp, Rsvp]) -> None:
        me, them = pair
        with app.app_context():
            event, person = published_event(me.event.slug), db.session.get_one(Person, me.person_id)
            viewer = viewer_of(event, person)
            with transaction():
                guest = Attendee(event, person, viewer.rsvp, viewer)
                other = meeting_with(guest, them.id).them
                actions.say_we_met(guest, other, at=clock.now(), note={})

    ana, bea = pair
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tap, [(ana, bea), (bea, ana)] * 8))
    rows = make.rows(Encounter)
    assert {(row.noter_id, row.met_id) for row in rows} == {(ana.id, bea.id), (bea.id, ana.id)}
    assert len(rows) == 2
    mails_of_the_day(make)
    assert len(make.mails()) == 1, "who said so first hears that the other did"


# Whom, and when


def test_whom_one_may_not_see_is_not_there(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana")
    came = make.rsvp(event, "Came", listing="attendees")
    hidden = [
        make.rsvp(event, "Nobody", listing="nobody"),
        make.rsvp(event, "Unasked", listing=None),
        make.rsvp(event, "Unconfirmed", listing="everyone", confirmed_at=None),
        make.rsvp(event, "Cancelled", listing="everyone", status="cancelled"),
        make.rsvp(event, "Stayed at home", listing="everyone"),
        make.rsvp(last_night(make), "Elsewhere", listing="everyone"),
        ana,
    ]
    let_in(make, ana, came, *hidden[:3])
    page = looking_back(make, browser, ana)
    for rsvp_id in [*(rsvp.id for rsvp in hidden), 0, 10**9, 10**30]:
        for act in ("", "/forget", "/decline"):
            assert post(page, f"/e/{event.slug}/met/{rsvp_id}{act}") == 404
    assert make.rows(Encounter) == []
    assert make.mails() == []


def test_one_who_is_not_listed_is_named_once_they_named_me(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="attendees")
    zoe = make.rsvp(event, "Zoe", listing="nobody")
    press(looking_back(make, browser, zoe), ana, "We met")
    page = press(looking_back(make, browser, ana), zoe, "Yes, we met")
    assert "You both met" in words_of(row_of(page, zoe))


@pytest.mark.parametrize(
    ("starts", "code"),
    [(timedelta(minutes=1), "met_not_open"), (-timedelta(days=61), "met_closed")],
)
def test_outside_the_window_it_is_refused(
    make: Make, browser: Any, starts: timedelta, code: str
) -> None:
    event = make.event(starts_at=clock.now() + starts)
    ana, bea = (make.rsvp(event, name, listing="everyone") for name in ("Ana", "Bea"))
    page = make.signed_in(browser(), ana.person).open("/me")
    assert post(page, f"/e/{event.slug}/met/{bea.id}") == 409
    assert make.rows(Encounter) == []
    assert (
        code
        in page.client.post(
            f"/e/{event.slug}/met/{bea.id}",
            data={"csrf_token": page.page.find(attrs={"name": "csrf_token"})["value"]},
        ).text
    )


def test_strangers_and_organisers_can_say_nothing(make: Make, browser: Any) -> None:
    community = make.community()
    event = last_night(make, community=community)
    bea = make.rsvp(event, "Bea", listing="everyone")
    stranger = browser().open("/sign-in")
    organiser = make.signed_in(browser(), make.organiser(community)).open("/me")
    for act in ("", "/forget", "/decline"):
        assert post(stranger, f"/e/{event.slug}/met/{bea.id}{act}") == 303
        assert post(organiser, f"/e/{event.slug}/met/{bea.id}{act}") == 403
    assert make.rows(Encounter) == []


def test_a_post_without_its_token_is_refused(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = looking_back(make, browser, ana)
    assert page.client.post(f"/e/{ana.event.slug}/met/{bea.id}").status_code == 400
    assert make.rows(Encounter) == []


@pytest.mark.parametrize("page", ["/contacts", "/me"])
def test_the_other_finds_the_question_on_their_own_pages(make, browser, pair, page):
    ana, bea = pair
    press(looking_back(make, browser, ana), bea, "We met")
    theirs = make.signed_in(browser(), bea.person).open(page)
    assert theirs.one("[data-questions]")["data-questions"] == "1"
    press(theirs.follow("Did you?"), ana, "Yes, we met")
    for person in (ana.person, bea.person):
        answered = make.signed_in(browser(), person).open(page)
        assert not answered.page.select("[data-questions]")
