"""An organiser changes an event that is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.model import Event, Talk
from tests.browser import Browser, form_data
from tests.events.organising import edit_form, may_event, organiser_of, save, value_of
from tests.make import Make, utc

Browsers = Callable[..., Browser]


def test_form_shows_what_the_event_says(make: Make, browser: Browsers) -> None:
    event = may_event(make, description="**Two** talks")
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    shown = [value_of(page, f) for f in ("title", "starts", "ends", "tz", "description")]
    assert shown == [
        "Beers and talks",
        "2027-05-04T19:00",
        "2027-05-04T22:00",
        "Europe/Madrid",
        "**Two** talks",
    ]


def test_the_address_that_the_form_had_still_takes_it(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = edit_form(organiser_of(make, browser, event).open(f"/o/e/{event.slug}"))
    form = page.one("#event-form form")
    form["action"] = f"/o/e/{event.slug}"
    page.submit(form, {**form_data(form), "title": "Cider"})
    assert page.sees("Saved.")
    assert make.row(Event).title == "Cider"


@pytest.mark.parametrize(
    ("typed", "revision"),
    [
        ({}, 0),
        ({"title": "Cider and talks", "description": "New"}, 0),
        ({"starts": "2027-05-04T18:30"}, 1),
        ({"ends": "2027-05-04T23:00"}, 1),
        ({"place": "Another bar"}, 1),
        ({"tz": "Atlantic/Canary"}, 1),
    ],
)
def test_other_time_or_place_is_a_new_revision(
    make: Make, browser: Browsers, htmx: bool, typed: dict[str, str], revision: int
) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    save(page, **typed)
    assert page.sees("Saved.")
    assert make.row(Event).revision == revision
    for field, words in typed.items():
        assert value_of(page, field) == words


def test_talks_can_be_written_over_and_emptied(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = may_event(make, community)
    page = organiser_of(make, browser, community).open(f"/o/e/{event.slug}")
    save(page, **{"talks-0-title": "One", "talks-1-title": "Two", "talks-2-title": "Three"})
    save(page, **{"talks-0-title": "", "talks-1-title": "Zwei"})
    assert sorted(talk.title for talk in make.rows(Talk)) == ["Three", "Zwei"]
    assert value_of(page, "talks-0-title") == "Zwei"


def test_openings_can_be_set(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    save(page, rsvp_closes="2027-05-04T12:00", door_opens_hours_before="1")
    changed = make.row(Event)
    assert changed.rsvp_closes_at == utc(2027, 5, 4, 10)
    assert changed.door_opens_at == utc(2027, 5, 4, 16)
    save(page, rsvp_closes="")
    assert make.row(Event).rsvp_closes_at is None


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("title", "", "required"),
        ("ends", "2027-05-03T22:00", "end_before_start"),
        ("starts", "2027-03-28T02:30", "time_does_not_exist"),
        ("tz", "Mars/Olympus", "unknown_zone"),
        ("place", "x" * 201, "too_long"),
        ("companions_max", "many", "number"),
    ],
)
def test_bad_input_changes_nothing_and_is_kept(
    make: Make, browser: Browsers, htmx: bool, field: str, typed: str, code: str
) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    save(page, **{"description": "Much typing", field: typed})
    assert page.status == 422
    assert code in page.codes()
    assert (value_of(page, field), value_of(page, "description")) == (typed, "Much typing")
    assert make.row(Event).description == ""


def test_a_start_after_a_talk_is_refused_and_the_talk_keeps_its_time(
    make: Make, browser: Browsers
) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    save(page, **{"talks-0-title": "Bread", "talks-0-starts": "20:30"})
    save(page, starts="2027-05-04T21:00")
    assert page.status == 422
    assert "outside_event" in page.codes()
    assert [talk.minutes_in for talk in make.rows(Talk)] == [90]
    page.press("Save", **{"talks-0-starts": "21:30"})
    assert [talk.minutes_in for talk in make.rows(Talk)] == [30]


def test_address_of_a_draft_can_change(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make, published_at=None)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    save(page, slug="in-may")
    assert page.url == "/o/e/in-may"


def test_address_that_is_taken_is_refused(make: Make, browser: Browsers, htmx: bool) -> None:
    may_event(make, slug="taken")
    event = may_event(make, slug="mine", published_at=None)
    page = organiser_of(make, browser, event, htmx=htmx).open("/o/e/mine")
    save(page, slug="taken", title="Another title")
    assert page.status == 409
    assert "slug_taken" in page.codes()
    assert (value_of(page, "slug"), value_of(page, "title")) == ("taken", "Another title")
    assert make.row(Event, slug="mine").title == "Beers and talks"


def test_address_of_a_public_event_stays(make: Make, browser: Browsers) -> None:
    event = may_event(make, slug="printed")
    page = organiser_of(make, browser, event).open("/o/e/printed/edit")
    assert page.page.select("#event-form [name=slug]") == []
    form = page.one("#event-form form")
    token = str(page.one("#event-form [name=csrf_token]")["value"])
    page.submit(form, {"csrf_token": token, "slug": "other", "title": "Still printed"})
    assert make.row(Event, slug="printed").title == "Still printed"


def test_places_are_a_form_of_their_own(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make, capacity=10)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    assert edit_form(page).page.select("[name=capacity]") == []
    page.open(f"/o/e/{event.slug}").press("Change the places", capacity="25")
    assert make.row(Event).capacity == 25
    assert page.one("#places [name=capacity]")["value"] == "25"


def test_seats_taken_meanwhile_are_not_overwritten(make: Make, browser: Browsers) -> None:
    event = may_event(make, capacity=10)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    make.rsvp(event, companions=2)
    save(page, title="Cider and talks")
    assert (make.row(Event).seats_taken, make.row(Event).title) == (3, "Cider and talks")


def test_reminders_are_on_until_somebody_switches_them_off(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    save(page, title="Cider and talks")
    assert (make.row(Event).reminds_day_before, make.row(Event).reminds_hours_before) == (1, 1)
    save(page, reminds_day_before=None)
    assert (make.row(Event).reminds_day_before, make.row(Event).reminds_hours_before) == (0, 1)
    page.press("Copy as a new draft")
    assert [row.reminds_day_before for row in make.rows(Event)] == [False, False]
