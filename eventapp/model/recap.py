"""What organisers gather of an event afterwards: the recap, and the impressions that it quotes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.impression import Impression


class Recap(Base):
    """At most one an event; read by nobody but its organisers until it is published."""

    __tablename__ = "recap"

    event_id: Mapped[int] = mapped_column(
        ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    words: Mapped[str] = mapped_column(default="")
    shows_numbers: Mapped[bool] = mapped_column(default=True)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the worker mails it

    event: Mapped[Event] = relationship()

    __table_args__ = (
        Index(
            "ix_recap_mail_asked_at",
            "mail_asked_at",
            sqlite_where=text("mail_asked_at IS NOT NULL"),
            postgresql_where=text("mail_asked_at IS NOT NULL"),
        ),
    )


class Quote(Base):
    """That organisers want an impression in the recap. Unless it is for everyone anyway, its writer
    is asked, once; a no is the writer's alone to know, and looks like silence.
    """

    __tablename__ = "quote"

    impression_id: Mapped[int] = mapped_column(
        ForeignKey(Impression.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    place: Mapped[int | None]  # among the quotes, from the top; None once it was taken out
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the writer, by mail
    allowed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    impression: Mapped[Impression] = relationship()

    __table_args__ = (
        CheckConstraint("allowed_at IS NULL OR refused_at IS NULL", name="one_answer"),
        Index(
            "ix_quote_to_ask",  # few rows, looked up each minute
            "asked_at",
            sqlite_where=text("told_at IS NULL"),
            postgresql_where=text("told_at IS NULL"),
        ),
    )
