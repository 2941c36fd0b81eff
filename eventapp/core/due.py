"""Work that becomes due by itself, which the worker looks for and does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.core.db import db, execute

AT_ONCE = 1000  # ids in one round; the rest comes in the next


@dataclass(frozen=True)
class Due:
    """`find` reads the ids of at most AT_ONCE rows that are due, without a lock. `do` handles some
    of these in a transaction, `least` of them if there are so many: it checks again that each is
    due, and returns how many were.
    """

    name: str
    find: Callable[[datetime], Sequence[int]]
    do: Callable[[Sequence[int], datetime], int]
    least: int = 1


def deletion(
    key: InstrumentedAttribute[int], is_old: Callable[[datetime], ColumnElement[bool]]
) -> Due:
    """Delete a table's rows that are old at an instant. `key` is the column that divides them into
    portions: how many fit into one transaction is measured.
    """
    table = key.class_.__table__

    def find(at: datetime) -> Sequence[int]:
        return list(set(db.session.scalars(select(key).where(is_old(at)).limit(AT_ONCE))))

    def do(keys: Sequence[int], at: datetime) -> int:
        return execute(delete(table).where(key.in_(keys), is_old(at))).rowcount

    return Due(f"deletion of {table.name}", find, do)
