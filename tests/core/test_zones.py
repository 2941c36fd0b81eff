"""What a clock on the wall means, and the nights on which it jumps."""

from __future__ import annotations

from datetime import datetime

import pytest

from eventapp.core import zones
from tests.make import utc


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "tz", "instant"),
    [
        ("2026-12-01T19:00", "Europe/Madrid", utc(2026, 12, 1, 18)),
        ("2026-07-01T19:00", "Europe/Madrid", utc(2026, 7, 1, 17)),
        ("2026-12-01T19:00", "America/Mexico_City", utc(2026, 12, 2, 1)),
        ("2026-12-01T19:00", "Asia/Kathmandu", utc(2026, 12, 1, 13, 15)),
        ("2026-10-25T02:30", "Europe/Madrid", utc(2026, 10, 25, 0, 30)),  # twice: the first
    ],
)
def test_local_time_means_one_instant(local: str, tz: str, instant: datetime) -> None:
    found = zones.instant(at(local), tz)
    assert found == instant
    assert zones.wall_clock(found, tz) == at(local)


@pytest.mark.parametrize(
    ("local", "tz"),
    [
        ("2027-03-28T02:30", "Europe/Madrid"),
        ("2027-03-14T02:00", "America/New_York"),
        ("2026-10-04T02:10", "Australia/Lord_Howe"),  # half an hour is skipped there
    ],
)
def test_skipped_time_is_refused(local: str, tz: str) -> None:
    with pytest.raises(zones.TimeDoesNotExist) as no:
        zones.instant(at(local), tz)
    assert local[-5:] in str(no.value)


@pytest.mark.parametrize("typed", ["Europe/Madrid", "europe/madrid", " Europe/Madrid "])
def test_zone_is_found_in_any_case(typed: str) -> None:
    assert zones.zone_named(typed) == "Europe/Madrid"


def test_zone_is_found_with_a_space_for_its_underscore() -> None:
    assert zones.zone_named("America/Mexico City") == "America/Mexico_City"


@pytest.mark.parametrize("typed", ["", "Mars/Olympus", "localtime", "../etc/passwd", "Madrid"])
def test_what_is_no_zone_is_refused(typed: str) -> None:
    with pytest.raises(zones.UnknownZone):
        zones.zone_named(typed)


def test_zones_offered_are_places() -> None:
    offered = zones.zones_to_choose()
    assert "Europe/Madrid" in offered
    assert "Etc/GMT+1" not in offered
