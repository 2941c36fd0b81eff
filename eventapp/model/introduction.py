"""A person introduces two of their contacts to each other, who are both asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.person import Person

LAPSES_AFTER = timedelta(days=30)
_TO_ASK = text("joined_at IS NOT NULL AND followed_up_at IS NULL")
_TO_MAIL = text("mailed_at IS NULL")


class CameOfIt(StrEnum):
    """What one of the two says of it, two weeks later."""

    USEFUL = "useful"
    NOT_YET = "not_yet"
    NO = "no"


class Introduction(Base):
    """It joins the two once both accepted; otherwise it lapses. Whoever made it learns no more: a
    no, and no answer, are the same to them.
    """

    __tablename__ = "introduction"

    id: Mapped[int] = mapped_column(primary_key=True)
    introducer_id: Mapped[int | None] = mapped_column(  # None, and no reason, once they are deleted
        ForeignKey(Person.id, ondelete="SET NULL"), index=True
    )
    reason: Mapped[str]  # why it helps both
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime
    )  # by the worker, to who is asked
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by who made it
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    followed_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # what came of it

    introducer: Mapped[Person | None] = relationship()
    sides: Mapped[list[IntroductionSide]] = relationship(
        back_populates="introduction", order_by="IntroductionSide.id", passive_deletes=True
    )

    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR joined_at IS NULL", name="one_end"),
        Index(
            "ix_introduction_to_follow_up",  # few rows, looked up each minute
            "joined_at",
            sqlite_where=_TO_ASK,
            postgresql_where=_TO_ASK,
        ),
        Index(
            "ix_introduction_to_mail",
            "created_at",
            sqlite_where=_TO_MAIL,
            postgresql_where=_TO_MAIL,
        ),
    )

    @property
    def lapses_at(self) -> datetime:
        return self.created_at + LAPSES_AFTER

    def is_open(self, at: datetime) -> bool:
        """Whether it still takes an answer."""
        return self.withdrawn_at is None and self.joined_at is None and at < self.lapses_at


class IntroductionSide(Base):
    """One of the two, known by the name and the line of their answer to the event at which whoever
    introduces them met them.
    """

    __tablename__ = "introduction_side"

    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey(Introduction.id, ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(unique=True)  # the secret in the mail's links
    # None: neither is ever asked, as one wants no introductions, was asked a lot already or has
    # blocked the other. Nobody is told.
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    came_of_it: Mapped[str | None]
    came_of_it_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    introduction: Mapped[Introduction] = relationship(back_populates="sides")
    person: Mapped[Person] = relationship()
    event: Mapped[Event] = relationship()

    __table_args__ = (
        UniqueConstraint("introduction_id", "person_id"),
        one_of("came_of_it", CameOfIt),
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
        CheckConstraint("accepted_at IS NULL OR asked_at IS NOT NULL", name="asked"),
        CheckConstraint("(came_of_it IS NULL) = (came_of_it_at IS NULL)", name="came_of_it_at"),
    )

    def accept(self, at: datetime) -> None:
        self.accepted_at, self.declined_at = self.accepted_at or at, None

    def decline(self, at: datetime) -> None:
        self.accepted_at, self.declined_at = None, self.declined_at or at
