"""Ana introduces Bea and Carla: both are asked, and nothing crosses before both say yes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import ASKED, JOINED, JOINED_YOURS, ask_by_mail
from eventapp.model import (
    LAPSES_AFTER,
    Block,
    Event,
    Introduction,
    IntroductionSide,
    OutboxMail,
    Rsvp,
)
from tests.browser import Browser
from tests.contacts.evening import met, noted
from tests.html import words_of
from tests.introductions.three import REASON, Three, accepts, declines, introduced
from tests.make import Make

Browsers = Callable[..., Browser]
CARLA = "[data-contact='Carla Sanz']"


def link_of(make: Make, to: str) -> str:
    """The address of the button in the mail that asks."""
    (text,) = [words.text for row, words in make.mails(to) if row.template == ASKED]
    return re.findall(r"http\S+/introductions/asked/\S+", text)[0]


def test_two_contacts_are_asked_and_once_both_said_yes_each_has_the_other(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    ana = make.signed_in(browser(htmx=htmx), they.ana.person)
    they.post(ana)
    assert ana.sees("They're asked.")
    assert ana.one("#made [data-introduction]")["data-state"] == "asked"
    bea = make.signed_in(browser(htmx=htmx), they.bea.person).open("/introductions")
    assert bea.sees("Ana Ruiz would like to introduce you to Carla Sanz")
    assert bea.sees("Ask Carla Sanz about: bees")
    assert bea.sees(REASON)
    bea.press("Yes, introduce me to Carla Sanz")
    assert bea.one("#got [data-introduction]")["data-state"] == "accepted"
    carla = make.signed_in(browser(htmx=htmx), they.carla.person).open("/introductions")
    carla.press("Yes, introduce me to Bea Gil")
    assert carla.one("#got [data-introduction]")["data-state"] == "joined"
    shown = carla.open("/contacts").one("[data-contact='Bea Gil']")
    assert shown["data-mutual"] == "yes"
    assert "Introduced by Ana Ruiz" in shown.get_text()
    assert they.bea.person.email in shown.get_text()
    assert ana.open("/introductions").one("#made [data-introduction]")["data-state"] == "joined"


def test_the_mail_asks_without_signing_in_and_its_link_alone_changes_nothing(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    for rsvp, other in ((they.bea, they.carla), (they.carla, they.bea)):
        ((row, words),) = make.mails(rsvp.person.email)
        assert f"introduce you to {other.name}" in words.subject
        assert REASON in words.text
        assert other.person.email not in words.text + words.html
        assert they.ana.person.email not in words.text + words.html
        line = {they.bea.id: "compilers", they.carla.id: "bees"}[rsvp.id]
        assert f"sees your name, your line “{line}” and this reason." in words.text
        page = browser(htmx=htmx).open(link_of(make, rsvp.person.email))
        assert not [side for side in make.rows(IntroductionSide, person_id=rsvp.person_id)
                    if side.accepted_at]  # fmt: skip
        page.press(f"Yes, introduce me to {other.name}")
        assert page.text.count("Don't ask me for introductions") == 1
    (row,) = make.rows(Introduction)
    assert row.joined_at
    assert page.one("#asked")["data-state"] == "joined"
    assert they.bea.person.email not in page.text, "the key opens no field of a card"


def test_one_mail_joins_the_three(make: Make, they: Three, browser: Browsers) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    accepts(make, make.row(Introduction), they.bea, they.carla)
    mails = {(row.template, row.to_email): words for row, words in make.mails()}
    joined = [mails[JOINED, rsvp.person.email].text for rsvp in (they.bea, they.carla)]
    for text, other in zip(joined, (they.carla, they.bea), strict=True):
        assert other.person.email in text
        assert "Acme" in text
        assert they.ana.person.email not in text
    hers = mails[JOINED_YOURS, they.ana.person.email].text
    assert "You introduced Bea Gil and Carla Sanz, and both said yes." in hers
    assert "Acme" not in hers
    assert they.bea.person.email not in hers


def test_files_have_who_was_introduced(make: Make, browser: Browsers, they: Three) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    accepts(make, make.row(Introduction), they.bea, they.carla)
    page = make.signed_in(browser(), they.bea.person)
    vcard = page.client.get("/contacts.vcf?only=confirmed").text.replace("\r\n ", "")
    assert "FN:Carla Sanz" in vcard
    assert f"EMAIL;TYPE=INTERNET:{they.carla.person.email}" in vcard
    assert "Introduced by Ana Ruiz" in vcard
    for file in ("/contacts.csv", "/contacts.csv?for=google", "/contacts.csv?for=outlook"):
        text = page.client.get(file).text
        assert "Carla" in text
        assert "Introduced by Ana Ruiz" in text
    one = page.open("/contacts").one("[data-contact='Carla Sanz']")["data-contact-id"]
    assert "Carla Sanz" in page.client.get(f"/contacts/{one}.vcf").text
    assert page.open("/contacts?q=carla").one("[data-contact='Carla Sanz']")
    holders = make.signed_in(browser(), they.carla.person).open("/me/card")
    assert holders.sees("introduced by Ana Ruiz")


def test_a_card_taken_back_or_a_field_unticked_is_gone_for_who_was_introduced(
    make: Make, browser: Browsers, they: Three
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    accepts(make, make.row(Introduction), they.bea, they.carla)
    make.signed_in(browser(), they.carla.person).open("/me/card").press("Withdraw from Bea Gil")
    page = make.signed_in(browser(), they.bea.person).open("/contacts")
    assert they.carla.person.email not in page.text
    assert page.one("[data-contact='Carla Sanz']")


def test_a_no_and_no_answer_look_alike_to_everybody_else(
    make: Make, browser: Browsers, they: Three
) -> None:
    """In every order, whatever the other one answers, until it lapses and afterwards."""
    they.post(make.signed_in(browser(), they.ana.person))
    row = make.row(Introduction)
    ana, bea = (make.signed_in(browser(), one.person) for one in (they.ana, they.bea))
    worlds = [seen(ana), seen(bea)]
    declines(make, row, they.carla)
    assert [seen(ana), seen(bea)] == worlds
    bea.open("/introductions").press("Yes, introduce me to Carla Sanz")
    accepted = [seen(ana), seen(bea)]
    assert accepted[0] == worlds[0], "who made it isn't told of one yes either"
    accepts(make, row, they.bea)
    assert [seen(ana), seen(bea)] == accepted
    mails = len(make.rows(OutboxMail))
    with time_machine.travel(clock.now() + LAPSES_AFTER):
        after = [seen(ana), seen(bea)]
        assert ana.open("/introductions").one("#made [data-state]")["data-state"] == "lapsed"
        assert not bea.open("/introductions").page.select("#got [data-state]")
    assert mails == len(make.rows(OutboxMail)) == 2
    make_silent(make, row, they.carla)
    with time_machine.travel(clock.now() + LAPSES_AFTER):
        assert [seen(ana), seen(bea)] == after


def make_silent(make: Make, row: Introduction, rsvp: Rsvp) -> None:
    """The world in which this one of the two never answered. The other's own file has their own."""
    of = {"introduction_id": row.id, "person_id": rsvp.person_id}
    with make.act():
        side = db.session.query(IntroductionSide).filter_by(**of).one()
        side.accepted_at = side.declined_at = None


