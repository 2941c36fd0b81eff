"""A guest noted having met another at an event. Mutual if both did."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.rsvp import Rsvp


class Encounter(Base):
    """One direction of a pair at one event. The note, tags and date belong to the noter."""

    __tablename__ = "encounter"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    noter_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"))
    met_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"))
    note: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[str]] = mapped_column(default=list)
    follow_up_on: Mapped[date | None]
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime
    )  # by the one met; nobody is told
    # By the noter, after the other declined: kept so that the other is not asked again.
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # From when on the one met is to hear of it, in a mail that gathers such news; None: they have.
    tell_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # Since hosts said that the one met is this guest. Until the noter says so, they alone have it.
    unsure_since: Mapped[datetime | None] = mapped_column(UtcDateTime)

    noter: Mapped[Rsvp] = relationship(foreign_keys=[noter_id])
    met: Mapped[Rsvp] = relationship(foreign_keys=[met_id])

    __table_args__ = (
        UniqueConstraint("noter_id", "met_id"),
        Index("ix_encounter_met_id", "met_id"),
        Index("ix_encounter_event_id", "event_id"),
        Index(
            "ix_encounter_to_tell",  # few rows, looked up each minute
            "tell_at",
            sqlite_where=text("tell_at IS NOT NULL"),
            postgresql_where=text("tell_at IS NOT NULL"),
        ),
        Index(
            "ix_encounter_follow_up_on",  # likewise
            "follow_up_on",
            sqlite_where=text("follow_up_on IS NOT NULL"),
            postgresql_where=text("follow_up_on IS NOT NULL"),
        ),
        CheckConstraint("noter_id <> met_id", name="not_oneself"),
    )
