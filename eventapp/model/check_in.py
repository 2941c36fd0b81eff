"""That somebody came in (the state), and what happened at the doors (the history)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.rsvp import Rsvp

VERBS = ("admit", "undo", "deny", "walk_in", "leave")
# Let in at two doors; or although the list, the hour or the capacity said no.
CONFLICTS = (
    "twice",
    "cancelled",
    "waitlisted",
    "not_approved",
    "too_early",
    "too_late",
    "full",
    "unknown",
)
OUTCOMES = ("admitted", "already", "undone", "needs_input", "denied", "left")


class CheckIn(Base):
    """A party is in, or as many of it as came by now. One per RSVP; undo deletes it."""

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


class CheckOut(Base):
    """Who came in has left again. One per check-in; coming back deletes it."""

    __tablename__ = "check_out"

    check_in_id: Mapped[int] = mapped_column(
        ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    door: Mapped[str]
    by: Mapped[str]

    check_in: Mapped[CheckIn] = relationship()


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
    over_reason: Mapped[str | None]  # why a lead let in over a no
    phone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # as the phone's clock said
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the phone, corrected
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the server

    rsvp: Mapped[Rsvp | None] = relationship()

    __table_args__ = (
        UniqueConstraint("event_id", "scan_id"),
        Index("ix_door_log_rsvp_id_happened_at", "rsvp_id", "happened_at"),
        CheckConstraint(f"verb IN {VERBS}", name="verb"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
    )


class DoorConflict(Base):
    """An admission that happened offline and that the rules contradict: a lead ticks it off."""

    __tablename__ = "door_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    door_log_id: Mapped[int] = mapped_column(
        ForeignKey("door_log.id", ondelete="CASCADE"), unique=True
    )
    kind: Mapped[str]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None]

    door_log: Mapped[DoorLog] = relationship()

    __table_args__ = (CheckConstraint(f"kind IN {CONFLICTS}", name="kind"),)
