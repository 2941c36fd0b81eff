"""A list that was handed in to be imported, until it is; and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event
from eventapp.model.person import Person
from eventapp.model.rsvp import Rsvp

ROWS_AT_ONCE = 2000  # that a request writes itself


class GuestImport(Base):
    """It is shown, corrected, confirmed, and then written row by row. Its file is deleted once it
    is written, and what was shown of it a day later.
    """

    __tablename__ = "guest_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    file_name: Mapped[str] = mapped_column(default="")  # "" if it was pasted
    data: Mapped[bytes | None] = mapped_column(deferred=True)  # the file

    # What somebody corrected: of columns by their titles, of words in a status column.
    mapping: Mapped[dict[str, str]] = mapped_column(default=dict)
    meanings: Mapped[dict[str, str]] = mapped_column(default=dict)
    encoding: Mapped[str] = mapped_column(default="")

    # What its page shows: of how it is read and, later, of how it went (guests/preview.py).
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # From when the worker reads it, or writes or takes back what is left of it; None if that is not
    # its work.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # Numbers of rows; all but `rows` grow while it is written.
    rows: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    waitlisted: Mapped[int] = mapped_column(default=0)
    arrived: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()
    by: Mapped[Person | None] = relationship()

    __table_args__ = (
        Index(
            "ix_guest_import_due_at",  # few rows, looked up every two seconds
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        CheckConstraint("done BETWEEN 0 AND rows", name="done"),
        CheckConstraint("finished_at IS NULL OR confirmed_at IS NOT NULL", name="finished"),
        CheckConstraint("taken_back_at IS NULL OR finished_at IS NOT NULL", name="taken_back"),
    )

    @property
    def is_long(self) -> bool:
        """Whether the worker writes it, as a request would take too long."""
        return self.rows > ROWS_AT_ONCE

    @property
    def is_being_read(self) -> bool:
        return self.confirmed_at is None and self.due_at is not None

    @property
    def is_being_written(self) -> bool:
        return self.confirmed_at is not None and self.finished_at is None

    @property
    def is_cut_short(self) -> bool:
        """Whether it ended before all of it was written."""
        return self.finished_at is not None and self.done < self.rows

    @property
    def is_being_taken_back(self) -> bool:
        return self.taken_back_at is not None and self.due_at is not None


class Stays(StrEnum):
    """Why a guest stays as an import left them, though it is taken back."""

    ANSWERED = "answered"  # themselves: said, changed or confirmed something here
    CAME = "came"  # a door let them in
    MET = "met"  # somebody whom they met says so
    TOLD = "told"  # a mail of this event reached them
    LATER_LIST = "later_list"  # another list has them too
    NO_ROOM = "no_room"  # for what they were before
    MERGED = "merged"  # became one with another guest
    EDITED = "edited"  # by a host's hand


class ImportedGuest(Base):
    """What an import did to a guest, so that it can be taken back: the values `before` and `after`
    it, by column, of those that it changed; `before` is None if it added them. `after` also has
    whether it checked them in, and what it did with ticket codes (guests/row_writer.py). Deleted
    once it is taken back, unless the guest stays.
    """

    __tablename__ = "imported_guest"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("guest_import.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvp.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    stays: Mapped[str | None]

    rsvp: Mapped[Rsvp] = relationship()

    __table_args__ = (one_of("stays", Stays),)
