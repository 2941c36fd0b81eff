"""What was still known of a guest who became one with another: an id at doors, a badge, and what
identified them in the list that they came from.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime


class MergedGuest(Base):
    """By it the badge that somebody wears, and what a phone did alone for the guest it knew, find
    who was kept.
    """

    __tablename__ = "merged_guest"

    badge: Mapped[str] = mapped_column(primary_key=True)
    gone_id: Mapped[int] = mapped_column(index=True)  # the `Rsvp.id` of who went
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MergedRef(Base):
    """By it the list, imported again, finds who was kept. See `Rsvp.source_ref`."""

    __tablename__ = "merged_ref"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    source_ref: Mapped[str] = mapped_column(primary_key=True)
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"), index=True)
