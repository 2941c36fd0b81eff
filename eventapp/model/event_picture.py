"""Pictures of an event, by who was there and by hosts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.model.cover import COVER_WIDTHS, JPEG_WIDTH, PictureFormat
from eventapp.model.event import Event
from eventapp.model.person import Person


class EventPicture(Base):
    """Whoever uploaded it and the hosts see it; everybody, once a host said yes.

    Of one that somebody had taken down, only the digest stays, so that it doesn't come back, also
    once whoever uploaded it is deleted: what it shows is deleted, with its files.
    """

    __tablename__ = "event_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True
    )
    digest: Mapped[str]  # of its files
    width: Mapped[int]  # of the widest file
    height: Mapped[int]
    alt: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # to everybody, by a host's yes
    taken_down_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (
        UniqueConstraint("event_id", "digest"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
        CheckConstraint(
            "taken_down_at IS NULL OR (shown_at IS NULL AND alt = '')", name="taken_down"
        ),
        CheckConstraint("person_id IS NOT NULL OR taken_down_at IS NOT NULL", name="of_somebody"),
    )

    @property
    def widths(self) -> list[int]:
        """Of the WebP files, the narrowest first."""
        return [*(width for width in COVER_WIDTHS if width < self.width), self.width]

    @property
    def jpeg_width(self) -> int:
        return min(JPEG_WIDTH, self.width)


class EventPictureFile(Base):
    """A picture in one width and format. Load it for its bytes only."""

    __tablename__ = "event_picture_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey(EventPicture.id, ondelete="CASCADE"))
    format: Mapped[str]
    width: Mapped[int]
    data: Mapped[bytes]

    __table_args__ = (
        UniqueConstraint("picture_id", "format", "width"),
        one_of("format", PictureFormat),
    )
