"""What was typed wrong by who checks in alone, counted: nothing is found out by trying."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime


class WrongLetters(Base):
    """How often a phone, a tablet or a network typed letters at an event that were nobody's.

    Never counted by guest: whoever knows a name could then keep that guest from checking in.
    """

    __tablename__ = "wrong_letters"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(primary_key=True)  # a keyed digest of who asks
    tries: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)  # then they are forgotten

    __table_args__ = (CheckConstraint("tries >= 0", name="tries"),)


class WrongPins(Base):
    """How often somebody who wanted to leave a kiosk did not know the PIN.

    Counted by link, not by tablet: whoever opens the link on ten phones gets no more tries.
    """

    __tablename__ = "wrong_pins"

    door_link_id: Mapped[int] = mapped_column(
        ForeignKey("door_link.id", ondelete="CASCADE"), primary_key=True
    )
    tries: Mapped[int] = mapped_column(default=0)  # since it was last right, or locked
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("tries >= 0", name="tries"),)
