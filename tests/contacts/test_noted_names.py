"""Names of people on no list are found, filtered and taken along as the other contacts are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import NotedName, Rsvp
from tests.contacts.test_files import cards_in, rows_in
from tests.make import Make


def note_name(make: Make, rsvp: Rsvp, name: str, key: str, note: str = "") -> None:
    row = {"rsvp_id": rsvp.id, "name": name, "name_key": key, "note": note}
    with make.act():
        db.session.add(NotedName(**row, noted_at=clock.now()))


def names_on(page: Any) -> list[str]:
    return [str(row["data-noted-name"]) for row in page.page.select("[data-noted-name]")]


@pytest.fixture
def ana(make: Make, evening: dict[str, Any]) -> Any:
    """She noted Ñaki at PyDay, and the accordionist at a later event."""
    note_name(make, evening["ana"], "Ñaki Vidal", "naki vidal", "Repairs =bikes")
    later = make.event(title="Rust Night", slug="rust", starts_at=clock.now() - timedelta(hours=2))
    own = make.rsvp(later, "Ana Ruiz", person=evening["ana"].person)
    note_name(make, own, "Señor del Acordeón", "senor del acordeon")
    return evening["ana"].person


BOTH = ["Señor del Acordeón", "Ñaki Vidal"]


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ("", BOTH),
        ("q=zzz", []),
        ("q=naki", ["Ñaki Vidal"]),
        ("q=vidla", ["Ñaki Vidal"]),
        ("q=bikes", ["Ñaki Vidal"]),
        ("q=rust+night", ["Señor del Acordeón"]),
        ("event=rust", ["Señor del Acordeón"]),
        ("event=none", []),
        ("tag=rust", []),
        ("due=1", []),
    ],
)
def test_words_and_filters_apply_to_them(
    make: Make, browser: Any, ana: Any, narrowed: str, names: list[str]
) -> None:
    page = make.signed_in(browser(), ana).open(f"/contacts?{narrowed}")
    assert names_on(page) == names
    assert bool(page.page.select(".empty")) == (not names and not page.guests())


def test_a_search_shows_and_hides_them(make: Make, browser: Any, ana: Any, htmx: bool) -> None:
    page = make.signed_in(browser(htmx=htmx), ana).open("/contacts")
    assert names_on(page.search("naki")) == ["Ñaki Vidal"]
    assert names_on(page.search("zzz")) == []


def test_who_noted_names_alone_finds_and_takes_them(make: Make, browser: Any) -> None:
    own = make.rsvp(make.event(starts_at=clock.now() - timedelta(hours=2)), "Ana")
    note_name(make, own, "Ñaki Vidal", "naki vidal")
    page = make.signed_in(browser(), own.person).open("/contacts")
    assert page.one("[data-inside]")["data-inside"] == "1"
    assert names_on(page.search("naki")) == ["Ñaki Vidal"]


def test_the_files_of_everybody_have_them(make: Make, browser: Any, ana: Any) -> None:
    page = make.signed_in(browser(), ana).open("/contacts")
    assert page.sees("With 3 more who haven't confirmed")
    assert page.sees("2 of them you noted for yourself")
    cards = cards_in(page.client.get("/contacts.vcf").data)
    assert set(cards) == {"Bea Núñez", "Carla Gil", *BOTH}
    assert "Repairs =bikes" in cards["Ñaki Vidal"].note.value
    assert cards["Ñaki Vidal"].categories.value == ["PyDay"]
    again = cards_in(page.client.get("/contacts.vcf").data)
    assert {one.uid.value for one in cards.values()} == {one.uid.value for one in again.values()}
    assert len({one.uid.value for one in cards.values()}) == len(cards)
    for purpose in ("google", "outlook"):
        rows = rows_in(page.client.get(f"/contacts.csv?for={purpose}").data)
        assert [row for row in rows if "Repairs =bikes" in row["Notes"]]
    table = {row["Name"]: row for row in rows_in(page.client.get("/contacts.csv").data)}
    assert table["Ñaki Vidal"]["Note"] == "Repairs =bikes"
    assert table["Ñaki Vidal"]["Event"] == "PyDay"


def test_the_files_of_the_confirmed_have_none(make: Make, browser: Any, ana: Any) -> None:
    page = make.signed_in(browser(), ana)
    assert set(cards_in(page.client.get("/contacts.vcf?only=confirmed").data)) == {"Bea Núñez"}
