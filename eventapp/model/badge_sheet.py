"""Name badges that are drawn by the worker, as a request would take too long."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event


class BadgeSheet(Base):
    """It has guests' names: it is deleted an hour after it was asked for, and with any of them."""

    __tablename__ = "badge_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    choice: Mapped[dict[str, str | int | None]]  # badges/choice.py
    count: Mapped[int]  # of badges when it was asked for
    done: Mapped[int] = mapped_column(default=0)  # so many of them are drawn
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    file: Mapped[bytes | None] = mapped_column(deferred=True)  # the PDF; None if that failed

    event: Mapped[Event] = relationship()

    __table_args__ = (
        Index(
            "ix_badge_sheet_waiting",  # few rows, looked up every two seconds
            "created_at",
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        CheckConstraint("file IS NULL OR finished_at IS NOT NULL", name="finished"),
    )
