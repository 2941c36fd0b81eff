"""/me/card: fill it in, tick what crosses, see who holds it, take it back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.model import CARD_FIELDS, Card, CardShare, CardWithdrawal
from tests.contacts.evening import card, guests, met
from tests.make import Make, utc

TYPED = {
    "phone": "600 00 00 01",
    "company": "Acme",
    "role": "Analyst",
    "linkedin": "linkedin.com/in/ana",
    "web": "ana.example.org",
    "about": "Bees,\r\nand compilers",
}


def ticked(page: Any) -> list[str]:
    return [str(box["value"]) for box in page.page.select("[name=share][checked]")]


def shared(make: Make) -> dict[str, datetime]:
    return {row.field: row.since for row in make.rows(CardShare)}


def test_nothing_is_ticked_at_first(make: Make, browser: Any) -> None:
    page = make.signed_in(browser(), make.person()).open("/me/card")
    boxes = [str(box["value"]) for box in page.page.select("[name=share]")]
    assert sorted(boxes) == sorted(CARD_FIELDS)
    assert ticked(page) == []
    assert make.rows(Card) == make.rows(CardShare) == []


def test_a_card_is_kept_in_its_normal_form(make: Make, browser: Any, htmx: bool) -> None:
    ana = make.person()
    page = make.signed_in(browser(htmx=htmx), ana).open("/me/card")
    page.press("Save my card", **TYPED, share=["email", "phone"])
    assert page.sees("Saved.")
    assert ticked(page) == ["email", "phone"]
    kept = make.row(Card)
    assert kept.phone == "+34600000001"
    assert kept.linkedin == "https://www.linkedin.com/in/ana"
    assert kept.web == "https://ana.example.org"
    assert kept.about == "Bees,\nand compilers"
    assert sorted(shared(make)) == ["email", "phone"]


def test_who_only_organises_has_a_phone_where_the_community_is(make: Make, browser: Any) -> None:
    organiser = make.organiser(make.community(tz="America/Mexico_City"))
    page = make.signed_in(browser(), organiser).open("/me/card")
    page.press("Save my card", phone="55 1234 5678")
    assert make.row(Card).phone == "+525512345678"


def test_given_and_family_name_are_the_owners_words(make: Make, browser: Any, htmx: bool) -> None:
    page = make.signed_in(browser(htmx=htmx), make.person(name="Kim Min Jun")).open("/me/card")
    assert parts_shown(page) == ["Kim", "Min Jun"]
    page.press("Save my card", given_name="María del Mar", family_name="de la Fuente Ruiz")
    assert parts_shown(page.open("/me/card")) == ["María del Mar", "de la Fuente Ruiz"]
    page.open("/me").press("Save", name="Mar")
    assert parts_shown(page.open("/me/card")) == ["María del Mar", "de la Fuente Ruiz"]
    page.press("Save my card", given_name="Mar", family_name="")
    assert parts_shown(page.open("/me/card")) == ["Mar", "—"]
    page.open("/me").press("Save", name="Kim Min Jun")
    page.open("/me/card").press("Save my card", given_name="Min Jun", family_name="Kim")
    assert parts_shown(page.open("/me/card")) == ["Min Jun", "Kim"]
    page.press("Save my card", given_name="", family_name="")
    assert parts_shown(page.open("/me/card")) == ["Kim", "Min Jun"]


def test_another_name_is_parted_anew(make: Make, browser: Any) -> None:
    page = make.signed_in(browser(), make.person(name="Kim Min Jun")).open("/me/card")
    page.press("Save my card", given_name="Min Jun", family_name="Kim")
    page.open("/me").press("Save", name="Kim Minjun")
    assert make.row(Card).given_name == "Min Jun"
    page.open("/me").press("Save", name="Ana Gil")
    assert parts_shown(page.open("/me/card")) == ["Ana", "Gil"]
    page.press("Save my card", company="Acme")
    kept = make.row(Card)
    assert (kept.given_name, kept.company) == ("", "Acme")


def parts_shown(page: Any) -> list[str]:
    return [part.get_text() for part in page.one("#card details").select("strong")]


def test_a_phone_with_an_extension_is_shown_as_people_write_it(make: Make, browser: Any) -> None:
    ana = make.person()
    page = make.signed_in(browser(), ana).open("/me/card")
    page.press("Save my card", phone="912345678 x12", share=["phone"])
    assert make.row(Card).phone == "+34912345678;ext=12"
    page.open("/me/card")
    assert page.one("#card [name=phone]")["value"] == "+34 912 34 56 78 ext. 12"
    assert "+34 912 34 56 78 ext. 12" in page.one("#shown").get_text()
    page.press("Save my card", company="Acme")
    assert make.row(Card).phone == "+34912345678;ext=12"


def test_a_phone_is_of_the_country_where_one_goes_out(make: Make, browser: Any) -> None:
    rsvp = make.rsvp(make.event(tz="America/Mexico_City"))
    page = make.signed_in(browser(), rsvp.person).open("/me/card")
    page.press("Save my card", phone="55 1234 5678")
    assert make.row(Card).phone == "+525512345678"


def test_a_phone_may_be_of_each_country_where_one_goes_out(make: Make, browser: Any) -> None:
    ana = make.person()
    for day, tz in enumerate(("Europe/Paris", "America/Mexico_City", "Europe/Madrid"), start=1):
        make.rsvp(make.event(tz=tz, starts_at=utc(2026, 5, day)), person=ana)
    page = make.signed_in(browser(), ana)
    for typed, kept in (("600 11 22 33", "+34600112233"), ("06 12 34 56 78", "+33612345678")):
        page.open("/me/card").press("Save my card", phone=typed)
        assert make.row(Card).phone == kept


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("phone", "call me", "phone"),
        ("linkedin", "https://example.org/in/ana", "linkedin"),
        ("web", "javascript:alert(1)", "web"),
        ("company", "x" * 121, "too_long"),
        ("role", "one\x00two", "control_characters"),
        ("about", "x" * 601, "too_long"),
        ("share", "password", "share"),
    ],
)
def test_what_is_refused_is_said_beside_it_and_the_rest_is_still_there(
    make: Make, browser: Any, htmx: bool, field: str, typed: str, code: str
) -> None:
    page = make.signed_in(browser(htmx=htmx), make.person()).open("/me/card")
    page.press("Save my card", **{"company": "Acme", "share": ["email"], field: typed})
    assert page.status == 422
    assert page.codes() == [code]
    assert make.rows(Card) == make.rows(CardShare) == []
    if field in ("phone", "linkedin", "web"):
        assert page.one(f"input[name={field}]")["value"] == typed
        assert page.one("input[name=company]")["value"] == "Acme"
        assert ticked(page) == ["email"]


def test_a_tick_keeps_its_date_and_an_unticked_field_is_taken_back(
    make: Make, browser: Any
) -> None:
    ana = make.person()
    card(make, ana, shared=["email", "phone"], at=utc(2026, 1, 1))
    page = make.signed_in(browser(), ana).open("/me/card")
    page.press("Save my card", share=["phone", "web"])
    since = shared(make)
    assert sorted(since) == ["phone", "web"]
    assert since["phone"] == datetime(2026, 1, 1, tzinfo=UTC)
    assert since["web"] > datetime(2026, 1, 1, tzinfo=UTC)


def test_a_cleared_field_is_gone(make: Make, browser: Any) -> None:
    ana = make.person()
    card(make, ana)
    page = make.signed_in(browser(), ana).open("/me/card")
    page.press("Save my card", phone="", linkedin="", web=" ")
    kept = make.row(Card)
    assert kept.phone == kept.linkedin == kept.web == ""


def test_one_person_changes_their_own_card_only(make: Make, browser: Any) -> None:
    ana, bea = make.person(), make.person()
    card(make, bea)
    page = make.signed_in(browser(), ana).open("/me/card")
    page.press("Save my card", company="Mine")
    assert make.row(Card, person_id=bea.id).company == "Acme"
    assert make.row(Card, person_id=ana.id).company == "Mine"


def test_one_sees_who_holds_what_and_takes_it_back(make: Make, browser: Any, htmx: bool) -> None:
    ana, bea = guests(make, make.event(title="PyDay"), "Ana Ruiz", "Bea Soler")
    card(make, ana.person, shared=["email", "phone"])
    met(make, bea, ana)
    page = make.signed_in(browser(htmx=htmx), ana.person).open("/me/card")
    row = page.one("[data-holder]")
    for words in ("Bea Soler", "email", "phone", "PyDay"):
        assert words in row.get_text()
    page.press("Withdraw from Bea Soler")
    assert page.page.select("[data-holder]") == []
    assert make.row(CardWithdrawal).holder_id == bea.person_id
    page.press("Share again with Bea Soler")
    assert "Bea Soler" in page.one("[data-holder]").get_text()
    assert make.rows(CardWithdrawal) == []


def test_taking_back_twice_is_once(make: Make, browser: Any) -> None:
    ana, bea = guests(make, make.event(), "Ana Ruiz", "Bea Soler")
    card(make, ana.person)
    met(make, bea, ana)
    page = make.signed_in(browser(), ana.person).open("/me/card")
    form = page.one("[data-holder] form")
    data = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    for _ in range(2):
        assert page.submit(form, data).status == 200
    assert len(make.rows(CardWithdrawal)) == 1


def test_a_card_is_taken_back_by_its_owner_from_whom_they_met_only(
    make: Make, browser: Any
) -> None:
    ana, bea, carla = guests(make, make.event(), "Ana Ruiz", "Bea Soler", "Carla Gil")
    card(make, ana.person)
    met(make, bea, ana)
    page = make.signed_in(browser(), carla.person).open("/me/card")
    token = page.page.select_one("[name=csrf_token]")["value"]
    for verb in ("withdraw", "share-again"):
        for person_id in (ana.person_id, bea.person_id, 999_999):
            path = f"/me/card/{verb}/{person_id}"
            answer = page.client.post(path, data={"csrf_token": token})
            assert answer.status_code == 404, path
    assert make.rows(CardWithdrawal) == []


@pytest.mark.parametrize("path", ["/me/card", "/me/card/withdraw/1", "/me/card/share-again/1"])
def test_a_stranger_has_no_card_to_change(make: Make, browser: Any, path: str) -> None:
    page = browser().open("/sign-in")
    token = page.page.select_one("[name=csrf_token]")["value"]
    answer = page.client.post(path, data={"csrf_token": token, "company": "Evil"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")
    assert make.rows(Card) == []


def test_a_form_of_another_site_changes_nothing(make: Make, browser: Any) -> None:
    page = make.signed_in(browser(), make.person())
    assert page.client.post("/me/card", data={"share": "email"}).status_code == 400
    assert make.rows(CardShare) == []


def test_a_field_is_held_since_both_met_where_it_was_ticked_before(
    make: Make, browser: Any
) -> None:
    ana, bea = guests(make, make.event(), "Ana Ruiz", "Bea Soler")
    card(make, ana.person, shared=["email"], at=utc(2020, 1, 1))
    met(make, bea, ana)
    page = make.signed_in(browser(), ana.person).open("/me/card")
    assert "2020" not in page.one("[data-holder]").get_text()
    assert str(clock.now().year) in page.one("[data-holder]").get_text()
