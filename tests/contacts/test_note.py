"""/contacts: the own note, tags and day of somebody whom one met, edited in place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Encounter
from tests.contacts.evening import guests, met, noted
from tests.html import words_of
from tests.make import Make


def writing(page: Any, whom: Any) -> Any:
    """The page, with the note of this guest open."""
    link = page.one(f"#occasion-{whom.id} a[href*='note=']")
    return page.open(str(link["href"]))


def test_a_note_is_changed_in_place(
    make: Make, browser: Any, evening: dict[str, Any], htmx: bool
) -> None:
    page = make.signed_in(browser(htmx=htmx), evening["ana"].person).open("/contacts?q=bea")
    writing(page, evening["bea"]).press(
        "Save the note", note="Owes me a book", tags="rust, books", follow_up_on="2099-01-01"
    )
    assert page.guests() == ["Bea Núñez"]
    assert page.one("[data-guest='Bea Núñez'] details").has_attr("open")  # where it's written
    assert page.sees("Owes me a book")
    assert page.one("#due-count").get_text() == "0"
    row = make.row(Encounter, noter_id=evening["ana"].id, met_id=evening["bea"].id)
    assert (row.note, row.tags) == ("Owes me a book", ["rust", "books"])
    assert row.follow_up_on == date(2099, 1, 1)


def test_the_fold_of_a_contact_is_closed_until_something_is_written_in_it(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    assert not page.page.select("[data-contact] details[open]")
    writing(page, evening["bea"]).press("Save the note", tags="x" * 500)
    assert page.page.select("details[open] .error")
    page.press("Save the note", note="Owes me a book", tags="books")
    (folds,) = page.page.select("[data-contact] details[open]")
    assert "Saved." in words_of(folds)


def test_each_evening_has_its_own_note(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    later = make.event(title="Rust Night", starts_at=clock.now() - timedelta(hours=2))
    ana = make.rsvp(later, "Ana Ruiz", person=evening["ana"].person)
    bea = make.rsvp(later, "Bea Núñez", person=evening["bea"].person)
    met(make, ana, bea)
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts?q=bea")
    assert page.sees("Met at 2 events")
    writing(page, bea).press("Save the note", note="Now with Go")
    notes = {row.met_id: row.note for row in make.rows(Encounter, noter_id=ana.id)}
    assert notes == {bea.id: "Now with Go"}
    first = make.row(Encounter, noter_id=evening["ana"].id, met_id=evening["bea"].id)
    assert first.note == "knows Rust"


def test_one_tap_says_that_one_got_in_touch(
    make: Make, browser: Any, evening: dict[str, Any], htmx: bool
) -> None:
    page = make.signed_in(browser(htmx=htmx), evening["ana"].person).open("/contacts?due=1")
    assert "Write by 8 Oct 2026" in words_of(page.one("[data-guest='Bea Núñez'] summary"))
    page.press("Done: I wrote to Bea Núñez")
    assert not page.sees("Write by")
    row = make.row(Encounter, noter_id=evening["ana"].id, met_id=evening["bea"].id)
    assert (row.follow_up_on, row.note) == (None, "knows Rust")
    assert page.one("#due-count").get_text() == "0"


def test_a_note_may_be_changed_once_nobody_can_say_any_more_whom_they_met(
    make: Make, browser: Any
) -> None:
    long_ago = make.event(starts_at=clock.now() - timedelta(days=300))
    ana, bea = guests(make, long_ago, "Ana Ruiz", "Bea Gil")
    noted(make, ana, bea)
    page = make.signed_in(browser(), ana.person).open("/contacts")
    writing(page, bea).press("Save the note", note="Who was that?")
    assert page.sees("Who was that?")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"follow_up_on": "soon"}, "date"),
        ({"follow_up_on": "2026-10-07"}, "past_day"),
        ({"note": "x" * 1001}, "too_long"),
    ],
)
def test_what_is_refused_is_said_beside_it(
    make: Make,
    browser: Any,
    evening: dict[str, Any],
    htmx: bool,
    fields: dict[str, str],
    code: str,
) -> None:
    page = make.signed_in(browser(htmx=htmx), evening["ana"].person).open("/contacts?q=bea")
    writing(page, evening["bea"]).press("Save the note", **{"note": "typed", **fields})
    assert page.status == 422
    assert page.codes() == [code]
    assert page.guests() == ["Bea Núñez"]
    assert make.row(Encounter, met_id=evening["bea"].id).note == "knows Rust"


def test_a_stale_note_saves_nothing_and_shows_both(
    make: Make, browser: Any, evening: dict[str, Any], htmx: bool
) -> None:
    page = make.signed_in(browser(htmx=htmx), evening["ana"].person).open("/contacts?q=bea")
    writing(page, evening["bea"])
    with make.act():
        row = db.session.query(Encounter).filter_by(met_id=evening["bea"].id).one()
        row.note = "written on the phone"
    page.press("Save the note", note="written on the laptop")
    assert page.status == 409
    assert page.codes() == ["edited_meanwhile"]
    assert page.sees("written on the phone")
    assert make.row(Encounter, met_id=evening["bea"].id).note == "written on the phone"
    page.press("Save the note")
    assert make.row(Encounter, met_id=evening["bea"].id).note == "written on the laptop"


def test_nobody_writes_on_what_others_noted_or_was_taken_back(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    with make.act():
        row = db.session.query(Encounter).filter_by(met_id=evening["carla"].id).one()
        row.taken_back_at = clock.now()
    for who, whom in (("carla", "bea"), ("carla", "ana"), ("ana", "carla"), ("ana", "ana")):
        page = make.signed_in(browser(), evening[who].person).open("/me")
        data = {"csrf_token": token_of(page), "note": "mine"}
        answer = page.client.post(f"/contacts/{evening[whom].id}/note", data=data)
        assert answer.status_code == 404, (who, whom)
    assert "mine" not in {row.note for row in make.rows(Encounter)}


def test_a_note_opens_in_place(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    link = page.one(f"#occasion-{evening['carla'].id} a[href*='note=']")
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = page.client.get(str(link["hx-get"]), headers=headers)
    assert answer.text.count("<form") == 1
    assert f'id="{link["hx-target"][1:]}"' in answer.text
    nobody = evening["carla"].id + 1000
    assert page.client.get(f"/contacts?note={nobody}").status_code == 404


def token_of(page: Any) -> str:
    return str(page.page.select_one("[name=csrf_token]")["value"])


def test_a_day_that_was_saved_and_is_over_now_may_stay(
    make: Make, browser: Any, evening: dict[str, Any], htmx: bool
) -> None:
    page = make.signed_in(browser(htmx=htmx), evening["ana"].person).open("/contacts?q=bea")
    writing(page, evening["bea"]).press("Save the note", note="Owes me a book")
    row = make.row(Encounter, met_id=evening["bea"].id)
    assert (row.note, row.follow_up_on) == ("Owes me a book", date(2026, 10, 8))


def test_saving_says_so_once(make: Make, browser: Any, evening: dict[str, Any], htmx: bool) -> None:
    page = make.signed_in(browser(htmx=htmx), evening["ana"].person).open("/contacts")
    writing(page, evening["bea"]).press("Save the note", note="Owes me a book")
    assert "Saved." in words_of(page.one(f"#occasion-{evening['bea'].id} [role=status]"))
    assert not page.open("/contacts").sees("Saved.")
