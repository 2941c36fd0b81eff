"""Talks with their times and speakers, as organisers write them and as the event's page tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from eventapp.core.db import db
from eventapp.core.zones import TimeDoesNotExist
from eventapp.events.programme import (
    EndsBeforeItStarts,
    OutsideEvent,
    PlannedTalk,
    ends_minutes_in,
    minutes_in,
    set_programme,
)
from eventapp.model import Event, Talk
from tests.browser import Browser
from tests.events.organising import may_event, organiser_of, save, value_of
from tests.make import Make, utc

Browsers = Callable[..., Browser]
ACROSS_MIDNIGHT: dict[str, Any] = {
    "starts_at": utc(2027, 5, 4, 20),
    "ends_at": utc(2027, 5, 5, 1),
    "tz": "Europe/Madrid",
}


@pytest.mark.parametrize(
    ("local", "minutes"),
    [(time(22), 0), (time(23, 30), 90), (time(0, 15), 135), (time(2, 59), 299)],
)
def test_a_time_counts_from_the_start(local: time, minutes: int) -> None:
    assert minutes_in(local, **ACROSS_MIDNIGHT) == minutes


@pytest.mark.parametrize("local", [time(3), time(21, 59)])
def test_the_event_is_on_when_a_talk_starts(local: time) -> None:
    with pytest.raises(OutsideEvent):
        minutes_in(local, **ACROSS_MIDNIGHT)


def test_clocks_that_go_back_or_forward_meanwhile_are_counted() -> None:
    back = {"starts_at": utc(2027, 10, 30, 22), "ends_at": utc(2027, 10, 31, 4)}
    assert minutes_in(time(3, 30), tz="Europe/Madrid", **back) == 4.5 * 60
    forward = {"starts_at": utc(2027, 3, 27, 23), "ends_at": utc(2027, 3, 28, 4)}
    with pytest.raises(TimeDoesNotExist):
        minutes_in(time(2, 30), tz="Europe/Madrid", **forward)


def test_the_page_says_when_a_talk_starts_and_who_speaks(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    typed = {"title": "Saying no", "starts": "19:30", "speaker": "Núria"}
    save(page, **{f"talks-0-{name}": value for name, value in typed.items()},
               **{"talks-0-speaker_about": "sold her firm twice"})  # fmt: skip
    assert value_of(page, "talks-0-starts") == "19:30"
    assert make.row(Talk).minutes_in == 30

    shown = browser().open(f"/e/{event.slug}").one("#programme li")
    assert [str(one["datetime"]) for one in shown.select("time")] == ["2027-05-04T17:30:00+00:00"]
    for words in ("19:30", "Saying no", "Núria", "sold her firm twice"):
        assert words in shown.get_text()


def test_the_page_says_when_a_talk_ends_where_hosts_do(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    typed = {"talks-0-starts": "19:30", "talks-0-ends": "20:15", "talks-1-starts": "20:15"}
    save(page, **{"talks-0-title": "Saying no", "talks-1-title": "Yeast"}, **typed)
    assert value_of(page, "talks-0-ends") == "20:15"
    assert value_of(page, "talks-1-ends") == ""
    rows = {row.title: (row.minutes_in, row.ends_minutes_in) for row in make.rows(Talk)}
    assert rows == {"Saying no": (30, 75), "Yeast": (75, None)}
    times = browser().open(f"/e/{event.slug}").page.select("#programme time")
    assert [tag.get_text() for tag in times] == ["19:30–20:15", "20:15"]
    page.open(f"/o/e/{event.slug}").press("Copy as a new draft")
    copy = next(each for each in make.rows(Event) if each.id != event.id)
    assert make.row(Talk, event_id=copy.id, title="Saying no").ends_minutes_in == 75


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        ("19:30", "19:30", "talk_ends_before_it_starts"),
        ("19:30", "19:15", "talk_ends_before_it_starts"),
        ("19:30", "22:01", "outside_event"),
        ("19:30", "18:59", "outside_event"),
        ("", "20:00", "required"),
        ("23:00", "23:30", "outside_event"),
        ("19:30", "soon", "time"),
        ("19:30", "22:00", None),
    ],
)
def test_a_talk_ends_after_it_starts_and_with_the_event_at_the_latest(
    make: Make, browser: Browsers, starts: str, ends: str, code: str | None
) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    save(page, **{"talks-0-title": "One", "talks-0-starts": starts, "talks-0-ends": ends})
    assert page.codes() == (["look_again", code] if code else [])
    assert len(make.rows(Talk)) == (0 if code else 1)


def test_across_midnight_it_ends_the_day_after() -> None:
    assert ends_minutes_in(time(0, 30), 90, **ACROSS_MIDNIGHT) == 150
    assert ends_minutes_in(time(3), 90, **ACROSS_MIDNIGHT) == 300
    with pytest.raises(OutsideEvent):
        ends_minutes_in(time(3, 1), 90, **ACROSS_MIDNIGHT)
    with pytest.raises(EndsBeforeItStarts):
        ends_minutes_in(time(22, 30), 90, **ACROSS_MIDNIGHT)


@pytest.mark.parametrize(
    ("changed", "times"),
    [
        ({"starts": "2027-05-04T20:00"}, ("20:45", "21:15")),
        ({"starts": "2027-05-04T20:00", "talks-0-ends": "21:45"}, ("19:45", "21:45")),
        ({"starts": "2027-05-04T21:15"}, ("19:45", "20:15")),
    ],
)
def test_its_end_moves_along_too(
    make: Make, browser: Browsers, changed: dict[str, str], times: tuple[str, str]
) -> None:
    """The last would move beyond the event's end: it stays, and is refused."""
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    save(page, **{"talks-0-title": "One", "talks-0-starts": "19:45", "talks-0-ends": "20:15"})
    save(page, **changed)
    shown = tuple(value_of(page, f"talks-0-{name}") for name in ("starts", "ends"))
    assert (shown, bool(page.codes())) == (times, "20:45" not in times)


