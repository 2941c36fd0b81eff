"""flask event add"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.model import Event
from tests.browser import Browser
from tests.make import Make, utc

GOOD = {
    "community": "beers",
    "slug": "december",
    "title": "Beers and talks",
    "starts": "2026-12-01T19:00",
    "ends": "2026-12-01T22:00",
    "tz": "Europe/Madrid",
}


def call(app: Flask, **options: str | None) -> tuple[int, str, str]:
    words = [
        part
        for name, value in {**GOOD, **options}.items()
        if value is not None
        for part in (f"--{name}", value)
    ]
    result = app.test_cli_runner().invoke(args=["event", "add", *words])
    return result.exit_code, result.stdout, result.stderr


def test_event_is_published(app: Flask, make: Make, browser: Callable[..., Browser]) -> None:
    make.community(slug="beers")
    status, out, err = call(app, capacity="40")
    assert (status, out, err) == (0, "http://localhost/e/december\n", "")
    event = make.row(Event)
    assert event.published_at
    assert (event.starts_at, event.ends_at) == (utc(2026, 12, 1, 18), utc(2026, 12, 1, 21))
    assert (event.tz, event.capacity) == ("Europe/Madrid", 40)


def test_event_may_lie_in_the_past(app: Flask, make: Make) -> None:
    make.community(slug="beers")
    assert call(app, starts="2020-12-01T19:00", ends="2020-12-01T22:00")[0] == 0
    assert make.row(Event).capacity is None


@pytest.mark.parametrize(
    "options",
    [
        {"community": "nobody"},
        {"slug": "taken"},
        {"slug": "Bad Slug"},
        {"ends": "2026-12-01T18:00"},
        {"tz": "Mars/Olympus"},
        {"starts": "2027-03-28T02:30", "ends": "2027-03-28T05:00"},
    ],
)
def test_what_cannot_be_is_one_line_and_status_1(
    app: Flask, make: Make, options: dict[str, str]
) -> None:
    make.event(make.community(slug="beers"), slug="taken")
    status, out, err = call(app, **options)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert len(make.rows(Event)) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"title": None},
        {"title": " "},
        {"title": "x" * 121},
        {"starts": "tomorrow"},
        {"starts": "2026-12-01"},
        {"ends": None},
        {"tz": None},
        {"capacity": "0"},
        {"capacity": "-1"},
        {"capacity": "some"},
    ],
)
def test_wrong_call_is_status_2(app: Flask, make: Make, options: dict[str, str | None]) -> None:
    make.community(slug="beers")
    assert call(app, **options)[0] == 2
    assert make.rows(Event) == []
