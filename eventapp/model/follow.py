"""Who follows a community by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.core.links import new_secret
from eventapp.model.community import Community
from eventapp.model.person import Person


class Follow(Base):
    """A person asked to be mailed a community's new events. Deleting the row ends it."""

    __tablename__ = "follow"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_secret)  # in each mail, to end it
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last mail

    community: Mapped[Community] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("community_id", "person_id"),)
