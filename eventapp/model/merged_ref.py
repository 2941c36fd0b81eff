"""What identified, in the list that they came from, a guest who became one with another."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base


class MergedRef(Base):
    """By it the list, imported again, finds who was kept. See `Rsvp.source_ref`."""

    __tablename__ = "merged_ref"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    source_ref: Mapped[str] = mapped_column(primary_key=True)
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"), index=True)
