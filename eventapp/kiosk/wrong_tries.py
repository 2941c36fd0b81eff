"""Wrong tries, counted by where they come from, so that only those who guess have to wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.insert import insert_missing
from eventapp.model import WrongTries


class TryLimit(NamedTuple):
    """How many tries from one source (a phone, tablet, link or network, by its digest) may be wrong
    within `counted_for`.
    """

    source: str
    wrong_most: int
    counted_for: timedelta = timedelta(minutes=10)


@dataclass(frozen=True)
class Tries:
    """The wrong tries from some sources at an event, locked until the transaction ends."""

    counts: Sequence[tuple[TryLimit, WrongTries]]

    @property
    def are_used_up(self) -> bool:
        return any(count.tries >= limit.wrong_most for limit, count in self.counts)

    def count_wrong(self) -> None:
        for _, count in self.counts:
            count.tries += 1

    def forget(self) -> None:
        for _, count in self.counts:
            count.tries = 0


def lock_tries(event_id: int, limits: Sequence[TryLimit], at: datetime) -> Tries:
    """Lock the counts of these sources, so that simultaneous guesses are counted one by one. In a
    fixed order, to avoid deadlocks.
    """
    by_source = {limit.source: limit for limit in limits}
    new = [
        {"event_id": event_id, "source": source, "tries": 0, "until": at + limit.counted_for}
        for source, limit in sorted(by_source.items())
    ]
    insert_missing(WrongTries, new)
    locked = db.session.scalars(
        select(WrongTries)
        .where(WrongTries.event_id == event_id, WrongTries.source.in_(by_source))
        .order_by(WrongTries.source)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    counts = [(by_source[count.source], count) for count in locked]
    for limit, count in counts:
        if count.until <= at:
            count.tries, count.until = 0, at + limit.counted_for
    return Tries(counts)


# Deletes counts whose time is over.
forget_wrong_tries = deletion(WrongTries.event_id, lambda at: WrongTries.until <= at)
