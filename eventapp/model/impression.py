"""What a guest takes with them from an event, in a sentence or two."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.person import Person


class Audience(StrEnum):
    """Who may read something, as its writer chose."""

    HOSTS = "hosts"
    ATTENDEES = "attendees"  # who was there, and the hosts
    EVERYONE = "everyone"


class Impression(Base):
    """It goes with its writer. Who reads it, and beside which name, `attendees.queries` decides."""

    __tablename__ = "impression"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    # The title, as the programme then had it: the talk may leave it.
    talk: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    audience: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by a host, from all others

    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (
        Index("ix_impression_event_id_id", "event_id", "id"),
        one_of("audience", Audience),
    )