def test_a_copy_and_its_original_have_the_same_programme(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    save(page, **{"talks-0-title": "Saying no", "talks-0-starts": "19:30"})
    page.press("Copy as a new draft")
    copy = next(each for each in make.rows(Event) if each.id != event.id)
    assert make.row(Talk, event_id=copy.id).minutes_in == 30


@pytest.fixture
def with_talks(make: Make, browser: Browsers) -> Browser:
    """The page of an event from 19:00 to 22:00 with talks at 19:45, at 20:30, and at no time."""
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    talks = {"talks-0-title": "One", "talks-0-starts": "19:45", "talks-2-title": "Then we talk"}
    return save(page, **talks, **{"talks-1-title": "Two", "talks-1-starts": "20:30"})


@pytest.mark.parametrize(
    ("changed", "starts"),
    [
        ({"starts": "2027-05-04T20:00"}, ["20:45", "21:30", ""]),
        ({"starts": "2027-05-04T18:30"}, ["19:15", "20:00", ""]),
        ({"starts": "2027-05-05T20:00", "ends": "2027-05-05T23:00"}, ["20:45", "21:30", ""]),
        ({"starts": "2027-05-04T23:00", "ends": "2027-05-05T02:00"}, ["23:45", "00:30", ""]),
        ({"starts": "2027-12-05T20:00", "ends": "2027-12-05T23:00"}, ["20:45", "21:30", ""]),
        ({"starts": "2027-10-31T01:00", "ends": "2027-10-31T05:00"}, ["01:45", "02:30", ""]),
        ({"starts": "2027-03-28T01:00", "ends": "2027-03-28T05:00"}, ["01:45", "03:30", ""]),
        ({"tz": "Europe/Lisbon"}, ["19:45", "20:30", ""]),
        ({"starts": "2027-05-04T20:00", "talks-0-starts": "20:10"}, ["20:10", "21:30", ""]),
        ({"starts": "2027-05-04T20:00", "talks-2-starts": "21:50"}, ["20:45", "21:30", "21:50"]),
        ({"starts": "2027-05-04T20:00", "talks-0-title": "Uno"}, ["20:45", "21:30", ""]),
        ({"starts": "2027-05-04T20:00", "talks-0-starts": ""}, ["", "21:30", ""]),
        # They would not all fit: each is on at the time that stands there.
        ({"starts": "2027-05-04T19:30", "ends": "2027-05-04T20:45"}, ["19:45", "20:30", ""]),
    ],
)
def test_talks_move_along_with_the_start(
    with_talks: Browser, changed: dict[str, str], starts: list[str]
) -> None:
    page = save(with_talks, **changed)
    assert [value_of(page, f"talks-{number}-starts") for number in range(3)] == starts


def test_it_says_that_the_talks_moved(with_talks: Browser) -> None:
    assert not save(with_talks, ends="2027-05-04T23:00").sees("The talks moved")
    assert save(with_talks, starts="2027-05-04T20:00").sees("The talks moved along with the start")
    assert not save(with_talks, title="Beer").sees("The talks moved")


def test_what_else_is_wrong_moves_no_talk_twice(with_talks: Browser) -> None:
    page = save(with_talks, starts="2027-05-04T20:00", title="")
    assert value_of(page, "talks-0-starts") == "19:45"
    page.press("Save", title="Beer", starts="2027-05-04T20:15")
    assert value_of(page, "talks-0-starts") == "21:00"


def test_a_talk_that_fits_neither_way_is_refused(with_talks: Browser) -> None:
    page = save(with_talks, starts="2027-05-04T20:00", ends="2027-05-04T20:20")
    assert page.sees("The event isn't on at that time")


def test_a_talk_that_stays_keeps_its_row(make: Make) -> None:
    """What guests ask about a talk stays with it, whatever else is changed of the programme."""
    event = may_event(make)
    first = (
        PlannedTalk("Saying no", "Núria", minutes_in=30),
        PlannedTalk("Yeast", "Marta", minutes_in=60),
        PlannedTalk("Opn floor", minutes_in=90),
        PlannedTalk("Hops", "Pau"),
    )
    ids = programme(make, event, *first)
    then = (
        PlannedTalk("Open floor", minutes_in=90),
        PlannedTalk("Saying NO", "Olga", minutes_in=45),
        PlannedTalk("All about yeast", "Marta", minutes_in=60),
        PlannedTalk("Malt", "Eva"),
    )
    assert programme(make, event, *then)[:3] == [ids[2], ids[0], ids[1]]
    assert [row.title for row in make.rows(Talk)].count("Hops") == 0
    assert len(make.rows(Talk)) == 4


def test_two_talks_of_one_speaker_are_told_apart_by_their_titles(make: Make) -> None:
    event = may_event(make)
    first, second = PlannedTalk("One", "Ana"), PlannedTalk("Two", "Ana")
    one, two = programme(make, event, first, second)
    assert programme(make, event, second, first) == [two, one]
    assert programme(make, event, second) == [two]


def programme(make: Make, event: Event, *talks: PlannedTalk) -> list[int]:
    """The ids of its rows, in their order."""
    with make.act():
        there = db.session.get_one(Event, event.id)
        set_programme(there, talks)
        db.session.flush()
        return [talk.id for talk in there.talks]
