"""Wrong tries, counted by where they come from: whoever guesses waits, and nobody else."""

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


class Source(NamedTuple):
    """A phone, a tablet, a link or a network that tries come from, and how many of them may be
    wrong within `counted_for`.
    """

    digest: str
    wrong_most: int
    counted_for: timedelta = timedelta(minutes=10)


@dataclass(frozen=True)
class Tries:
    """The wrong tries of some sources at an event, held until the transaction ends."""

    counts: Sequence[tuple[Source, WrongTries]]

    @property
    def are_used_up(self) -> bool:
        return any(count.tries >= source.wrong_most for source, count in self.counts)

    def count_wrong(self) -> None:
        for _, count in self.counts:
            count.tries += 1

    def forget(self) -> None:
        for _, count in self.counts:
            count.tries = 0


def hold_tries(event_id: int, sources: Sequence[Source], at: datetime) -> Tries:
    """Of many guesses at once, each waits for the one before. In one order, or two of them would
    wait for each other.
    """
    by_digest = {source.digest: source for source in sources}
    new = [
        {"event_id": event_id, "source": digest, "tries": 0, "until": at + source.counted_for}
        for digest, source in sorted(by_digest.items())
    ]
    insert_missing(WrongTries, new)
    held = db.session.scalars(
        select(WrongTries)
        .where(WrongTries.event_id == event_id, WrongTries.source.in_(by_digest))
        .order_by(WrongTries.source)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    counts = [(by_digest[count.source], count) for count in held]
    for source, count in counts:
        if count.until <= at:
            count.tries, count.until = 0, at + source.counted_for
    return Tries(counts)


# Counts that are over.
forget_wrong_tries = deletion(WrongTries.event_id, lambda at: WrongTries.until <= at)
