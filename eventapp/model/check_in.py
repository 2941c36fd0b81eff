"""Check-ins (the state), and the door log (the history)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.model.rsvp import Rsvp


class DoorVerb(StrEnum):
    """What was done at a door."""

    ADMIT = "admit"
    UNDO = "undo"
    DENY = "deny"
    WALK_IN = "walk_in"
    LEAVE = "leave"


class Outcome(StrEnum):
    """The door's answer."""

    ADMITTED = "admitted"
    ALREADY = "already"
    UNDONE = "undone"
    NEEDS_INPUT = "needs_input"  # the door asks which of the party came
    DENIED = "denied"
    LEFT = "left"


class Reason(StrEnum):
    """Why a door denied somebody, or should have."""

    UNKNOWN = "unknown"
    OTHER_EVENT = "other_event"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    NOT_APPROVED = "not_approved"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    FULL = "full"
    NOT_IN = "not_in"  # who leaves has not come
    UNDO_TOO_LATE = "undo_too_late"
    TWICE = "twice"  # at two doors
    ON_LIST = "on_list"  # a walk-in's name, so the door asks who is meant


# The rules that an offline admission may have broken.
CONFLICTS = (
    Reason.TWICE,
    Reason.CANCELLED,
    Reason.WAITLISTED,
    Reason.NOT_APPROVED,
    Reason.TOO_EARLY,
    Reason.TOO_LATE,
    Reason.FULL,
    Reason.UNKNOWN,
)


class CheckIn(Base):
    """A party is in, or as many of it as came so far. One per RSVP; undo deletes it."""

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
    """A party that was in has left. One per check-in; coming back deletes it."""

    __tablename__ = "check_out"

    check_in_id: Mapped[int] = mapped_column(
        ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    door: Mapped[str]
    by: Mapped[str]

    check_in: Mapped[CheckIn] = relationship()


class DoorLog(Base):
    """One action at a door, and its answer, so that a repeat gets the same. Append-only."""

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
    over_reason: Mapped[str | None]  # why a lead let them in against a denial
    phone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # as the phone's clock said
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the phone, corrected
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the server

    rsvp: Mapped[Rsvp | None] = relationship()

    __table_args__ = (
        UniqueConstraint("event_id", "scan_id"),
        Index("ix_door_log_rsvp_id_happened_at", "rsvp_id", "happened_at"),
        one_of("verb", DoorVerb),
        one_of("outcome", Outcome),
    )


class DoorConflict(Base):
    """An admission made offline against the rules, until a lead settles it."""

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

    __table_args__ = (one_of("kind", CONFLICTS),)
