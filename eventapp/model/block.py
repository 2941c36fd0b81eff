"""A person wants nothing to do with another: from then on, neither is shown to the other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime


class Block(Base):
    """It hides both from each other, whoever of them made it: `attendees.queries` asks it. Deleting
    the row ends it.
    """

    __tablename__ = "block"

    id: Mapped[int] = mapped_column(primary_key=True)
    blocker_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    blocked_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]  # of the blocked, as the blocker knew them: they learn no other one
    event_id: Mapped[int | None] = mapped_column(  # at which the blocker saw them
        ForeignKey("event.id", ondelete="SET NULL"), index=True
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("blocker_id", "blocked_id"),
        CheckConstraint("blocker_id <> blocked_id", name="not_oneself"),
    )
