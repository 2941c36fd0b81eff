"""Where the bars of the arrivals stand, and how wide and high they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from eventapp.model import Event
from eventapp.ui.arrivals_chart import BARS_MOST, TALLEST, Arrivals, arrivals_in
from tests.make import utc

START = utc(2027, 5, 4, 17)


def chart(people: dict[datetime, int], *, now: datetime = START, tz: str = "UTC") -> Arrivals:
    event = Event(starts_at=START, ends_at=START + timedelta(hours=3), tz=tz)
    return arrivals_in(people, event=event, now=now)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_bars_stand_in_order_and_within() -> None:
    drawn = chart({after(-60): 1, after(0): 4, after(55): 2})
    assert drawn.minutes == 5
    assert [bar.people for bar in drawn.bars] == [1, 4, 2]
    assert drawn.bars[0].x == 0
    assert drawn.bars[-1].x + drawn.width == pytest.approx(100, abs=0.1)
    assert [bar.height for bar in drawn.bars] == [TALLEST / 4, TALLEST, TALLEST / 2]
    assert {round(bar.y + bar.height, 1) for bar in drawn.bars} == {82}
    assert drawn.busiest.at == START
    assert drawn.start == drawn.bars[1].x


def test_it_reaches_to_now_while_the_event_is_on() -> None:
    early = {after(-5): 1}
    widths = [chart(early, now=after(minutes)).width for minutes in (0, 60, 120, 600)]
    assert widths[0] > widths[1] > widths[2]
    assert widths[3] == widths[0], "over: the rest of the evening is empty"


def test_who_came_days_apart_is_seen_in_wider_steps() -> None:
    two_days = {after(-24 * 60): 3, after(20): 1, after(24): 1}
    drawn = chart(two_days)
    assert drawn.minutes > 5
    assert 100 / drawn.width <= BARS_MOST + 1
    assert [bar.people for bar in drawn.bars] == [3, 2]


@pytest.mark.parametrize("tz", ["Asia/Kolkata", "Asia/Kathmandu", "America/Mexico_City"])
def test_times_on_the_axis_are_whole_hours_there(tz: str) -> None:
    drawn = chart({after(-120): 1, after(150): 1}, tz=tz)
    zone = Event(tz=tz).zone
    assert drawn.marks
    assert {mark.at.astimezone(zone).minute for mark in drawn.marks} == {0}


def test_one_guest_is_a_bar() -> None:
    drawn = chart({after(-200): 1}, now=after(-199))
    assert len(drawn.bars) == 1
    assert drawn.start is None


@pytest.mark.parametrize("minutes", [10, 45, 70, 100, 200, 400, 2000, 30_000])
def test_times_on_the_axis_fit_beside_each_other(minutes: int) -> None:
    marks = chart({after(-17): 1, after(minutes): 1}).marks
    assert 1 <= len(marks) <= 6
    assert all(6 < mark.x < 94 for mark in marks)
    assert all(right.x - left.x > 15 for left, right in pairwise(marks))
