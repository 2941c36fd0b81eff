"""Wrong tries at a kiosk or a poster, counted, so that guessing does not work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime


class WrongTries(Base):
    """How many wrong letters or PINs came from a phone, a tablet, a door link or a network at an
    event.

    Never counted by guest: otherwise anybody who knows a name could keep that guest from checking
    in.
    """

    __tablename__ = "wrong_tries"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(
        primary_key=True
    )  # keyed digest of where the tries come from
    tries: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)  # then the count is deleted

    __table_args__ = (CheckConstraint("tries >= 0", name="tries"),)
