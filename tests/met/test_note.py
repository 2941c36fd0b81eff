"""A note on somebody one met: for its writer only."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Encounter, Rsvp
from tests.contacts.evening import noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night, looking_back, mails_of_the_day, post, press, row_of


def test_a_note_is_kept_and_read_by_its_writer_only(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "We met")
    page.press(
        "Save the note",
        note="Talked of <b>kilns</b>",
        tags=" Clay, kilns ,clay,, ,C,C++",
        follow_up_on="2099-12-08",
    )
    assert "Talked of <b>kilns</b>" in words_of(row_of(page, bea))
    row = make.row(Encounter)
    assert (row.note, row.tags) == ("Talked of <b>kilns</b>", ["Clay", "kilns", "C", "C++"])
    assert row.follow_up_on == date(2099, 12, 8)
    hers = looking_back(make, browser, bea, htmx=htmx)
    assert not hers.sees("kilns")
    page.press("Save the note", note="", tags="", follow_up_on="")
    row = make.row(Encounter)
    assert (row.note, row.tags, row.follow_up_on) == ("", [], None)
    mails_of_the_day(make)
    assert len(make.mails()) == 1


def test_saying_it_and_noting_it_go_in_one_call(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = looking_back(make, browser, ana)
    assert post(page, f"/e/{ana.event.slug}/met/{bea.id}", note="Hi", tags="a") == 303
    assert post(page, f"/e/{ana.event.slug}/met/{bea.id}", follow_up_on="2099-12-08") == 303
    assert post(page, f"/e/{ana.event.slug}/met/{bea.id}") == 303
    row = make.row(Encounter)
    assert (row.note, row.tags, row.follow_up_on) == ("Hi", ["a"], date(2099, 12, 8))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"follow_up_on": "soon"}, "date"),
        ({"follow_up_on": "2026-02-30"}, "date"),
        ({"follow_up_on": "0001-01-01"}, "date"),
        ({"note": "x" * 1001}, "too_long"),
        ({"tags": "x" * 201}, "too_long"),
        ({"note": "a\x00b"}, "control_characters"),
    ],
)
def test_a_note_of_the_wrong_shape_changes_nothing_and_is_kept(
    make: Make,
    browser: Any,
    pair: tuple[Rsvp, Rsvp],
    htmx: bool,
    fields: dict[str, str],
    code: str,
) -> None:
    ana, bea = pair
    noted(make, ana, bea, note="as it was")
    page = looking_back(make, browser, ana, htmx=htmx)
    page.press("Save the note", **{"tags": "kept", **fields})
    assert page.status == 422
    assert page.codes() == [code]
    assert row_of(page, bea).select_one("details[open]")
    assert make.row(Encounter).note == "as it was"
    page.press("Save the note", note="better", tags="kept", follow_up_on="")
    assert make.row(Encounter).note == "better"


def test_a_wrong_note_of_somebody_not_named_yet_names_nobody(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = looking_back(make, browser, ana)
    assert post(page, f"/e/{ana.event.slug}/met/{bea.id}", follow_up_on="soon") == 422
    assert make.rows(Encounter) == []


def test_a_note_saved_after_it_was_taken_back_elsewhere_asks_again(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    noted(make, ana, bea)
    here, elsewhere = (looking_back(make, browser, ana, htmx=htmx) for _ in range(2))
    press(elsewhere, bea, "Forget")
    here.press("Save the note", note="Kilns")
    assert (here.status, here.codes()) == (409, ["edited_meanwhile"])
    assert words_of(here.one("[data-differs=met] [data-saved]")).endswith("don't say that you met")
    assert make.rows(Encounter) == []
    here.press("Save the note")
    assert make.row(Encounter).note == "Kilns"


def test_a_kept_note_is_shown_even_where_its_guest_is_far_down_the_list(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    noted(make, ana, bea)
    here, elsewhere = (looking_back(make, browser, ana) for _ in range(2))
    for number in range(60):
        make.rsvp(ana.event, f"Guest {number}", listing="attendees", ask_me_about="clay")
    with make.act():
        db.session.merge(ana).want_to_learn = "clay"
    press(elsewhere, bea, "Forget")
    here.press("Save the note", note="Kilns")
    assert here.status == 409
    assert row_of(here, bea).find("textarea").get_text().strip() == "Kilns"


def test_a_day_that_is_over_is_refused_unless_it_was_saved(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "We met")
    page.press("Save the note", note="kept", follow_up_on="2026-01-01")
    assert (page.status, page.codes()) == (422, ["past_day"])
    assert page.one("[name=follow_up_on]")["value"] == "2026-01-01"
    assert make.row(Encounter).follow_up_on is None
    with make.act():
        db.session.query(Encounter).one().follow_up_on = date(2026, 1, 1)
    looking_back(make, browser, ana, htmx=htmx).press("Save the note", note="other")
    assert make.row(Encounter).note == "other"


@pytest.mark.parametrize(("zone", "status"), [("Etc/GMT+12", 303), ("Etc/GMT-14", 422)])
def test_which_day_is_over_tells_the_clock_where_the_event_was(
    make: Make, browser: Any, zone: str, status: int
) -> None:
    """Those two zones are never on the same day."""
    event = last_night(make, tz=zone)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    page = looking_back(make, browser, ana)
    west = clock.now().astimezone(ZoneInfo("Etc/GMT+12")).date()
    assert post(page, f"/e/{event.slug}/met/{bea.id}", follow_up_on=west.isoformat()) == status


def test_undoing_brings_back_a_day_that_is_over(
    make: Make, browser: Any, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    noted(make, ana, bea, follow_up_on=date(2026, 1, 1))
    page = press(looking_back(make, browser, ana, htmx=htmx), bea, "Forget")
    page.press("Undo")
    assert make.row(Encounter).follow_up_on == date(2026, 1, 1)
