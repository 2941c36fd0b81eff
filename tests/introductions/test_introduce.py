"""Ana introduces Bea and Carla: both are asked, and nothing crosses before both say yes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.introductions.actions import ask_by_mail
from eventapp.model import Introduction, IntroductionSide, OutboxMail
from tests.browser import Browser
from tests.introductions.three import REASON, Three, link_of
from tests.make import Make

Browsers = Callable[..., Browser]


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
