"""Work that becomes due by itself, which the worker looks for and does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.index_hints import by_index

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


@dataclass(frozen=True)
class Once:
    """What is done once of each row of a table: `after` the time in its column `since`, and noted
    in `done_at`. A partial index has the rows that wait.
    """

    done_at: InstrumentedAttribute[datetime | None]
    since: InstrumentedAttribute[Any]
    index: str
    after: timedelta = timedelta()

    def due(self, name: str, do_one: Callable[[Any, datetime], None]) -> Due:
        model: Any = self.done_at.class_
        waits = self.done_at.is_(None)
        waiting = (
            by_index(select(model.id), model, self.index)
            .where(waits, self.since <= bindparam("by"))
            .order_by(self.since)
            .limit(AT_ONCE)
        )
        locked = (
            select(model)
            .where(any_of(model.id, "ids"), waits)
            .order_by(model.id)
            .with_for_update(of=model, skip_locked=True, key_share=True)
        )

        def find(at: datetime) -> Sequence[int]:
            return execute(waiting, {"by": at - self.after}).scalars().all()

        def do(ids: Sequence[int], at: datetime) -> int:
            rows = db.session.scalars(locked, {"ids": ids}).all()
            for row in rows:
                setattr(row, self.done_at.key, at)
                do_one(row, at)
            return len(rows)

        return Due(name, find, do)
