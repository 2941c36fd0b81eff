"""The contact card: its fields, which of them are shared, and from whom it was taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime

CARD_FIELDS = ("email", "phone", "company", "role", "linkedin", "web", "about")
NAME_PARTS = ("given_name", "family_name")


class Card(Base):
    __tablename__ = "card"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    phone: Mapped[str] = mapped_column(default="")  # as core/phones.py keeps it
    company: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    linkedin: Mapped[str] = mapped_column(default="")
    web: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")  # as address books part their name
    family_name: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CardShare(Base):
    """A field that its owner ticked: shared with people they met, from then on."""

    __tablename__ = "card_share"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    field: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint(f"field IN {CARD_FIELDS}", name="field"),)


class CardWithdrawal(Base):
    """A person took their card back from another."""

    __tablename__ = "card_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("owner_id", "holder_id"),)
