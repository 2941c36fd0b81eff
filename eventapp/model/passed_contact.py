"""A person passes a contact on to somebody outside, once whoever it is agrees."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.person import Person

_TO_MAIL = text("mailed_at IS NULL")


class PassedContact(Base):
    """Who gets it has no account: a page at a secret address, until it ends or one of the two takes
    it back. Whoever passes it on sees no difference between a no and no answer.
    """

    __tablename__ = "passed_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    passer_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    to_name: Mapped[str]
    to_line: Mapped[str]  # who that is
    purpose: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(default=list)  # of the card; once agreed, those given
    key: Mapped[str] = mapped_column(unique=True)  # the secret in the mail that asks
    link: Mapped[str] = mapped_column(unique=True)  # the secret to hand over, once agreed
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the worker
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # as of `IntroductionSide`
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by one of the two
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by a tap, the first time

    passer: Mapped[Person] = relationship(foreign_keys=[passer_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    event: Mapped[Event] = relationship()

    __table_args__ = (
        CheckConstraint("passer_id <> person_id", name="not_oneself"),
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
        CheckConstraint("accepted_at IS NULL OR asked_at IS NOT NULL", name="asked"),
        Index(
            "ix_passed_contact_to_mail",
            "created_at",
            sqlite_where=_TO_MAIL,
            postgresql_where=_TO_MAIL,
        ),
    )

    def accept(self, fields: list[str], at: datetime) -> None:
        self.accepted_at, self.declined_at, self.fields = at, None, fields

    def decline(self, at: datetime) -> None:
        self.declined_at = self.declined_at or at
