"""The order of the tests where several processes run them."""

from __future__ import annotations

import pytest

from tests.collection import dealt


def parts(order: list[str], processes: int) -> list[list[str]]:
    """What xdist gives each process to begin with."""
    left, found = [*order], []
    for number in range(processes):
        size = len(left) // (processes - number)
        found.append(left[:size])
        del left[:size]
    return found


@pytest.mark.parametrize("processes", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("slow", [0, 1, 7, 40, 101])
@pytest.mark.parametrize("quick", [0, 1, 90])
def test_each_test_runs_once(slow: int, quick: int, processes: int) -> None:
    all_slow, all_quick = [f"s{n}" for n in range(slow)], [f"q{n}" for n in range(quick)]
    order = dealt(all_slow, all_quick, processes)
    assert sorted(order) == sorted(all_slow + all_quick)
    assert [one for one in order if one in all_slow] == all_slow
    assert [one for one in order if one in all_quick] == all_quick


def test_half_of_the_processes_begin_with_the_slow_ones_and_end_with_others() -> None:
    order = dealt(["slow"] * 12, ["quick"] * 88, 4)
    assert parts(order, 4) == [
        ["slow"] * 6 + ["quick"] * 19,
        ["slow"] * 6 + ["quick"] * 19,
        ["quick"] * 25,
        ["quick"] * 25,
    ]


def test_where_all_are_slow_all_begin_with_them() -> None:
    assert parts(dealt(["slow"] * 8, [], 4), 4) == [["slow"] * 2] * 4
