"""Which tests run, on which of the two databases, and in which order."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, TypeVar

import pytest

DATABASES = ("sqlite", "postgresql")
Test = TypeVar("Test")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everywhere",
        action="store_true",
        help="run pages and journeys on both databases, not each on one of them",
    )


def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are processors: a slow test waits for a server, a lock or a page for
    about half its time, and two of them may do so at once.
    """
    return len(os.sched_getaffinity(0)) + 2


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the garbage collector need not look at it, neither
    meanwhile, which is an eighth of the time, nor after each test. What a test makes is looked at
    once there are fifty thousand of it, which is a dozen of pages, not seven hundred.
    """
    gc.set_threshold(50_000)
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _leave_to_the_other_database(config, items)
    if work := getattr(config, "workerinput", None):  # one of several processes
        slow = [item for item in items if item.get_closest_marker("slow")]
        quick = [item for item in items if not item.get_closest_marker("slow")]
        items[:] = dealt(slow, quick, work["workercount"])


def dealt(slow: Sequence[Test], quick: Sequence[Test], processes: int) -> list[Test]:
    """The order in which half of the processes begin with the slow tests: so none of these is
    begun last, and beside those that wait, others compute. xdist gives each process a part of the
    list, one after the other, and to whoever is ready the end of another's.
    """
    slow_left, quick_left, order = [*slow], [*quick], list[Test]()
    for number in range(processes):
        size = (len(slow_left) + len(quick_left)) // (processes - number)
        beginners_left = (processes + 1) // 2 - number
        first = min(size, len(slow_left) // beginners_left if beginners_left > 0 else 0)
        first = max(first, size - len(quick_left))
        order += slow_left[:first] + quick_left[: size - first]
        del slow_left[:first], quick_left[: size - first]
    return order


def _leave_to_the_other_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave each page and journey to one of the databases, so that each database has about half.

    So is what is marked with `one_database`. What is marked with `both_databases` and what goes to
    the database without a page runs on both; so does what is named with its database on the
    command line.
    """
    if config.getoption("everywhere") or any("[" in arg for arg in config.args):
        return
    left = {item for item in items if _is_left_to_the_other_database(item)}
    config.hook.pytest_deselected(items=[*left])
    items[:] = [item for item in items if item not in left]


def _is_left_to_the_other_database(item: Any) -> bool:
    on = getattr(item, "callspec", None) and item.callspec.params.get("database_url")
    is_a_page = "browser" in item.fixturenames or item.get_closest_marker("browser")
    is_for_one = is_a_page or item.get_closest_marker("one_database")
    if not on or not is_for_one or item.get_closest_marker("both_databases"):
        return False
    name = re.sub("|".join(DATABASES), "", item.nodeid)
    return on != DATABASES[sha256(name.encode()).digest()[0] % 2]
