"""Small square pictures: the logo of a community, and the picture of an organiser."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime

if TYPE_CHECKING:
    from eventapp.model.community import Community, Organiser

SMALL_SIDE, LARGE_SIDE = 96, 256  # pixels


class SquarePicture:
    """Columns of a picture. Its digest changes with any of its files, and their addresses with it.
    The files are loaded only where they are asked for.
    """

    digest: Mapped[str]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    small_webp: Mapped[bytes] = mapped_column(deferred=True)
    large_webp: Mapped[bytes] = mapped_column(deferred=True)
    large_jpeg: Mapped[bytes] = mapped_column(deferred=True)

    @property
    def data_url(self) -> str:
        """The picture as text (RFC 2397)."""
        return f"data:image/jpeg;base64,{b64encode(self.large_jpeg).decode()}"


class Logo(SquarePicture, Base):
    """At most one a community."""

    __tablename__ = "logo"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )

    community: Mapped[Community] = relationship(back_populates="logo")


class Portrait(SquarePicture, Base):
    """At most one an organiser, by their own act, and for as long as they are named on public
    pages.
    """

    __tablename__ = "portrait"

    organiser_id: Mapped[int] = mapped_column(
        ForeignKey("organiser.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )

    organiser: Mapped[Organiser] = relationship(back_populates="portrait")