def seen(page: Browser) -> list[str]:
    """All pages and the file of somebody, but for secrets and the time."""
    texts = [page.open(path).text for path in ("/introductions", "/contacts", "/me")]
    file = json.loads(page.client.get("/me/export").text)
    file.pop("exported_at")
    file.pop("browsers_signed_in")
    return [*texts, json.dumps(file)]


def test_a_yes_is_taken_back_before_the_other_says_yes(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    bea = make.signed_in(browser(htmx=htmx), they.bea.person).open("/introductions")
    bea.press("Yes, introduce me to Carla Sanz").press("Take back my yes: Carla Sanz")
    assert bea.one("#got [data-introduction]")["data-state"] == "declined"
    accepts(make, make.row(Introduction), they.carla)
    assert make.row(Introduction).joined_at is None
    bea.press("Yes, introduce me to Carla Sanz")
    assert bea.one("#got [data-introduction]")["data-state"] == "joined"


def test_an_answer_is_said_where_it_was_given_and_nowhere_else(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    row = introduced(make, they.ana.person, they.bea, they.carla)
    dan = make.rsvp(make.row(Event), "Dan Roy")
    introduced(make, they.ana.person, they.bea, dan)
    bea = make.signed_in(browser(htmx=htmx), they.bea.person).open("/introductions")
    bea.press("No, not to Carla Sanz")
    assert said_on(bea) == {f"introduction-{row.id}": "You said no. Nobody is told."}
    bea.press("Block Carla Sanz")
    assert said_on(bea) == {"got": "You've blocked Carla Sanz. They aren't told."}
    bea.press("Don't ask me for introductions")
    assert said_on(bea)["wish"] == "Saved."


def said_on(page: Browser) -> dict[str, str]:
    """What the page says was done, by the part of it that says so."""
    said = page.page.select("main [role=status]")
    return {str(one.find_parent(id=True)["id"]): words_of(one) for one in said if words_of(one)}


def test_whoever_made_it_withdraws_it_at_once(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    page = they.post(make.signed_in(browser(htmx=htmx), they.ana.person))
    link = link_of(make, they.bea.person.email)
    accepts(make, make.row(Introduction), they.bea)
    page.press("Withdraw: Bea Gil and Carla Sanz")
    assert not page.page.select("#made [data-introduction]")
    assert "It's withdrawn" in page.one("#made [role=status]").text
    assert browser().open(link).status == 404
    assert (
        not make.signed_in(browser(), they.carla.person)
        .open("/introductions")
        .page.select("[data-introduction]")
    )


def test_a_second_tap_finds_it_withdrawn_or_blocked_already(
    make: Make, browser: Browsers, they: Three
) -> None:
    ana = they.post(make.signed_in(browser(), they.ana.person))
    (row,) = make.rows(Introduction)
    bea = make.signed_in(browser(), they.bea.person).open("/introductions")
    for page, act in ((bea, "block"), (ana, "withdraw")):
        data = {"csrf_token": page.page.select("[name=csrf_token]")[0]["value"]}
        path = f"/introductions/{row.id}/{act}"
        assert [page.client.post(path, data=data).status_code for _ in range(2)] == [303, 303]
    assert len(make.rows(Block)) == 1
    assert make.row(Introduction).withdrawn_at


def test_too_late_is_said_by_the_page_and_refused(
    make: Make, browser: Browsers, they: Three
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    page = browser().open(link_of(make, they.bea.person.email))
    with time_machine.travel(clock.now() + LAPSES_AFTER + timedelta(minutes=1)):
        page.press("Yes, introduce me to Carla Sanz")
        assert page.status == 409
        assert browser().open(link_of(make, they.bea.person.email)).sees("is over")
    assert not [side for side in make.rows(IntroductionSide) if side.accepted_at]


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"other": "{bea}"}, 409, "same_person"),
        ({"other": "{ana}"}, 422, "contact"),
        ({"other": "99999999999999999999"}, 422, "contact"),
        ({"other": "x"}, 422, "contact"),
        ({"one": ""}, 422, "contact"),
        ({"reason": ""}, 422, "required"),
        ({"reason": "<b hx-get='/me/delete'>" * 5_000}, 422, "too_long"),
        ({"reason": "<b hx-get='/me/delete'>" * 50_000}, 413, "413"),
    ],
)
def test_who_or_why_is_not_right(
    make: Make, browser: Browsers, they: Three, more: dict[str, str], status: int, code: str
) -> None:
    ids = {"ana": they.ana.id, "bea": they.bea.id}
    page = make.signed_in(browser(), they.ana.person)
    they.post(page, **{name: value.format(**ids) for name, value in more.items()})
    assert (page.status, page.codes()) == (status, [code])
    assert not make.rows(Introduction)


