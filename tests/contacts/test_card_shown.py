"""The own card as others see it, on the page and as a QR code."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import segno
import vobject

from eventapp.contacts.queries import shared_card
from eventapp.contacts.vcard import short_vcard
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.phones import grouped_phone
from eventapp.model import Person
from tests.contacts.evening import CARD, card
from tests.make import Make


def text_of(make: Make, person: Any) -> str:
    with make.app.app_context():
        return short_vcard(shared_card(db.session.get_one(Person, person.id), at=clock.now()))


def test_the_page_shows_the_card_as_others_have_it(make: Make, browser: Any) -> None:
    ana = make.person()
    card(make, ana, shared=["company", "phone"])
    page = make.signed_in(browser(), ana).open("/me/card")
    shown = page.one("#shown").get_text()
    assert "Acme" in shown
    assert grouped_phone(CARD["phone"]) in shown
    assert "Analyst" not in shown
    assert "not ticked, so nobody sees it: email, what you do, LinkedIn, web page" in shown


def modules_of(text: str, *, error: str) -> str:
    """The code that has this, as the path of an SVG."""
    drawn = segno.make(text, error=error).svg_inline(omitsize=True, border=4)
    return re.findall(r' d="M4[^"]+"', drawn)[0]


def test_the_code_has_the_ticked_fields_alone(make: Make, browser: Any) -> None:
    ana = make.person(name="Ana Ruiz; de la Fuente")
    card(make, ana, shared=["email", "company"])
    (read,) = vobject.readComponents(text_of(make, ana))
    assert read.fn.value == ana.name
    assert read.email.value == ana.email
    assert read.org.value == ["Acme"]
    assert not {"tel", "title", "url", "note", "uid"} & set(read.contents)
    page = make.signed_in(browser(), ana).open("/me/card/qr")
    assert modules_of(text_of(make, ana), error="l") in page.response.text


def test_a_card_that_no_code_can_hold_is_shown_as_text(make: Make, browser: Any) -> None:
    ana = make.rsvp(make.event(starts_at=clock.now() - timedelta(hours=1)))
    far = "https://example.org/" + "名" * 150
    card(make, ana.person, shared=["web", "linkedin"], web=far, linkedin=far)
    page = make.signed_in(browser(), ana.person).open("/me/card/qr")
    assert page.codes() == []
    assert page.status == 200
    assert page.sees("Your card is too long for a QR code.")
    assert page.sees(far)
    assert len(page.page.select(".card-qr svg")) == 1, "that of the link"


def test_with_nothing_ticked_it_has_the_name_alone(make: Make) -> None:
    ana = make.person()
    card(make, ana, shared=[])
    (read,) = vobject.readComponents(text_of(make, ana))
    assert set(read.contents) == {"version", "n", "fn"}


def test_at_an_event_a_code_asks_both(make: Make, browser: Any) -> None:
    event = make.event(title="PyDay", starts_at=clock.now() - timedelta(hours=1))
    ana = make.rsvp(event)
    page = make.signed_in(browser(), ana.person).open("/me/card/qr")
    assert modules_of(f"http://localhost/m/{ana.badge}", error="m") in page.response.text
    assert page.sees("Whoever scans it at PyDay")
    hers = make.signed_in(browser(), make.person()).open("/me/card/qr")
    assert not hers.sees("Whoever scans it at")
