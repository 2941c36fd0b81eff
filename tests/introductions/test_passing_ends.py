"""A contact that was passed on is gone once either of the two ends it, or its time is over."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.conduct.actions import block_person
from eventapp.contacts import actions as cards
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.introductions import queries
from eventapp.introductions.actions import ask_to_pass, ask_to_pass_by_mail, forget_old_passed
from eventapp.mails.kinds import says_now
from eventapp.me.actions import delete_person
from eventapp.model import OutboxMail, PassedContact, Person
from tests.browser import Browser
from tests.introductions.passing import TO, WISH, agrees, asks, link
from tests.introductions.three import Three
from tests.make import Make

Browsers = Callable[..., Browser]


def by_ana(make: Make, browser: Browsers, they: Three) -> None:
    page = make.signed_in(browser(), they.ana.person).open("/introductions")
    page.press("Withdraw it: Zoe Paz")


def by_bea(make: Make, browser: Browsers, they: Three) -> None:
    page = make.signed_in(browser(), they.bea.person).open("/introductions")
    page.follow("Change that").press("End it now")


def by_her_card(make: Make, browser: Browsers, they: Three) -> None:
    with make.act():
        bea = db.session.get_one(Person, they.bea.person_id)
        cards.keep_card(bea, {}, shared=["company"], at=clock.now())


def by_withdrawing_it_from_ana(make: Make, browser: Browsers, they: Three) -> None:
    make.signed_in(browser(), they.bea.person).open("/me/card").press("Withdraw from Ana Ruiz")


def by_a_block(make: Make, browser: Browsers, they: Three) -> None:
    with make.act():
        bea = db.session.get_one(Person, they.bea.person_id)
        block_person(bea, they.ana.person_id or 0, name="x", at=clock.now())


def by_deletion(make: Make, browser: Browsers, they: Three) -> None:
    with make.act():
        delete_person(db.session.get_one(Person, they.bea.person_id), at=clock.now())


def by_deletion_of_ana(make: Make, browser: Browsers, they: Three) -> None:
    with make.act():
        delete_person(db.session.get_one(Person, they.ana.person_id), at=clock.now())


LEAVES = {"block": by_a_block, "deletion": by_deletion}
ENDS = [
    *(by_ana, by_bea, by_her_card, by_withdrawing_it_from_ana),
    *(by_a_block, by_deletion, by_deletion_of_ana),
]


@pytest.mark.parametrize("ends", ENDS)
def test_it_ends_at_once_and_is_like_one_that_never_was(
    make: Make, browser: Browsers, they: Three, ends: Callable[..., None]
) -> None:
    asks(make, browser, they)
    agrees(make, browser)
    address = link(make)
    zoe = browser().open(address)
    assert zoe.status == 200
    ends(make, browser, they)
    never = browser().open("/passed/AAAAAAAAAAAAAAAAAAAAAA")
    for page in (browser().open(address), zoe.press("Show me the contact")):
        assert (page.status, page.text) == (404, never.text)
    mails = make.rows(OutboxMail, to_email=they.ana.person.email)
    for mail in mails if ends is not by_her_card and "with" not in ends.__name__ else []:
        with make.act():
            assert says_now(mail, clock.now()) is None


def test_on_its_last_day_it_is_gone_too(make: Make, browser: Browsers, they: Three) -> None:
    asks(make, browser, they, days="7")
    agrees(make, browser)
    address = link(make)
    for days, status in ((6.9, 200), (7.1, 404)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            assert browser().open(address).status == status
    with time_machine.travel(clock.now() + timedelta(days=38)):
        assert make.due(forget_old_passed) == 1


@pytest.mark.parametrize("ends", ["block", "deletion"])
def test_who_blocks_or_goes_while_the_form_is_read_is_no_contact(
    make: Make, they: Three, ends: str
) -> None:
    with make.act():
        known = queries.introducible(db.session.get_one(Person, they.ana.person_id))
        bea = queries.introducible_with(known, they.bea.id)
        assert bea
    LEAVES[ends](make, None, they)
    with make.act():
        ana = db.session.get_one(Person, they.ana.person_id)
        with pytest.raises(NotFound):
            ask_to_pass(ana, bea, WISH, at=clock.now())
    assert not make.rows(PassedContact)


@pytest.mark.parametrize("ends", ["block", "deletion"])
def test_who_blocks_or_goes_before_the_mail_is_asked_nothing(
    make: Make, browser: Browsers, they: Three, ends: str
) -> None:
    page = make.signed_in(browser(), they.ana.person).open(f"/introductions/pass/{they.bea.id}")
    page.press("Ask Bea Gil", **{**TO, "fields": ["email"]})
    key = make.row(PassedContact).key
    LEAVES[ends](make, None, they)
    make.due(ask_to_pass_by_mail)
    assert not make.rows(OutboxMail)
    assert browser().open(f"/introductions/passing/{key}").status == 404
    page.open(f"/introductions/pass/{they.bea.id}")
    assert page.status == 404, "and there is no contact to ask again"


def test_nothing_of_it_is_left_once_one_of_the_two_is_deleted(
    make: Make, browser: Browsers, they: Three
) -> None:
    asks(make, browser, they)
    agrees(make, browser)
    by_deletion(make, browser, they)
    assert not make.rows(PassedContact)
    assert not [row for row in make.rows(OutboxMail) if "Bea Gil" in json.dumps(row.values)]
