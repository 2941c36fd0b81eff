"""/contacts: everybody I met, what of them crossed, and the files to take along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import vobject

from eventapp.contacts.actions import share_again, withdraw
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Card, CardShare, CardWithdrawal, Encounter, Person
from tests.contacts.evening import card, guests, met, noted
from tests.make import Make

FILES = ("/contacts", "/contacts.vcf", "/contacts.csv", "/contacts.csv?for=google")


def cards_in(answer: bytes) -> dict[str, Any]:
    found = list(vobject.readComponents(answer.decode()))
    return {one.fn.value: one for one in found}


# The page


def test_who_was_met_is_listed_with_card_meeting_note_tag_and_day(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    bea = page.one("[data-guest='Bea Núñez']")
    for words in ("Analyst · Acme", "Bees and compilers", "PyDay", "2 Oct 2026", "La Nave"):
        assert words in bea.get_text()
    for words in ("knows Rust", "rust", "8 Oct 2026", "You both said so"):
        assert words in bea.get_text()
    assert bea["data-contact"] == "Bea Núñez"
    assert bea["data-contact-id"] == str(evening["bea"].id)
    assert bea["data-mutual"] == "yes"
    links = [link["href"] for link in bea.find_all("a")]
    assert "tel:+34600000001" in links
    assert "https://wa.me/34600000001" in links
    assert f"mailto:{evening['bea'].person.email}" in links
    assert "https://www.linkedin.com/in/bea" in links


def test_who_has_not_confirmed_is_a_name_and_ones_own_note(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    carla = page.one("[data-guest='Carla Gil']")
    assert "Not confirmed yet" in carla.get_text()
    assert carla["data-mutual"] == "no"
    assert "likes stout" in carla.get_text()
    assert not carla.select("[href^='tel:'], [href^='mailto:']")
    assert "Acme" not in carla.get_text()


def test_who_noted_me_is_no_contact_of_mine(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["carla"].person).open("/contacts")
    assert page.guests() == []
    assert not page.sees("Ana Ruiz")


def test_somebody_met_at_two_events_is_one_contact_with_two_meetings(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    ana, bea = evening["ana"].person, evening["bea"].person
    later = make.event(title="Rust Night", starts_at=clock.now() - timedelta(hours=2))
    noted(make, make.rsvp(later, "Ana R.", person=ana), make.rsvp(later, "Bea", person=bea))
    page = make.signed_in(browser(), ana).open("/contacts")
    assert page.guests() == ["Bea", "Carla Gil"]
    assert page.sees("Met at 2 events")
    assert page.sees("Rust Night")
    assert page.sees("PyDay")
    one = cards_in(page.open("/contacts.vcf").response.data)["Bea"]
    assert "Rust Night" in one.note.value
    assert "PyDay" in one.note.value


def test_a_guest_with_a_name_alone_can_have_been_met(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    walk_in = make.rsvp(evening["event"], "Dani", person=None)
    noted(make, evening["ana"], walk_in)
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    assert "Dani" in page.guests()
    assert "Dani" in cards_in(page.open("/contacts.vcf").response.data)


def test_a_search_finds_names_without_accents(
    make: Make, browser: Any, evening: dict[str, Any], htmx: bool
) -> None:
    page = make.signed_in(browser(htmx=htmx), evening["ana"].person).open("/contacts")
    page.press("Search", q="nunez be")
    assert page.guests() == ["Bea Núñez"]
    page.press("Search", q="zoe")
    assert page.guests() == []
    assert page.sees("Nobody you noted fits this")


def test_without_contacts_the_page_says_how_to_get_some(make: Make, browser: Any) -> None:
    event = make.event(title="PyDay", starts_at=clock.now() - timedelta(hours=1))
    rsvp = make.rsvp(event)
    page = make.signed_in(browser(), rsvp.person).open("/contacts")
    assert page.sees("Who did you meet at PyDay?")
    assert not page.page.select("[href='/contacts.vcf']")
    assert page.open("/contacts.vcf").response.data == b""


def test_the_page_asks_as_little_of_the_database_for_thirty_as_for_three(
    make: Make, browser: Any, count_queries: Any
) -> None:
    event = make.event()
    few, many = guests(make, event, "Ana", "Eva")
    others = [make.rsvp(event, f"Guest {number}") for number in range(30)]
    for other in others:
        card(make, other.person)
        met(make, many, other)
    for other in others[:3]:
        met(make, few, other)
    counts = []
    for rsvp in (few, many):
        page = make.signed_in(browser(), rsvp.person)
        with count_queries() as queries:
            page.open("/contacts")
        counts.append(len(queries))
    assert len(page.guests() + page.follow("Show more").guests()) == 30
    assert counts[0] == counts[1]


# Taking them along


# Consent


def whole_of(page: Any) -> str:
    """Everything that the page and the files say."""
    addresses = (*FILES, "/contacts.csv?for=outlook", "/me/export")
    answers = [page.open(address).response.data.decode() for address in addresses]
    return "\n".join(answers).replace("\r\n ", "")  # of folded lines


def test_a_field_that_is_not_ticked_does_not_cross(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    card(make, evening["bea"].person, shared=["company"])
    told = whole_of(make.signed_in(browser(), evening["ana"].person))
    assert "Acme" in told
    for kept in ("+34600000001", evening["bea"].person.email, "linkedin.com", "bea.example.org"):
        assert kept not in told


def test_of_who_has_not_confirmed_no_field_crosses(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    told = whole_of(make.signed_in(browser(), evening["ana"].person))
    assert "Carla Gil" in told
    assert "+34600000009" not in told
    assert evening["carla"].person.email not in told


def test_what_was_taken_back_from_me_is_gone_everywhere_until_shared_again(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person)

    def act(verb: Any, **more: Any) -> None:
        with make.act():
            bea, ana = (db.session.get_one(Person, evening[n].person_id) for n in ("bea", "ana"))
            verb(bea, ana, **more)

    act(withdraw, at=clock.now())
    told = whole_of(page)
    assert "Bea Núñez" in told
    for gone in ("+34600000001", evening["bea"].person.email, "Acme", "Bees and compilers"):
        assert gone not in told
    act(share_again)
    assert "+34600000001" in whole_of(page)


def test_what_was_unsaid_takes_the_card_along(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person)
    with make.act():
        back = db.session.query(Encounter).filter_by(noter_id=evening["bea"].id).one()
        db.session.delete(back)
    assert "+34600000001" not in whole_of(page)


# Who may not


@pytest.mark.parametrize(
    "path", [*FILES, "/contacts/1.vcf", "/me/card"], ids=lambda path: path.strip("/")
)
def test_a_stranger_is_asked_to_sign_in(browser: Any, app: Any, path: str) -> None:
    assert browser().open(path).url.startswith("/sign-in")


def test_nobody_sees_a_card_of_whom_they_did_not_meet(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    olga = make.organiser(make.community())
    for person in (olga, evening["carla"].person):
        page = make.signed_in(browser(), person)
        assert page.open(f"/contacts/{evening['bea'].id}.vcf").status == 404
        assert page.open("/contacts").guests() == []


def test_looking_changes_nothing(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    page = make.signed_in(browser(), evening["ana"].person)

    def rows() -> list[dict[str, Any]]:
        kept = [make.rows(table) for table in (Card, CardShare, CardWithdrawal, Encounter, Person)]
        return [
            {key: value for key, value in vars(row).items() if key[0] != "_"}
            for table in kept
            for row in table
        ]

    before = rows()
    whole_of(page)
    page.open("/me/card")
    assert rows() == before
