"""Access to a door without an account."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.core.links import new_secret
from eventapp.model.event import Event


class DoorRole(StrEnum):
    HELPER = "helper"
    LEAD = "lead"  # may admit against a denial, and settle conflicts
    KIOSK = "kiosk"  # lets people check themselves in


class DoorLink(Base):
    """A named link for helpers, on paper or on a screen. Several phones may use it."""

    __tablename__ = "door_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    secret: Mapped[str] = mapped_column(unique=True, default=new_secret)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default=DoorRole.HELPER)
    # When it is valid. None: while the event's door is open.
    opens_hours_before: Mapped[int | None]
    closes_hours_after: Mapped[int | None]
    pin_digest: Mapped[str | None]  # of a kiosk, needed to leave it
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()

    __table_args__ = (one_of("role", DoorRole),)


class DoorPass(Base):
    """A phone that opened a door link. The phone has one secret for all its doors."""

    __tablename__ = "door_pass"

    id: Mapped[int] = mapped_column(primary_key=True)
    door_link_id: Mapped[int] = mapped_column(ForeignKey("door_link.id", ondelete="CASCADE"))
    phone_digest: Mapped[str]
    user_agent: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)  # to the minute

    door_link: Mapped[DoorLink] = relationship()

    __table_args__ = (UniqueConstraint("phone_digest", "door_link_id"),)
