"""Bea and Carla, once both said yes: what each has of the other, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.introductions.actions import JOINED, JOINED_YOURS
from eventapp.model import Introduction
from tests.browser import Browser
from tests.contacts.evening import met, noted
from tests.introductions.three import Three, accepts, introduced
from tests.make import Make

Browsers = Callable[..., Browser]
CARLA = "[data-contact='Carla Sanz']"


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
