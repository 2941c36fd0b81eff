"""A person, known by an e-mail address, at any number of events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime


class Person(Base):
    """One address is one person. It may have been typed by anybody, until it is verified."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)  # case-folded: what is compared
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="es")
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    met_mail_ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # at their wish
    introductions_ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # likewise
    introducible_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # as by a suggestion

    __table_args__ = (CheckConstraint("language IN ('es', 'en')", name="language"),)
