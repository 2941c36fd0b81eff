"""Scanning a badge: the two who were there may say they met; nobody else learns anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.links import new_secret
from eventapp.model import DoorLog, Encounter, Rsvp
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night, let_in, press, row_of

Browsers = Callable[..., Browser]
NEUTRAL = "This is the code of a name badge"


def scan(browser: Browser, rsvp: Rsvp) -> Browser:
    return browser.open(f"/m/{rsvp.badge}")


def words_without(page: Browser, *secrets: str) -> str:
    """What the page says, its own address and what is made anew for each page left out."""
    words = re.sub(r'(?<=value=")[^"]{20,}', "", page.response.text)
    for secret in secrets:
        words = words.replace(secret, "")
    start = words.index("<main")
    return words[start : words.index("</main>")]


def test_two_who_were_there_say_that_they_met(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = scan(make.signed_in(browser(htmx=htmx), ana.person), bea)
    assert "Bea Gil" in words_of(row_of(page, bea))
    assert make.rows(Encounter) == []
    press(page, bea, "We met")
    assert "You said you met" in words_of(row_of(page, bea))
    hers = scan(make.signed_in(browser(htmx=htmx), bea.person), ana)
    press(hers, ana, "Yes, we met")
    assert "You both met" in words_of(row_of(hers, ana))
    assert "You both met" in words_of(row_of(scan(page, bea), bea))


def test_looking_changes_nothing(make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]) -> None:
    ana, bea = pair
    page = make.signed_in(browser(), ana.person)
    for _ in range(2):
        assert scan(page, bea).status == 200
    assert (make.rows(Encounter), make.rows(DoorLog), make.mails()) == ([], [], [])
    assert page.client.head(f"/m/{bea.badge}").status_code == 200
    assert make.rows(Encounter) == []


def test_ones_own_badge_says_what_it_is_for(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, _ = pair
    page = scan(make.signed_in(browser(), ana.person), ana)
    assert page.sees("This is your badge")
    assert page.guests() == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"listing": "nobody"},
        {"listing": None},
        {"listing": "everyone", "confirmed_at": None},
    ],
)
def test_who_is_not_listed_is_not_named(
    make: Make, browser: Browsers, hidden: dict[str, Any]
) -> None:
    event = last_night(make)
    ana, zoe = make.rsvp(event, "Ana"), make.rsvp(event, "Zoe Hidden", **hidden)
    page = scan(make.signed_in(browser(), ana.person), zoe)
    assert page.sees("Ask them: on their ticket page they can choose who may see them.")
    assert page.guests() == []
    for secret in ("Zoe", zoe.key, zoe.ticket, zoe.person.email, f"guest-{zoe.id}"):
        assert secret not in page.response.text


def test_who_is_hidden_and_named_me_can_be_answered(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="attendees")
    zoe = make.rsvp(event, "Zoe", listing="nobody")
    press(scan(make.signed_in(browser(), zoe.person), ana), ana, "We met")
    page = scan(make.signed_in(browser(), ana.person), zoe)
    assert "says you two met here" in words_of(row_of(page, zoe))


def test_who_did_not_come_in_is_not_named_once_the_door_was_used(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    let_in(make, ana)
    assert scan(make.signed_in(browser(), ana.person), bea).guests() == []


def test_a_stranger_learns_nothing_and_comes_back_after_signing_in(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = scan(browser(), bea)
    assert (page.status, page.sees(NEUTRAL)) == (200, True)
    for secret in ("Bea", "Beers", bea.key, bea.ticket, str(bea.event.slug)):
        assert secret not in page.response.text
    page.press("Email me the link", email=ana.person.email)
    [(mail, _)] = make.mails(ana.person.email)
    page.press("Sign in", digits=mail.values["digits"])
    assert page.url == f"/m/{bea.badge}"
    assert page.guests() == ["Bea Gil"]


def test_all_others_get_the_very_same_page_as_for_a_badge_that_nobody_wears(
    make: Make, browser: Browsers
) -> None:
    community = make.community()
    event = last_night(make, community=community)
    bea = make.rsvp(event, "Bea", listing="everyone")
    gone = make.rsvp(event, "Gone", listing="everyone", status="cancelled")
    soon = make.event(starts_at=clock.now() + timedelta(hours=1))
    past = make.event(starts_at=clock.now() - timedelta(days=70))
    draft = last_night(make, published_at=None)
    early, late, unseen = (
        make.rsvp(each, "Bea", listing="everyone") for each in (soon, past, draft)
    )
    link = make.door_link(event)

    others: dict[str, tuple[Any, list[Rsvp]]] = {
        "nobody signed in": (None, [bea, gone, early, late, unseen]),
        "somebody of another event": (make.rsvp(last_night(make), "X").person, [bea, gone]),
        "an organiser": (make.organiser(community), [bea, gone]),
        "a helper": (make.person(), [bea, gone]),
        "one who cancelled": (make.rsvp(event, "C", status="cancelled").person, [bea]),
        "one who waits": (make.rsvp(event, "W", status="waitlisted").person, [bea]),
        "a guest, of a badge withdrawn": (make.rsvp(event, "G").person, [gone]),
        "a guest too early": (make.rsvp(soon, "E").person, [early]),
        "a guest too late": (make.rsvp(past, "L").person, [late]),
        "a guest of a draft": (make.rsvp(draft, "D").person, [unseen]),
    }
    for who, (person, badges) in others.items():
        page = make.signed_in(browser(), person) if person else browser()
        if who == "a helper":
            page.open(f"/door/{link.secret}").press("Open the door")
        unknown = new_secret()
        nobodys = words_without(page.open(f"/m/{unknown}"), unknown)
        assert NEUTRAL in nobodys
        for rsvp in badges:
            scan(page, rsvp)
            assert page.status == 200
            assert words_without(page, rsvp.badge) == nobodys, who


def test_an_address_nobody_proved_is_neutral(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    bea = make.rsvp(event, "Bea", listing="everyone")
    person = make.person(verified_at=None)
    make.rsvp(event, "Ana", person=person, confirmed_at=None)
    page = browser().open(make.sign_in_link(person)).press("Sign in")
    assert page.open(f"/m/{bea.badge}").guests() == ["Bea"]  # signing in was the proof


@pytest.mark.parametrize("badge", ["x", "%20", "a" * 2000, "..%2f..", "é"])
def test_anything_else_is_neutral_too(browser: Browsers, badge: str) -> None:
    page = browser().open(f"/m/{badge}")
    assert page.status in (200, 404)
    assert page.status == 404 or page.sees(NEUTRAL)


def test_neither_ticket_nor_key_is_a_badge(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = make.signed_in(browser(), ana.person)
    for secret in (bea.ticket, bea.key):
        assert page.open(f"/m/{secret}").sees(NEUTRAL)
    assert browser().open(f"/r/{bea.badge}").status == 404
    assert "Bea" not in browser().open(f"/t/{bea.badge}").response.text
