"""Which tests run, on which of the two databases, and in which order."""

from __future__ import annotations

import gc
import os
import re
from hashlib import sha256
from typing import Any

import pytest

DATABASES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everywhere",
        action="store_true",
        help="run pages and journeys on both databases, not each on one of them",
    )


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: about a third of the time, a test waits for a server, a
    lock or a page, and then somebody else may go on.
    """
    return len(os.sched_getaffinity(0)) + 1


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
    if hasattr(config, "workerinput"):  # one of several processes: none is to begin a slow one last
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


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
