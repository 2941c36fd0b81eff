"""Long work in short transactions, so that nobody waits long for a lock."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")

FIRST = 25  # values, before it is known how long one takes
TRANSACTION_SECONDS = 0.1  # aimed at, so that a busy machine stays below 0.25
# For one who waits to wake up. PostgreSQL gives the lock to them then; on SQLite each looks whether
# it is free, at least every 10 ms (`take_write_lock`).
PAUSE_SECONDS = 0.02


def short_portions(values: Sequence[Value], *, least: int = 1) -> Iterator[Sequence[Value]]:
    """The values in their order, in portions that take TRANSACTION_SECONDS each, but of at least
    `least`, as on a busy machine nothing may fit.

    The caller handles each portion in a transaction of its own. Between portions it pauses, for
    others who wait for the lock.
    """
    done, size = 0, FIRST
    while done < len(values):
        began, worked = time.monotonic(), time.thread_time()
        yield values[done : done + size]
        done += size
        took, worked = time.monotonic() - began, time.thread_time() - worked
        if done < len(values):
            _let_others_write(idle=took - worked)
        size = max(least, _next_size(size, took))


def _let_others_write(idle: float) -> None:
    """Pause, longer on a busy machine, where those who wait need longer to wake up: this thread was
    `idle` for so many seconds of its portion, as it waited for a processor too.
    """
    time.sleep(max(PAUSE_SECONDS, idle / 2))


def _next_size(size: int, seconds: float) -> int:
    """At most double and at least half the size, as one slow portion proves little."""
    fitting = int(size * TRANSACTION_SECONDS / max(seconds, 0.001))
    return max(1, size // 2, min(2 * size, fitting))
