"""That somebody came in (the state), and what happened at the doors (the history)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.rsvp import Rsvp

VERBS = ("admit", "undo", "deny", "walk_in")
OUTCOMES = ("admitted", "already", "undone", "needs_input", "denied")


class CheckIn(Base):
    """A party is in. One per RSVP; undo deletes it."""

    __tablename__ = "check_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"), unique=True)
    people: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)  # the earliest admission known
    door: Mapped[str]
    by: Mapped[str]  # who let them in, as the door log says it

    rsvp: Mapped[Rsvp] = relationship()

    __table_args__ = (CheckConstraint("people > 0", name="people"),)


class DoorLog(Base):
    """One act at a door: append-only, and the answer it got, so that a repeat gets it again."""

    __tablename__ = "door_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    scan_id: Mapped[str]  # made by the phone, a UUID
    rsvp_id: Mapped[int | None] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"))
    verb: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    people: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_door: Mapped[str | None]
    door: Mapped[str]
    by: Mapped[str]
    offline: Mapped[bool] = mapped_column(default=False)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the phone, corrected
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the server

    rsvp: Mapped[Rsvp | None] = relationship()

    __table_args__ = (
        UniqueConstraint("event_id", "scan_id"),
        Index("ix_door_log_rsvp_id_happened_at", "rsvp_id", "happened_at"),
        CheckConstraint(f"verb IN {VERBS}", name="verb"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
    )
