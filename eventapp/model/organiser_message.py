"""What organisers wrote to guests of an event, in words of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.person import Person


class OrganiserMessage(Base):
    """One message; a notice for each guest who gets it has its id. It is deleted once none is left,
    since it may say something of a guest.
    """

    __tablename__ = "organiser_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True
    )
    subject: Mapped[str]
    words: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[Person | None] = relationship()
