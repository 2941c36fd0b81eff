"""The secret address at which a person's calendar reads the events that they go to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.core.links import new_secret
from eventapp.model.person import Person


class PersonalFeed(Base):
    """One a person, made when they ask for it. Another key ends the old address."""

    __tablename__ = "personal_feed"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(unique=True, default=new_secret)
    since: Mapped[datetime] = mapped_column(UtcDateTime)  # of this key

    person: Mapped[Person] = relationship()
