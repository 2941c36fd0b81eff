"""Ana asks Bea whether she may pass her contact on to somebody outside, who has no account."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions import queries
from eventapp.introductions.actions import MAY_I, YOU_MAY, ask_to_pass, ask_to_pass_by_mail
from eventapp.model import OutboxMail, PassedContact, Person, Rsvp
from eventapp.model.limits import INTRODUCTIONS_GOT_A_WEEK_MOST
from tests.browser import Browser
from tests.contacts.evening import met
from tests.introductions.passing import TO, WISH, agrees, asks, link
from tests.introductions.three import Three, passed_on
from tests.make import Make
from tests.plans import asked

Browsers = Callable[..., Browser]


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