def test_markup_in_a_reason_is_text(make: Make, browser: Browsers, they: Three) -> None:
    reason = "<img src=x hx-get='/sign-out' hx-trigger='load'>"
    they.post(make.signed_in(browser(), they.ana.person), reason=reason)
    page = make.signed_in(browser(), they.bea.person).open("/introductions")
    assert page.sees(reason)
    assert not page.page.select("#got img")


def test_a_form_sent_twice_is_one_introduction(make: Make, browser: Browsers, they: Three) -> None:
    page = make.signed_in(browser(), they.ana.person).open("/introductions")
    form = page.one("#introduce form")
    fields = {str(tag["name"]): str(tag.get("value", "")) for tag in form.select("input")}
    said = {"one": str(they.bea.id), "other": str(they.carla.id), "reason": REASON}
    for _ in range(2):
        page.submit(form, {**fields, **said})
        assert page.status == 200
        make.due(ask_by_mail)
    assert len(make.rows(Introduction)) == 1
    assert len(make.rows(OutboxMail)) == 2


@pytest.mark.parametrize("is_declined", [False, True])
def test_whom_one_was_introduced_to_is_no_contact_to_introduce_before_both_say_they_met(
    make: Make, browser: Browsers, they: Three, is_declined: bool
) -> None:
    row = introduced(make, they.ana.person, they.bea, they.carla)
    accepts(make, row, they.bea, they.carla)
    noted(make, they.bea, they.carla, declined_at=clock.now() if is_declined else None)
    met(make, they.bea, make.rsvp(they.bea.event, "Dora Paz"))
    page = make.signed_in(browser(), they.bea.person)
    assert names_offered(page) == ["Ana Ruiz", "Dora Paz"]
    page.open("/contacts")
    assert page.page.select("[aria-label='Introduce Ana Ruiz to somebody']")
    assert not page.page.select("[aria-label='Introduce Carla Sanz to somebody']")
    assert page.client.get(f"/introductions/pass/{they.carla.id}").status_code == 404
    assert page.open("/me").sees("You noted 3 people. 2 say so too.")
    if not is_declined:
        noted(make, they.carla, they.bea)
        assert names_offered(page) == ["Ana Ruiz", "Carla Sanz", "Dora Paz"]
        assert page.open("/me").sees("3 say so too.")


