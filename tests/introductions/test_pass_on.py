"""Ana asks Bea whether she may pass her contact on to somebody outside, who has no account."""

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
from eventapp.introductions.actions import (
    MAY_I,
    YOU_MAY,
    Wish,
    ask_to_pass,
    ask_to_pass_by_mail,
    forget_old_passed,
)
from eventapp.mails.kinds import says_now
from eventapp.me.actions import delete_person
from eventapp.model import OutboxMail, PassedContact, Person, Rsvp
from eventapp.model.limits import INTRODUCTIONS_GOT_A_WEEK_MOST
from tests.browser import Browser
from tests.contacts.evening import met
from tests.introductions.three import Three, passed_on
from tests.make import Make
from tests.plans import asked

Browsers = Callable[..., Browser]
TO = {"to_name": "Zoe Paz", "to_line": "runs a clinic in Vigo", "purpose": "She looks for one."}
WISH = Wish("Zoe Paz", "runs a clinic in Vigo", "She looks for one.", ("email",), 7)


def asks(make: Make, browser: Browsers, they: Three, **more: object) -> Browser:
    page = make.signed_in(browser(), they.ana.person)
    page.open(f"/introductions/pass/{they.bea.id}")
    page.press("Ask Bea Gil", **{**TO, "fields": ["email", "phone"], **more})
    make.due(ask_to_pass_by_mail)
    return page


def agrees(make: Make, browser: Browsers, *fields: str, htmx: bool = False) -> Browser:
    page = browser(htmx=htmx).open(f"/introductions/passing/{make.row(PassedContact).key}")
    return page.press("Yes, pass it on", **({"fields": list(fields)} if fields else {}))


def link(make: Make) -> str:
    return f"/passed/{make.row(PassedContact).link}"


