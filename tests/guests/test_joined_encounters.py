"""What somebody said of two guests who are one: a table of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from eventapp.guests.joined_encounters import Said, answered, one_of, unsure


def at(hour: int) -> datetime:
    return datetime(2026, 11, 29, tzinfo=UTC) + timedelta(hours=hour)


def said(hour: int = 0, **times: int) -> Said:
    columns = {"unsure": "unsure_since"}
    said_at: Any = {columns.get(name, f"{name}_at"): at(value) for name, value in times.items()}
    return Said(noted_at=at(hour), **said_at)


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        (said(1), said(2), said(1)),
        # A no stays, the latest of two.
        (said(1), said(2, declined=3), said(1, declined=3)),
        (said(1, declined=5), said(2, declined=3), said(1, declined=5)),
        # What was taken back stays so, unless it was said anew.
        (said(1), said(2, declined=3, taken_back=4), said(1, declined=3, taken_back=4)),
        (said(5), said(2, declined=3, taken_back=4), said(2, declined=3)),
        (
            said(1, declined=2, taken_back=3),
            said(2, declined=3, taken_back=4),
            said(1, declined=3, taken_back=4),
        ),
        # Who was told of one of the two is not told again.
        (said(1, tell=9), said(2, tell=8), said(1, tell=8)),
        (said(1, tell=9), said(2), said(1)),
        # One that they said themselves is sure.
        (said(1), said(2, unsure=3), said(1)),
        (said(1, unsure=4), said(2, unsure=3), said(1, unsure=4)),
    ],
)
def test_of_two_that_were_said_one_is_left(first: Said, second: Said, left: Said) -> None:
    assert one_of(first, second) == one_of(second, first) == left


def test_the_notes_of_both_stay_and_what_both_say_once() -> None:
    first = replace(said(1), note="Bread", tags=("x",), follow_up_on=date(2026, 12, 2))
    second = replace(said(2), note="Beer", tags=("y", "x"), follow_up_on=date(2026, 12, 1))
    both = one_of(first, second)
    assert (both.note, both.tags) == ("Bread\nBeer", ("x", "y"))
    assert both.follow_up_on == date(2026, 12, 1)
    assert one_of(first, first) == first


def test_no_note_stays_of_what_was_taken_back() -> None:
    first = replace(said(1), note="Bread", tags=("x",), follow_up_on=date(2026, 12, 2))
    both = one_of(first, said(2, declined=3, taken_back=4))
    assert (both.note, both.tags, both.follow_up_on) == ("", (), None)


@pytest.mark.parametrize(
    ("one", "back", "left"),
    [
        (said(1), None, said(1)),
        (said(1), said(2), said(1)),
        (said(1, declined=3), None, said(1, declined=3)),
        (said(1, declined=3), said(2), said(1, declined=3)),  # declined after they had said so
        (said(1, declined=3), said(4), said(1)),  # said so later: that undoes it
        (
            said(1, declined=3),
            said(4, declined=5, taken_back=6),
            said(1, declined=3),
        ),
        (said(1, declined=2, taken_back=3), None, said(1, declined=2, taken_back=3)),
        (said(1, declined=2, taken_back=3), said(4), None),
    ],
)
def test_saying_so_later_undoes_a_no(one: Said, back: Said | None, left: Said | None) -> None:
    assert answered(one, back) == left


@pytest.mark.parametrize(
    ("there", "of_gone", "left"),
    [
        (None, said(1, tell=9), said(1, unsure=8)),
        (None, said(1, unsure=2), said(1, unsure=2)),
        (None, said(1, declined=2, taken_back=3), said(1, declined=2, taken_back=3, unsure=8)),
        # What they said of the one who stays is as it was: a no, and whether that one was told.
        (said(4, tell=9), said(1), said(4, tell=9)),
        (said(4, declined=5), said(1), said(4, declined=5)),
        (said(4), said(1, declined=2, taken_back=3), said(4, declined=2)),
        # Of whom they took it back, they still met whom they met.
        (said(4, declined=5, taken_back=6), said(1), said(1, declined=5, unsure=8)),
        (said(4, unsure=5), said(1), said(1, unsure=8)),
        (
            said(4, declined=5, taken_back=6),
            said(1, declined=2, taken_back=3),
            said(4, declined=5, taken_back=6),
        ),
    ],
)
def test_what_was_said_of_another_is_the_noters_alone(
    there: Said | None, of_gone: Said, left: Said
) -> None:
    assert unsure(there, of_gone, at=at(8)) == left


def test_no_note_is_lost_by_it() -> None:
    bread, beer = replace(said(1), note="Bread"), replace(said(2), note="Beer")
    gone = replace(said(2, declined=3, taken_back=4))
    assert unsure(bread, beer, at=at(8)).note == "Bread\nBeer"
    assert unsure(replace(bread, unsure_since=at(1)), beer, at=at(8)).note == "Beer\nBread"
    assert unsure(gone, bread, at=at(8)).note == unsure(bread, gone, at=at(8)).note == "Bread"
    long = replace(said(1), note="a" * 9000)
    assert len(unsure(long, bread, at=at(8)).note) == 9006, "whole"
