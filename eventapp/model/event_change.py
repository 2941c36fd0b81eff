"""Changes of an event's time, place or private link, after people had answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event


class EventChange(Base):
    """When and where an event was to be before an organiser changed it, and whether those who had
    answered are told. Some of those who are not told may be told with the next change.
    """

    __tablename__ = "event_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tz: Mapped[str]
    place: Mapped[str]
    exact_address: Mapped[str] = mapped_column(default="")
    private_link: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # an organiser had it mailed
    line: Mapped[str] = mapped_column(default="")  # of the organisers' own, in its mail
    kept_quiet_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # or chose not to

    __table_args__ = (Index("ix_event_change_told_at", "told_at"),)

    def differs_from(self, event: Event, *, told: tuple[str, ...]) -> bool:
        """Whether the event has another value now in one of the columns that somebody is told."""
        return any(getattr(self, name) != getattr(event, name) for name in told)


IN_THE_CALENDAR = ("starts_at", "ends_at", "tz", "place")  # what everybody is told
ON_THE_TICKET = (*IN_THE_CALENDAR, "exact_address", "private_link")  # what who is going is told
