"""Retry work that a deadlock or a concurrent change undid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from eventapp.core.database_errors import Vanished, is_worth_another_try, trouble
from eventapp.core.db import commits, end_session, transaction
from eventapp.core.errors import Refusal

Value = TypeVar("Value")

TRIES = 3


def retrying(work: Callable[[], Value], before_retry: Callable[[], object] = lambda: None) -> Value:
    """Do the work and return its result. If a deadlock, a concurrent change or a dead connection
    undoes it, run it again from the beginning with a new session, TRIES times in all; but never
    once it has committed something.
    """

    def begin_anew() -> None:
        end_session()
        before_retry()

    return _up_to_three_times(work, begin_anew)


def in_transaction(work: Callable[[], Value]) -> Value:
    """Do the work in a transaction and return its result. If it is undone as in `retrying`, only
    this transaction is run again: what was committed before stays, and objects that were read are
    read anew.
    """

    def transacted() -> Value:
        with transaction():
            return work()

    return _up_to_three_times(transacted, lambda: None)


@contextmanager
def saying_what_is_done(refusal: Refusal | None) -> Iterator[None]:
    """Raise this refusal if the database fails in a later portion of some work: those that were
    committed stay, and it says which. None in the first portion, which leaves nothing.
    """
    try:
        yield
    except SQLAlchemyError as error:
        if refusal and (trouble(error) or is_worth_another_try(error)):
            raise refusal from error
        raise


def _up_to_three_times(work: Callable[[], Value], before_retry: Callable[[], object]) -> Value:
    for tries_left in reversed(range(TRIES)):
        before = commits.get()
        try:
            return work()
        except (SQLAlchemyError, Vanished) as error:
            if not tries_left or commits.get() != before or not is_worth_another_try(error):
                raise
            before_retry()
    raise AssertionError("the last try returns or raises")
