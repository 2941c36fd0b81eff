"""Links in mails, and those handed over: opened by scanners, too late, or by who should not have
them; and forms filled in by somebody who means harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from eventapp.conduct.actions import block_person
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import ask_to_pass_by_mail, ask_what_came_of_it
from eventapp.me.actions import delete_person
from eventapp.model import Introduction, IntroductionSide, PassedContact, Person
from tests.browser import Browser
from tests.introductions.three import Three, accepts, introduced, passed_on
from tests.make import Make
from tests.me.test_me import everything_kept

Browsers = Callable[..., Browser]
MARKUP = "<img src=x hx-get='/sign-out' hx-trigger='load' onerror=alert(1)>"


def addresses_mailed(make: Make) -> Iterator[str]:
    for row, words in make.mails():
        if row.template.startswith("introductions/"):
            yield from re.findall(r"http\S+?(/introductions\S*)", words.text)


def test_a_scanner_that_opens_every_link_says_nothing_and_shows_nothing(
    make: Make, browser: Browsers, they: Three
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    joined = introduced(make, they.carla.person, they.ana, they.bea, at=clock.now())
    accepts(make, joined, they.ana, they.bea)
    with make.act():
        db.session.get_one(Introduction, joined.id).joined_at = clock.now() - timedelta(days=15)
    make.due(ask_what_came_of_it)
    handed = passed_on(make, they.ana, they.bea, fields=["email"], accepted_at=clock.now())
    asked = passed_on(make, they.carla, they.bea, fields=["email"])
    with make.act():
        db.session.get_one(PassedContact, asked.id).mailed_at = None
    make.due(ask_to_pass_by_mail)
    links = set(addresses_mailed(make))
    assert {link.split("/")[2] for link in links if link.count("/") > 1} == {"asked", "passing"}
    assert any("came_of_it=useful" in link for link in links)
    before = everything_kept(make)
    scanner = browser().client
    for link in (*links, f"/passed/{handed.link}"):
        for open_it in (scanner.head, scanner.get):
            answer = open_it(link)
            assert answer.status_code in (200, 303), link
            assert they.bea.person.email not in answer.text or link.endswith("/mail")
    assert everything_kept(make) == before


def test_a_link_that_acts_takes_no_get(make: Make, browser: Browsers, they: Three) -> None:
    made = introduced(make, they.ana.person, they.bea, they.carla)
    key = make.row(IntroductionSide, person_id=they.bea.person_id).key
    passed = passed_on(make, they.ana, they.bea, fields=["email"])
    before = everything_kept(make)
    for path in (
        *(f"/introductions/asked/{key}/{act}" for act in ("accept", "decline", "came-of-it")),
        *(f"/introductions/passing/{passed.key}/{act}" for act in ("agree", "refuse")),
        *(f"/introductions/{made.id}/{act}" for act in ("accept", "decline", "withdraw", "block")),
    ):
        for open_it in (browser().client.head, browser().client.get):
            assert open_it(path).status_code == 405, path
    assert everything_kept(make) == before


@pytest.mark.parametrize("who", ["bea", "carla"])
@pytest.mark.parametrize("is_deleted", [False, True])
@pytest.mark.parametrize("button", ["Yes, introduce me to Carla Sanz", "No, not to Carla Sanz"])
def test_a_page_left_open_answers_nothing_once_one_has_blocked_or_gone(
    make: Make, browser: Browsers, they: Three, button: str, who: str, *, is_deleted: bool
) -> None:
    introduced(make, they.ana.person, they.bea, they.carla)
    key = make.row(IntroductionSide, person_id=they.bea.person_id).key
    page = browser().open(f"/introductions/asked/{key}")
    by, other = (they.bea, they.carla) if who == "bea" else (they.carla, they.bea)
    with make.act():
        person = db.session.get_one(Person, by.person_id)
        if is_deleted:
            delete_person(person, at=clock.now())
        else:
            block_person(person, other.person_id or 0, name="x", at=clock.now())
    assert page.press(button).status == 404
    assert not [row for row in make.rows(IntroductionSide) if row.accepted_at or row.declined_at]


@pytest.mark.parametrize("is_over", ["its day is over", "taken back"])
@pytest.mark.parametrize("button", ["Yes, pass it on", "No, thanks"])
def test_who_answers_too_late_is_told_so(
    make: Make, browser: Browsers, they: Three, button: str, is_over: str
) -> None:
    row = passed_on(make, they.ana, they.bea, fields=["email"])
    page = browser().open(f"/introductions/passing/{row.key}")
    days = timedelta()
    if is_over == "taken back":
        ana = make.signed_in(browser(), they.ana.person).open("/introductions")
        ana.press("Withdraw it: Zoe")
    else:
        days = timedelta(days=31)
    with time_machine.travel(clock.now() + days):
        page.press(button)
        assert (page.status, page.codes()) == (409, ["passed_too_late"])
    row = make.row(PassedContact)
    assert (row.accepted_at, row.declined_at) == (None, None)


def test_a_tap_after_its_last_day_shows_nothing(make: Make, browser: Browsers, they: Three) -> None:
    row = passed_on(make, they.ana, they.bea, fields=["email"], accepted_at=clock.now())
    zoe = browser().open(f"/passed/{row.link}")
    never = browser().open("/passed/AAAAAAAAAAAAAAAAAAAAAA")
    with time_machine.travel(clock.now() + timedelta(days=30)):
        zoe.press("Show me the contact")
    assert (zoe.status, zoe.text) == (404, never.text)
    assert make.row(PassedContact).opened_at is None


@pytest.mark.parametrize("name", ["to_name", "to_line", "purpose"])
@pytest.mark.parametrize(
    ("times", "status", "code"), [(300, 422, "too_long"), (20_000, 413, "413")]
)
def test_words_by_the_megabyte_are_refused(
    make: Make, browser: Browsers, they: Three, name: str, times: int, status: int, code: str
) -> None:
    page = make.signed_in(browser(), they.ana.person)
    page.open(f"/introductions/pass/{they.bea.id}")
    said = {"to_name": "Zoe", "to_line": "a client", "purpose": "A job", "fields": ["email"]}
    page.press("Ask Bea Gil", **{**said, name: MARKUP * times})
    assert (page.status, page.codes()) == (status, [code])
    assert not make.rows(PassedContact)


def test_markup_in_a_reason_is_text_on_every_page_and_in_every_mail(
    make: Make, browser: Browsers, they: Three
) -> None:
    they.post(make.signed_in(browser(), they.ana.person), reason=MARKUP)
    keys = [side.key for side in make.rows(IntroductionSide)]
    asked = [f"/introductions/asked/{key}" for key in keys]
    shown = [browser().open(path) for path in asked]
    shown.append(make.signed_in(browser(), they.bea.person).open("/introductions"))
    accepts(make, make.row(Introduction), they.bea, they.carla)
    for rsvp in (they.ana, they.bea):
        page = make.signed_in(browser(), rsvp.person)
        shown.append(page.open("/introductions"))
        assert page.sees(MARKUP)
        assert not has_come_alive(page)
    shown.append(make.signed_in(browser(), they.carla.person).open("/contacts"))
    for page in shown:
        assert page.sees(MARKUP), page.url
        assert not has_come_alive(page), page.url
    mails = [words for row, words in make.mails() if row.template.startswith("introductions/")]
    assert sum(MARKUP in words.text for words in mails) >= 4  # two that ask, and two that join
    assert not [words for words in mails if "<img" in words.html]


def has_come_alive(page: Browser) -> list[Any]:
    """Elements of the page that MARKUP has become."""
    return page.page.select("main img[src=x], [hx-get='/sign-out'], [onerror]")


def test_two_taps_on_a_yes_join_once(make: Make, browser: Browsers, they: Three) -> None:
    introduced(make, they.ana.person, they.bea, they.carla)
    key = make.row(IntroductionSide, person_id=they.bea.person_id).key
    here, there = (browser().open(f"/introductions/asked/{key}") for _ in range(2))
    accepts(make, make.row(Introduction), they.carla)
    button = "Yes, introduce me to Carla Sanz"
    assert here.press(button).sees("You both said yes")
    joined_at = make.row(Introduction).joined_at
    mailed = len(make.mails())
    assert there.press(button).sees("You both said yes")
    assert (make.row(Introduction).joined_at, len(make.mails())) == (joined_at, mailed)


def test_markup_is_text_to_who_is_asked_and_to_who_gets_it(
    make: Make, browser: Browsers, they: Three
) -> None:
    row = passed_on(make, they.ana, they.bea, fields=["email"])
    with make.act():
        there = db.session.get_one(PassedContact, row.id)
        there.to_name = there.to_line = there.purpose = MARKUP
    page = browser().open(f"/introductions/passing/{row.key}")
    page.press("Yes, pass it on")
    zoe = browser().open(f"/passed/{row.link}").press("Show me the contact")
    ana = make.signed_in(browser(), they.ana.person).open("/introductions")
    for seen in (page, zoe, ana):
        assert seen.sees(MARKUP)
        assert not seen.page.select("main img, [hx-get='/sign-out'], [onerror]")
