"""What a community's organisers said of a list, for the next one with the same titles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime


class RememberedList(Base):
    """It has titles of columns and words of a status, and nothing of a guest."""

    __tablename__ = "remembered_list"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    titles: Mapped[str] = mapped_column(primary_key=True)  # the digest of all of them
    mapping: Mapped[dict[str, str]] = mapped_column(default=dict)  # what columns mean
    meanings: Mapped[dict[str, str]] = mapped_column(default=dict)  # what words mean
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