def test_whom_one_was_introduced_to_and_met_since_is_told_as_met(
    make: Make, browser: Browsers, they: Three
) -> None:
    accepts(make, introduced(make, they.ana.person, they.bea, they.carla), they.bea, they.carla)
    page = make.signed_in(browser(), they.bea.person)
    assert "You both said so" not in page.open("/contacts").one(CARLA).get_text()
    noted(make, they.bea, they.carla)
    noted(make, they.carla, they.bea)
    later = make.event(title="Rust Night", starts_at=clock.now() - timedelta(hours=2))
    bea, carla = (
        make.rsvp(later, name, person=rsvp.person)
        for name, rsvp in (("Bea Gil", they.bea), ("Carla Sanz", they.carla))
    )
    noted(make, bea, carla)
    shown = page.open("/contacts").one(CARLA).get_text()
    assert "Introduced by Ana Ruiz" in shown
    assert "You both said so" in shown
    assert "Met at 2 events" in shown


def names_offered(page: Browser) -> list[str]:
    options = page.open("/introductions").page.select("#introduce select[name=one] option")
    return [option.get_text() for option in options if option["value"]]


def test_who_is_neither_of_the_two_answers_nothing(
    make: Make, browser: Browsers, they: Three
) -> None:
    page = they.post(make.signed_in(browser(), they.ana.person))
    (row,) = make.rows(Introduction)
    token = page.page.select("[name=csrf_token]")[0]["value"]
    for act in ("accept", "decline", "block"):
        path = f"/introductions/{row.id}/{act}"
        assert page.client.post(path, data={"csrf_token": token}).status_code == 404