def test_who_agrees_chooses_the_fields_and_the_link_opens_by_a_tap(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    ana = asks(make, browser, they)
    assert ana.sees("Bea Gil is asked.")
    assert ana.one("[data-passed]")["data-state"] == "asked"
    assert browser().open(link(make)).status == 404, "nothing is there before a yes"
    ((mail, words),) = make.mails(they.bea.person.email)
    assert mail.template == MAY_I
    for said in TO.values():
        assert said in words.text
    bea = browser(htmx=htmx).open(mail.values["url"])
    assert make.row(PassedContact).accepted_at is None
    bea.press("Yes, pass it on", fields=["email"])
    assert bea.sees("You said yes")
    assert [row.template for row, _ in make.mails(they.ana.person.email)] == [YOU_MAY]
    shown = ana.open("/introductions").one("[data-link]").get_text()
    assert shown.endswith(link(make))
    assert ana.one("#passed [data-copy]")["data-copy"] == shown
    zoe = browser().open(link(make))
    assert they.bea.name not in zoe.text
    assert make.row(PassedContact).opened_at is None, "a scanner's visit is none"
    for answer in (zoe.response, zoe.press("Show me the contact").response):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert zoe.sees("Bea Gil")
    assert they.bea.person.email in zoe.text
    assert "600" not in zoe.text, "the phone was unticked"
    assert ana.open("/introductions").sees("First opened on")


def test_a_no_looks_like_no_answer(make: Make, browser: Browsers, they: Three) -> None:
    ana = asks(make, browser, they)
    before = seen(ana)
    bea = browser().open(f"/introductions/passing/{make.row(PassedContact).key}")
    bea.press("No, thanks")
    assert bea.sees("You said no. Nobody is told.")
    assert seen(ana) == before
    assert len(make.rows(OutboxMail)) == 1
    with time_machine.travel(clock.now() + timedelta(days=31)):
        later = seen(ana)
        assert "It's over" in later[0]
    with make.act():
        db.session.query(PassedContact).one().declined_at = None
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert seen(ana) == later


def seen(page: Browser) -> list[str]:
    file = json.loads(page.client.get("/me/export").text)
    return [page.open("/introductions").text, json.dumps(file["contacts_passed_on"])]


def test_ana_is_asked_before_she_withdraws_it_and_told_what_was_done(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    passed_on(make, they.ana, they.bea, fields=["email"])
    page = make.signed_in(browser(htmx=htmx), they.ana.person).open("/introductions")
    assert page.one("[data-passed] details.sure form button").get_text() == "Withdraw it"
    page.press("Withdraw it: Zoe")
    assert page.one("#passed [role=status]").get_text().startswith("It's withdrawn")


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


def wants_none(make: Make, they: Three) -> None:
    with make.act():
        bea = db.session.get_one(Person, they.bea.person_id)
        bea.introductions_ended_at = clock.now()


def asked_a_lot(make: Make, they: Three) -> None:
    for _ in range(INTRODUCTIONS_GOT_A_WEEK_MOST):
        passed_on(make, they.carla, they.bea)


@pytest.mark.parametrize("why", [wants_none, asked_a_lot])
def test_who_is_not_asked_looks_silent(
    make: Make, browser: Browsers, they: Three, why: Callable[[Make, Three], None]
) -> None:
    why(make, they)
    ana = asks(make, browser, they)
    assert ana.sees("Bea Gil is asked.")
    assert ana.one("[data-passed]")["data-state"] == "asked"
    assert not make.mails(they.bea.person.email)
    (row,) = make.rows(PassedContact, passer_id=they.ana.person_id)
    assert browser().open(f"/introductions/passing/{row.key}").status == 404


@pytest.mark.parametrize("why", [wants_none, asked_a_lot])
def test_asking_nobody_takes_the_same_steps(
    make: Make, they: Three, why: Callable[[Make, Three], None]
) -> None:
    """So that how long the form takes tells nothing: nobody is mailed before the worker does."""
    dora = make.rsvp(they.ana.event, "Dora Paz")
    met(make, they.ana, dora)
    why(make, they)
    assert steps_of(make, they.ana, they.bea) == steps_of(make, they.ana, dora)
    assert not make.rows(OutboxMail)
    assert make.due(ask_to_pass_by_mail) == 2
    assert [mail.to_email for mail in make.rows(OutboxMail)] == [dora.person.email]
    assert make.due(ask_to_pass_by_mail) == 0


def steps_of(make: Make, by: Rsvp, whom: Rsvp) -> list[str]:
    """What is looked up while somebody asks whether they may pass a contact on."""
    with make.act():
        person = db.session.get_one(Person, by.person_id)
        known = queries.introducible_with(queries.introducible(person), whom.id)
        assert known
        with asked() as statements:
            ask_to_pass(person, known, WISH, at=clock.now())
    return [statement for statement, _ in statements]


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


def test_whom_one_has_not_met_is_no_contact_to_pass_on(
    make: Make, browser: Browsers, they: Three
) -> None:
    page = make.signed_in(browser(), they.bea.person)
    assert page.open(f"/introductions/pass/{they.carla.id}").status == 404
    assert page.open("/introductions/pass/999999").status == 404


@pytest.mark.parametrize(
    ("more", "code"),
    [({"to_name": ""}, "required"), ({"fields": []}, "fields"), ({"fields": ["age"]}, "fields")],
)
def test_what_is_missing_is_said(
    make: Make, browser: Browsers, they: Three, more: dict[str, object], code: str
) -> None:
    page = asks(make, browser, they, **more)
    assert (page.status, page.codes()) == (422, [code])
    assert not make.rows(PassedContact)


def test_a_field_that_was_not_asked_for_cannot_be_given(
    make: Make, browser: Browsers, they: Three
) -> None:
    asks(make, browser, they, fields=["email"])
    page = agrees(make, browser, "email", "phone")
    assert page.sees("You said yes")
    assert make.row(PassedContact).fields == ["email"]


def test_nothing_of_it_is_left_once_one_of_the_two_is_deleted(
    make: Make, browser: Browsers, they: Three
) -> None:
    asks(make, browser, they)
    agrees(make, browser)
    by_deletion(make, browser, they)
    assert not make.rows(PassedContact)
    assert not [row for row in make.rows(OutboxMail) if "Bea Gil" in json.dumps(row.values)]
