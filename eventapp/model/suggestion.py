"""Whom a guest might look for at an event, and which host greets a newcomer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.rsvp import Rsvp


class Suggestion(Base):
    """One guest is led to another. It says no more than that: whether the two still agree, and the
    reason, are looked up whenever it is shown.
    """

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    rsvp_id: Mapped[int] = mapped_column(ForeignKey(Rsvp.id, ondelete="CASCADE"))  # to whom
    whom_id: Mapped[int] = mapped_column(ForeignKey(Rsvp.id, ondelete="CASCADE"), index=True)
    as_host: Mapped[bool]  # who greets them
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("rsvp_id", "whom_id"),
        CheckConstraint("rsvp_id <> whom_id", name="not_oneself"),
    )


class SuggestionPlan(Base):
    """What the suggestions of an event were made from, so that they are made anew only once that
    has changed.
    """

    __tablename__ = "suggestion_plan"

    event_id: Mapped[int] = mapped_column(
        ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True
    )
    made_from: Mapped[str]  # a digest
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
