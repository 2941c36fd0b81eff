"""Work that comes due by itself, which the worker looks for and does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from eventapp.core.db import db, execute

AT_ONCE = 1000  # ids in one round; the rest comes in the next


@dataclass(frozen=True)
class Due:
    """`find` reads the ids of at most AT_ONCE rows that are due, without a lock. `do` deals with
    some of these in a transaction: it asks again whether each is due, and returns how many were.
    """

    name: str
    find: Callable[[datetime], Sequence[int]]
    do: Callable[[Sequence[int], datetime], int]


def deletion(model: type[Any], is_old: Callable[[datetime], ColumnElement[bool]]) -> Due:
    """The deletion of a table's rows that are old at an instant."""

    def find(at: datetime) -> Sequence[int]:
        return db.session.scalars(select(model.id).where(is_old(at)).limit(AT_ONCE)).all()

    def do(ids: Sequence[int], at: datetime) -> int:
        return execute(delete(model).where(model.id.in_(ids), is_old(at))).rowcount

    return Due(f"deletion of {model.__tablename__}", find, do)
