"""An organiser writes down a new event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.events.forms import EMPTY_TALKS
from eventapp.model import AuditEntry, Event, Talk
from tests.browser import Browser, form_data
from tests.events.organising import TYPED, edit_form, may_event, organiser_of, value_of
from tests.make import Make, utc

Browsers = Callable[..., Browser]


def test_new_event_is_a_draft_with_its_talks(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community(tz="Europe/Madrid")
    page = organiser_of(make, browser, community, htmx=htmx)
    page.open(f"/o/{community.slug}").follow("New event")
    assert value_of(page, "tz") == "Europe/Madrid"

    talks = {"talks-0-title": "Saying no", "talks-0-speaker": "Núria", "talks-2-title": "Cider"}
    page.press("Save as a draft", **TYPED, **talks, capacity="40", companions_max="2")

    event = make.row(Event)
    assert page.url == "/o/e/beers-and-talks"
    assert page.sees("Draft")
    assert event.published_at is None
    assert (event.starts_at, event.ends_at) == (utc(2027, 5, 4, 17), utc(2027, 5, 4, 20))
    assert (event.capacity, event.companions_max) == (40, 2)
    rows = [(talk.title, talk.speaker) for talk in make.rows(Talk, event_id=event.id)]
    assert rows == [("Saying no", "Núria"), ("Cider", "")]
    assert value_of(page, "talks-1-title") == "Cider"


def talks_in_sight(page: Browser) -> list[str]:
    """The rows for talks that are not folded into “Another talk”."""
    rows = page.page.select("#talks > .stack > .talk-row [name$=-title]")
    return [str(row["value"]) for row in rows]


def test_form_has_rows_for_more_talks_folded(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community()
    page = organiser_of(make, browser, community, htmx=htmx)
    page.open(f"/o/{community.slug}/events/new")
    assert talks_in_sight(page) == [""]
    assert len(page.page.select("[name^=talks-][name$=-title]")) == EMPTY_TALKS
    page.press("Save as a draft", **{**TYPED, "title": ""}, **{"talks-1-title": "Cider"})
    assert (page.status, talks_in_sight(page)) == (422, ["", "Cider"])
    edit_form(page.press("Save as a draft", **TYPED))
    assert talks_in_sight(page) == ["Cider"]
    assert len(page.page.select("[name^=talks-][name$=-title]")) == 1 + EMPTY_TALKS


def test_an_event_without_an_end_takes_three_hours(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    page.press("Save as a draft", **{**TYPED, "ends": "", "starts": "2027-05-04T23:00"})
    assert make.row(Event).ends_at == utc(2027, 5, 5, 0)
    assert value_of(page, "ends") == "2027-05-05T02:00"


def test_save_and_publish_is_one_press(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community()
    page = organiser_of(make, browser, community, htmx=htmx)
    page.open(f"/o/{community.slug}/events/new")
    page.press("Save and publish", **{**TYPED, "title": ""})
    assert (page.status, make.rows(Event)) == (422, [])
    page.press("Save and publish", **TYPED)
    assert page.sees("It's public now")
    assert make.row(Event).published_at
    assert [row.verb for row in make.rows(AuditEntry)] == ["event_scheduled", "event_published"]


def test_empty_capacity_lets_all_come(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community)
    page.open(f"/o/{community.slug}/events/new").press("Save as a draft", **TYPED)
    assert make.row(Event).capacity is None


def test_address_can_be_chosen(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    page.press("Save as a draft", **TYPED, slug="may-meeting")
    assert page.url == "/o/e/may-meeting"


def test_a_form_sent_twice_is_one_event(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community()
    page = organiser_of(make, browser, community, htmx=htmx)
    form = page.open(f"/o/{community.slug}/events/new").one("#event-form form")
    typed = {**form_data(form), **TYPED}
    for _ in range(2):
        assert page.submit(form, typed).url == "/o/e/beers-and-talks"
    make.row(AuditEntry, verb="event_scheduled")
    page.follow("Discard the draft…").press("Yes, discard it")
    page.submit(form, typed)
    assert make.row(Event).slug == "beers-and-talks", "it was deleted meanwhile"


def test_a_form_sent_again_takes_no_other_event_for_its_own(make: Make, browser: Browsers) -> None:
    """SQLite gives the id of a row that was deleted to the next one."""
    community = make.community()
    page = organiser_of(make, browser, community)
    form = page.open(f"/o/{community.slug}/events/new").one("#event-form form")
    typed = {**form_data(form), **TYPED}
    page.submit(form, typed)
    first = make.row(Event).id
    page.follow("Discard the draft…").press("Yes, discard it")
    other = make.event(community, id=first, title="Another")
    assert page.submit(form, typed).url == "/o/e/beers-and-talks"
    assert {event.title for event in make.rows(Event)} == {other.title, TYPED["title"]}


def test_same_title_twice_gets_another_address(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community)
    for slug in ("beers-and-talks", "beers-and-talks-2", "beers-and-talks-3"):
        page.open(f"/o/{community.slug}/events/new").press("Save as a draft", **TYPED)
        assert page.url == f"/o/e/{slug}"


def test_title_without_latin_letters_gets_an_address(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    page.press("Save as a draft", **{**TYPED, "title": "Пиво и доклады"})
    assert page.url == "/o/e/event"


def test_time_that_comes_twice_is_the_first(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    night = {"starts": "2027-10-31T02:30", "ends": "2027-10-31T05:00"}
    page.press("Save as a draft", **{**TYPED, **night})
    assert make.row(Event).starts_at == utc(2027, 10, 31, 0, 30)
    assert value_of(page, "starts") == "2027-10-31T02:30"


def test_zone_is_found_however_it_is_typed(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    page.press("Save as a draft", **{**TYPED, "tz": "america/mexico city"})
    assert make.row(Event).tz == "America/Mexico_City"


BAD = [
    ("title", "", "required"),
    ("title", " \u200b ", "required"),
    ("title", "x" * 121, "too_long"),
    ("title", "Beers\x07", "control_characters"),
    ("title", "Beers\x00", "control_characters"),
    ("slug", "Bad Slug!", "slug"),
    ("slug", "x" * 61, "too_long"),
    ("description", "x" * 10_001, "too_long"),
    ("description", "a\x1bb", "control_characters"),
    ("place", "x" * 201, "too_long"),
    ("starts", "", "required"),
    ("starts", "tomorrow at eight", "time"),
    ("starts", "0027-05-04T19:00", "time"),
    ("starts", "20270-05-04T19:00", "time"),
    ("starts", "2027-05-04T19:00+02:00", "time"),
    ("starts", "2027-03-28T02:30", "time_does_not_exist"),
    ("ends", "2027-05-04T18:59", "end_before_start"),
    ("ends", "2027-05-04T19:00", "end_before_start"),
    ("tz", "", "required"),
    ("tz", "Mars/Olympus", "unknown_zone"),
    ("tz", "../../etc/passwd", "unknown_zone"),
    ("capacity", "0", "number"),
    ("capacity", "-5", "number"),
    ("capacity", "1000001", "number"),
    ("capacity", "9" * 400, "number"),
    ("capacity", "many", "number"),
    ("capacity", "12.5", "number"),
    ("companions_max", "21", "number"),
    ("companions_max", "-1", "number"),
    ("companions_max", "", "required"),
    ("talks-0-title", "x" * 121, "too_long"),
    ("talks-1-speaker", "Somebody", "required"),
    ("talks-1-starts", "19:30", "required"),
    ("talks-0-starts", "late", "time"),
    ("talks-0-starts", "18:59", "outside_event"),
    ("talks-0-starts", "22:00", "outside_event"),
    ("talks-0-speaker_about", "x" * 141, "too_long"),
    ("rsvp_closes", "2027-03-28T02:30", "time_does_not_exist"),
    ("door_opens_hours_before", "169", "number"),
    ("met_closes_days_after", "0", "number"),
]


@pytest.mark.parametrize(("field", "typed", "code"), BAD)
def test_bad_input_is_said_and_kept(
    make: Make, browser: Browsers, field: str, typed: str, code: str
) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    page.press("Save as a draft", **{**TYPED, field: typed})
    assert page.status == 422
    assert code in page.codes()
    if "\x00" not in typed and typed.strip(" \u200b"):
        assert value_of(page, field) == typed
    assert value_of(page, "place" if field != "place" else "title") in TYPED.values()
    assert make.rows(Event) == []


def test_bad_input_is_said_in_place_too(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community()
    page = organiser_of(make, browser, community, htmx=htmx)
    page.open(f"/o/{community.slug}/events/new")
    page.press("Save as a draft", **{**TYPED, "ends": "2027-05-01T10:00"})
    wrong = page.one("#event-form [aria-invalid]")
    assert wrong["name"] == "ends"
    page.press("Save as a draft", ends=TYPED["ends"])
    assert page.url == "/o/e/beers-and-talks"


def test_what_is_wrong_in_a_closed_part_opens_it(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    assert page.page.select("#event-form details[open]") == []
    page.press("Save as a draft", **TYPED, met_closes_days_after="0", capacity="0")
    opened = [str(part["id"]) for part in page.page.select("#event-form details[open]")]
    assert opened == ["who-may-come", "openings"]


def test_address_of_another_event_is_refused(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community()
    may_event(make, slug="taken")
    page = organiser_of(make, browser, community, htmx=htmx)
    page.open(f"/o/{community.slug}/events/new")
    page.press("Save as a draft", **TYPED, slug="taken")
    assert page.status == 409
    assert "slug_taken" in page.codes()
    assert (value_of(page, "slug"), value_of(page, "title")) == ("taken", TYPED["title"])
    assert len(make.rows(Event)) == 1


def test_form_that_leaves_fields_out_is_refused(make: Make, browser: Browsers) -> None:
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    form = page.one("#event-form form")
    token = str(page.one("#event-form [name=csrf_token]")["value"])
    page.submit(form, {"csrf_token": token, "title": "Only this"})
    assert page.status == 422
    assert page.codes().count("required") == 2
