"""Processes of their own, for races: each has its own connections, as those of a server have.

They are forked from one that has read eventapp and does nothing else: started anew, sixteen of
them spend half a minute on importing.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from typing import Any

import eventapp

for feature in eventapp.FEATURES:
    import_module(f"eventapp.{feature}")

context = get_context("forkserver")
context.set_forkserver_preload([__name__])


def processes(
    count: int, *, begin: Callable[..., None] | None = None, with_args: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    """A pool of so many. Each calls `begin` with those arguments first."""
    return ProcessPoolExecutor(count, mp_context=context, initializer=begin, initargs=with_args)
