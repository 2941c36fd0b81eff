"""The name of somebody whom a guest met and who is on no list: a private note of theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.rsvp import Rsvp


class NotedName(Base):
    """Nobody but the guest of this RSVP sees it, and it refers to no row of anybody else."""

    __tablename__ = "noted_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"))
    name: Mapped[str]
    name_key: Mapped[str]  # folded, as Rsvp.name_key is
    note: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    rsvp: Mapped[Rsvp] = relationship()

    __table_args__ = (UniqueConstraint("rsvp_id", "name_key"),)
