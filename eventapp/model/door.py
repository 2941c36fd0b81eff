"""Who may stand at a door without an account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.core.links import new_secret
from eventapp.model.event import Event


class DoorLink(Base):
    """A named link for helpers, on paper or on a screen. Several phones may use it."""

    __tablename__ = "door_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    secret: Mapped[str] = mapped_column(unique=True, default=new_secret)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()


class DoorPass(Base):
    """A phone that opened a door link. The phone keeps one secret for all its doors."""

    __tablename__ = "door_pass"

    id: Mapped[int] = mapped_column(primary_key=True)
    door_link_id: Mapped[int] = mapped_column(ForeignKey("door_link.id", ondelete="CASCADE"))
    phone_digest: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    door_link: Mapped[DoorLink] = relationship()

    __table_args__ = (UniqueConstraint("phone_digest", "door_link_id"),)
