"""The words of guests' names, by which they are found."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base


class NameWord(Base):
    """A folded word of a guest's name, so that a door finds "nunez" among 50,000 guests by an
    index.
    """

    __tablename__ = "name_word"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    # Compared byte by byte on both databases, so that a prefix is a range of the index.
    word: Mapped[str] = mapped_column(
        String().with_variant(String(collation="C"), "postgresql"), primary_key=True
    )
    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvp.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (
        Index("ix_name_word_rsvp_id_word", "rsvp_id", "word"),
        {"sqlite_with_rowid": False},
    )


class NearWord(Base):
    """A word of guests' names, under each key of `core.fuzzy`: one row per event and word, however
    many guests have it, as long as somebody does.
    """

    __tablename__ = "near_word"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(
        String().with_variant(String(collation="C"), "postgresql"), primary_key=True
    )
    word: Mapped[str] = mapped_column(
        String().with_variant(String(collation="C"), "postgresql"), primary_key=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)
