"""What was said, left for later or taken back is said in words, and undone by a tap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import update

from eventapp.account.gate import JUST_NOW
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Encounter, Rsvp
from tests.contacts.evening import met, noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night, looking_back, press, row_of


def test_what_was_forgotten_comes_back_whole(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    met(make, ana, bea, note="Likes Rust", tags=["rust", "Berlin"])
    page = looking_back(make, browser, ana, htmx=htmx)
    press(page, bea, "Forget")
    assert row_of(page, bea)["data-state"] == "asked"
    assert page.sees("Forgotten: Bea Gil.")
    page.press("Undo")
    assert row_of(page, bea)["data-state"] == "mutual"
    assert not page.sees("Forgotten: Bea Gil.")
    back = make.row(Encounter, noter_id=ana.id)
    assert (back.note, back.tags) == ("Likes Rust", ["rust", "Berlin"])


@pytest.mark.parametrize("by_key", [False, True])
def test_who_was_left_for_later_is_a_question_again(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool, by_key: bool
) -> None:
    ana, bea = pair
    noted(make, bea, ana)
    page = looking_back(make, browser, ana, htmx=htmx)
    if by_key:
        page.open(f"/r/{ana.key}/met")
    hers = looking_back(make, browser, bea)
    before = words_of(row_of(hers, ana))
    press(page, bea, "Not now")
    assert page.sees("Bea Gil is left for later. They aren't told.")
    assert row_of(page, bea)["data-state"] == "declined"
    page.press("Undo")
    assert row_of(page, bea)["data-state"] == "asked"
    assert not page.sees("is left for later")
    assert words_of(row_of(hers.open(hers.url), ana)) == before
    assert make.mails() == []


def test_a_tap_is_undone_without_javascript_too(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana), bea, "We met")
    assert page.sees("You met Bea Gil.")
    page.press("Undo: You met Bea Gil.")
    assert row_of(page, bea)["data-state"] == "new"
    assert make.rows(Encounter) == []
    noted(make, bea, ana)
    press(page.open(page.url), bea, "Yes, we met")
    page.press("Undo: You and Bea Gil both said so.")
    assert row_of(page, bea)["data-state"] == "asked"


@pytest.mark.parametrize("button", ["Forget", "Not now"])
def test_a_page_loaded_anew_offers_it_for_ten_seconds(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool, button: str
) -> None:
    ana, bea = pair
    noted(make, *(pair if button == "Forget" else reversed(pair)))
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, button)
    there = f"/e/{ana.event.slug}/met"
    assert page.open(there).one("#just-now button")
    elsewhere = make.rsvp(last_night(make), "Ana", person=ana.person)
    assert not page.open(f"/e/{elsewhere.event.slug}/met").page.select("#just-now")
    with time_machine.travel(clock.now() + timedelta(seconds=11)):
        assert not page.open(there).page.select("#just-now")


def test_a_note_that_was_saved_is_not_undone_with_the_tap(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "We met")
    page.press("Save the note", note="Likes Rust")
    assert not page.page.select("#just-now")
    assert not page.open(f"/e/{ana.event.slug}/met").page.select("#just-now")


def test_undoing_a_no_asks_nothing_once_the_other_has_forgotten(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    noted(make, bea, ana)
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Not now")
    press(looking_back(make, browser, bea), ana, "Forget")
    page.press("Undo")
    assert row_of(page, bea)["data-state"] == "new"
    assert make.rows(Encounter) == []


@pytest.mark.parametrize(("listing", "note"), [("nobody", "hi"), ("attendees", "話" * 1000)])
def test_what_cannot_be_said_again_is_not_offered(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool, listing: str, note: str
) -> None:
    """Somebody who left the list meanwhile, or a note that no cookie holds."""
    ana, bea = pair
    noted(make, ana, bea, note=note)
    with make.act():
        db.session.execute(update(Rsvp).where(Rsvp.id == bea.id).values(listing=listing))
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Forget")
    assert page.sees("Forgotten: Bea Gil.")
    assert not page.page.select("#just-now form")


# In another tab


@pytest.fixture
def other_tab(make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]) -> Callable[..., None]:
    """Ana notes that she met Bea, on another page that she has open."""
    ana, bea = pair

    def note(words: str) -> None:
        other = make.signed_in(browser(), ana.person).open(f"/e/{ana.event.slug}/met")
        if row_of(other, bea)["data-state"] in ("new", "asked"):
            press(other, bea, "We met" if row_of(other, bea)["data-state"] == "new" else "Yes")
        press(other, bea, "Save the note", note=words)

    return note


def test_undo_loses_no_note_that_was_written_since(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], other_tab: Any, htmx: bool
) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "We met")
    other_tab("Promised her the book")
    page.press("Undo")
    assert make.row(Encounter).note == "Promised her the book"
    assert row_of(page, bea).select("details[open] details.sure[open] form")
    assert not page.page.select("#just-now")
    press(page, bea, "Forget")
    assert make.rows(Encounter) == []


def test_undo_brings_back_no_note_over_a_newer_one(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], other_tab: Any, htmx: bool
) -> None:
    ana, bea = pair
    noted(make, ana, bea, note="Likes Rust")
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Forget")
    other_tab("Likes Go")
    page.press("Undo")
    assert make.row(Encounter).note == "Likes Go"
    assert page.codes() == ["edited_meanwhile"]
    assert row_of(page, bea).select_one("textarea").get_text().strip() == "Likes Rust"
    press(page, bea, "Save the note", note="Likes both")
    assert make.row(Encounter).note == "Likes both"


def test_not_now_on_an_older_page_loses_no_note(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], other_tab: Any, htmx: bool
) -> None:
    ana, bea = pair
    noted(make, bea, ana)
    page = looking_back(make, browser, ana, htmx=htmx)
    other_tab("Promised her the book")
    press(page, bea, "Not now")
    assert make.row(Encounter, noter_id=ana.id).note == "Promised her the book"
    assert row_of(page, bea)["data-state"] == "mutual"
    assert row_of(page, bea).select("details[open] details.sure[open] form")


def test_a_note_that_was_changed_since_is_shown_before_it_goes(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], other_tab: Any, htmx: bool
) -> None:
    ana, bea = pair
    noted(make, ana, bea, note="Likes Rust")
    page = looking_back(make, browser, ana, htmx=htmx)
    other_tab("Likes Go")
    press(page, bea, "Forget")
    assert make.row(Encounter).note == "Likes Go"
    assert "Likes Go" in words_of(row_of(page, bea))
    press(page, bea, "Forget")
    assert make.rows(Encounter) == []


def test_a_browser_forgets_a_note_that_was_taken_back(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    noted(make, ana, bea, note="Likes Rust")
    page = press(looking_back(make, browser, ana), bea, "Forget")
    cookie = page.client.get_cookie(JUST_NOW)
    assert (cookie.max_age, cookie.http_only) == (10, True)
    with page.client.session_transaction() as kept:
        assert "just_now" not in kept
    page.open("/me").press("Sign out")
    assert page.client.get_cookie(JUST_NOW) is None
