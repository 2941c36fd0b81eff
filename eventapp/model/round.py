"""Rounds at small tables, where an event has them: who takes part, and who sat where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.core.links import new_secret
from eventapp.model.event import Event
from eventapp.model.limits import (
    PAUSE_MINUTES_MOST,
    ROUND_MINUTES_LEAST,
    ROUND_MINUTES_MOST,
    ROUNDS_MOST,
    TABLE_LEAST,
    TABLE_MOST,
)


class Rounds(Base):
    """That an event has rounds, as its hosts announced them. Most events have no such row."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), unique=True)
    minutes: Mapped[int]  # of a round
    table_size: Mapped[int]
    count: Mapped[int]  # of rounds
    pause_minutes: Mapped[int]  # between two
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the worker starts the next one by itself. None: it begins once hosts say so, or never.
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wall: Mapped[str] = mapped_column(unique=True, default=new_secret)  # opens the page for a wall

    event: Mapped[Event] = relationship()

    __table_args__ = (
        CheckConstraint(
            f"minutes BETWEEN {ROUND_MINUTES_LEAST} AND {ROUND_MINUTES_MOST}", name="minutes"
        ),
        CheckConstraint(f"table_size BETWEEN {TABLE_LEAST} AND {TABLE_MOST}", name="table_size"),
        CheckConstraint(f"count BETWEEN 1 AND {ROUNDS_MOST}", name="count"),
        CheckConstraint(f"pause_minutes BETWEEN 0 AND {PAUSE_MINUTES_MOST}", name="pause_minutes"),
        Index(
            "ix_rounds_next_at",  # few rows, looked up every two seconds
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )


class RoundsTick(Base):
    """A guest takes part. Deleting the row ends it at once: nobody is shown them any more."""

    __tablename__ = "rounds_tick"

    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvp.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rounds_id: Mapped[int] = mapped_column(ForeignKey(Rounds.id, ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Round(Base):
    """One round. What it counts stays; who sat where (RoundSeat) goes once guests of the event can
    say no longer whom they met.
    """

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    rounds_id: Mapped[int] = mapped_column(ForeignKey(Rounds.id, ondelete="CASCADE"))
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)  # earlier, where hosts stopped it
    people: Mapped[int]
    tables: Mapped[int]

    __table_args__ = (
        UniqueConstraint("rounds_id", "number"),  # two who start it at once start one
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("ends_at >= starts_at", name="ends_at"),
    )


class RoundSeat(Base):
    """A guest sat at a table. So nobody sits with the same people again, and whoever sat there can
    be blocked and reported.
    """

    __tablename__ = "round_seat"

    round_id: Mapped[int] = mapped_column(
        ForeignKey(Round.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvp.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    table_number: Mapped[int]
