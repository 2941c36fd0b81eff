"""The picture that an organiser uploaded for an event, in the sizes that browsers ask for."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime

if TYPE_CHECKING:
    from eventapp.model.event import Event

COVER_WIDTHS = (480, 960, 1600)  # pixels; a narrower picture is not enlarged
JPEG_WIDTH = 960


class Focus(StrEnum):
    """The part of a picture that stays where it is cropped, in reading order."""

    TOP_LEFT = "top-left"
    TOP = "top"
    TOP_RIGHT = "top-right"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM = "bottom"
    BOTTOM_RIGHT = "bottom-right"


class PictureFormat(StrEnum):
    """As the address of a picture ends."""

    WEBP = "webp"
    JPEG = "jpg"


class Cover(Base):
    """At most one an event. Its digest changes with any of its files, and their addresses with
    it.
    """

    __tablename__ = "cover"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    digest: Mapped[str]
    width: Mapped[int]  # of the widest file
    height: Mapped[int]
    alt: Mapped[str]
    focus: Mapped[str] = mapped_column(default=Focus.CENTRE)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship(back_populates="cover")
    files: Mapped[list[CoverFile]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        one_of("focus", Focus),
        CheckConstraint("width > 0 AND height > 0", name="size"),
    )

    @property
    def widths(self) -> list[int]:
        """Of the WebP files, the narrowest first."""
        return [*(width for width in COVER_WIDTHS if width < self.width), self.width]

    @property
    def jpeg_width(self) -> int:
        return min(JPEG_WIDTH, self.width)


class CoverFile(Base):
    """A cover in one width and format. Load it for its bytes only."""

    __tablename__ = "cover_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("cover.event_id", ondelete="CASCADE"))
    format: Mapped[str]
    width: Mapped[int]
    data: Mapped[bytes]

    __table_args__ = (
        UniqueConstraint("event_id", "format", "width"),
        one_of("format", PictureFormat),
    )
