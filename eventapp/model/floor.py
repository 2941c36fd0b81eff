"""Questions from the floor: what guests ask about the talks of an event, and who votes for it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.core.links import new_secret
from eventapp.model.event import Event
from eventapp.model.talk import Talk


class Floor(Base):
    """That an event takes questions from the floor, as its hosts said. Most have no such row."""

    __tablename__ = "floor"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), unique=True)
    hosts_first: Mapped[bool]  # hosts see each question before others do
    # Whose questions the wall shows. None: by the programme's times.
    talk_id: Mapped[int | None] = mapped_column(
        ForeignKey(Talk.id, ondelete="SET NULL"), index=True
    )
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wall: Mapped[str] = mapped_column(unique=True, default=new_secret)  # opens the page for a wall

    event: Mapped[Event] = relationship()
    talk: Mapped[Talk | None] = relationship()

    @property
    def asked_from(self) -> datetime:
        """When the day of the event begins, by its clocks."""
        day = self.event.starts_at.astimezone(self.event.zone).date()
        return datetime.combine(day, time(), self.event.zone)

    @property
    def asked_until(self) -> datetime:
        """Noon of the day after."""
        last = self.event.ends_at.astimezone(self.event.zone).date()
        return datetime.combine(last + timedelta(days=1), time(12), self.event.zone)

    def is_on(self, at: datetime) -> bool:
        """Whether it is the day of the event, or the morning after."""
        is_held = self.event.published_at and not self.event.called_off_at
        return bool(is_held) and self.asked_from <= at < self.asked_until

    def is_over(self, at: datetime) -> bool:
        """Whether nobody will ask any more: hosts closed it, or the event is called off or over."""
        ended = self.closed_at or self.event.called_off_at
        return ended is not None or at >= self.asked_until

    def takes_questions(self, at: datetime) -> bool:
        return self.closed_at is None and self.is_on(at)


class FloorQuestion(Base):
    """What somebody asks about a talk, or the event as a whole. Of an anonymous one nobody is shown
    by whom it is; `rsvp_id` is kept so that they can withdraw it, and goes the day after.
    """

    __tablename__ = "floor_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    talk_id: Mapped[int | None] = mapped_column(
        ForeignKey(Talk.id, ondelete="SET NULL"), index=True
    )
    rsvp_id: Mapped[int | None] = mapped_column(
        ForeignKey("rsvp.id", ondelete="CASCADE"), index=True
    )
    is_anonymous: Mapped[bool]
    words: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # to other guests, and the wall
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by a host, from all others
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Votes for it when hosts closed the questions. None: those that are there count.
    counted: Mapped[int | None]

    event: Mapped[Event] = relationship()
    talk: Mapped[Talk | None] = relationship()

    __table_args__ = (
        CheckConstraint("is_anonymous OR rsvp_id IS NOT NULL", name="asker"),
        CheckConstraint("shown_at IS NULL OR hidden_at IS NULL", name="shown_or_hidden"),
    )

    @property
    def state(self) -> str:
        """`waiting` for a host, `hidden`, `shown` or `answered`."""
        if self.hidden_at:
            return "hidden"
        if self.shown_at is None:
            return "waiting"
        return "answered" if self.answered_at else "shown"


class FloorVote(Base):
    """A guest wants to hear the answer, too. Deleting the row takes the vote back, at any time."""

    __tablename__ = "floor_vote"

    question_id: Mapped[int] = mapped_column(
        ForeignKey(FloorQuestion.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvp.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index("ix_floor_vote_rsvp_id", "rsvp_id"),)
