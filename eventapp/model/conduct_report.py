"""What a guest tells the organisers of somebody's conduct, and what they answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.event_picture import EventPicture
from eventapp.model.floor import FloorQuestion
from eventapp.model.impression import Impression
from eventapp.model.person import Person


class Subject(StrEnum):
    """What a report is about. What is more than a word has a column that refers to it."""

    EVENT = "event"
    PERSON = "person"
    IMPRESSION = "impression"
    PICTURE = "picture"
    QUESTION = "question"


class ConductReport(Base):
    """A report goes with who made it. Of whom it is about it keeps no name: once they are deleted,
    only that it was a person.
    """

    __tablename__ = "conduct_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    subject: Mapped[str]
    about_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True
    )
    # None once it was withdrawn or deleted. Of one that was taken down, the picture shows nothing.
    impression_id: Mapped[int | None] = mapped_column(
        ForeignKey(Impression.id, ondelete="SET NULL"), index=True
    )
    picture_id: Mapped[int | None] = mapped_column(
        ForeignKey(EventPicture.id, ondelete="SET NULL"), index=True
    )
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey(FloorQuestion.id, ondelete="SET NULL"), index=True
    )
    words: Mapped[str]
    names_reporter: Mapped[bool]  # to the organisers; to nobody else in any case
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # organisers, that it came
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    reporter: Mapped[Person] = relationship(foreign_keys=[reporter_id])
    about: Mapped[Person | None] = relationship(foreign_keys=[about_id])
    question: Mapped[FloorQuestion | None] = relationship()
    answers: Mapped[list[ConductAnswer]] = relationship(
        back_populates="report", order_by="ConductAnswer.id", passive_deletes=True
    )

    __table_args__ = (
        one_of("subject", Subject),
        CheckConstraint("about_id IS NULL OR subject <> 'event'", name="about"),
        CheckConstraint("impression_id IS NULL OR subject = 'impression'", name="impression"),
        CheckConstraint("picture_id IS NULL OR subject = 'picture'", name="picture"),
        CheckConstraint("question_id IS NULL OR subject = 'question'", name="question"),
        Index(
            "ix_conduct_report_to_tell",  # few rows, looked up each minute
            "created_at",
            sqlite_where=text("told_at IS NULL"),
            postgresql_where=text("told_at IS NULL"),
        ),
    )


class ConductAnswer(Base):
    __tablename__ = "conduct_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey(ConductReport.id, ondelete="CASCADE"), index=True
    )
    words: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    report: Mapped[ConductReport] = relationship(back_populates="answers")
