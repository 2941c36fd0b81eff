"""A talk: an agenda item of an event, with its speaker."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base

if TYPE_CHECKING:
    from eventapp.model.event import Event


class Talk(Base):
    __tablename__ = "talk"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    speaker: Mapped[str] = mapped_column(default="")
    speaker_key: Mapped[str] = mapped_column(default="")  # folded, as Rsvp.name_key is
    speaker_about: Mapped[str] = mapped_column(default="")
    minutes_in: Mapped[int | None]  # from the start of the event, so that they move together
    ends_minutes_in: Mapped[int | None]  # likewise; many end when they end

    event: Mapped[Event] = relationship(back_populates="talks")

    __table_args__ = (
        CheckConstraint("minutes_in >= 0", name="minutes_in"),
        CheckConstraint(
            "ends_minutes_in IS NULL OR (minutes_in IS NOT NULL AND ends_minutes_in > minutes_in)",
            name="ends_minutes_in",
        ),
    )

    @property
    def starts_at(self) -> datetime | None:
        return self._after(self.minutes_in)

    @property
    def ends_at(self) -> datetime | None:
        return self._after(self.ends_minutes_in)

    @property
    def starts(self) -> time | None:
        """When it starts by the clocks of the event, as organisers type it."""
        return self._by_clocks(self.starts_at)

    @property
    def ends(self) -> time | None:
        return self._by_clocks(self.ends_at)

    def _after(self, minutes: int | None) -> datetime | None:
        return None if minutes is None else self.event.starts_at + timedelta(minutes=minutes)

    def _by_clocks(self, at: datetime | None) -> time | None:
        return at.astimezone(self.event.zone).time() if at else None
