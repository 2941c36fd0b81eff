"""Talks with their times and speakers, as organisers write them and as the event's page tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from eventapp.core.zones import TimeDoesNotExist
from eventapp.events.programme import OutsideEvent, minutes_in
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


def test_a_copy_and_its_original_have_the_same_programme(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    save(page, **{"talks-0-title": "Saying no", "talks-0-starts": "19:30"})
    page.press("Copy as a new draft")
    copy = next(each for each in make.rows(Event) if each.id != event.id)
    assert make.row(Talk, event_id=copy.id).minutes_in == 30
