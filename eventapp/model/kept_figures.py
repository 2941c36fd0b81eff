"""The figures of an event's report that come from what guests answered, as they were last shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.event import Event


class KeptFigures(Base):
    """They stay until five people have answered otherwise: see `report/figures.py`."""

    __tablename__ = "kept_figures"

    event_id: Mapped[int] = mapped_column(
        ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True
    )
    figures: Mapped[dict[str, Any]]  # by name
    network: Mapped[list[Any]] = mapped_column(JSON)  # its groups: see `report/network.py`
    answers: Mapped[list[str]]  # that they were made from: a digest for each who answered
    introductions: Mapped[dict[str, Any]]  # the figures of these, by name
    introduced: Mapped[list[str]]  # that those were made from: the same for each introduced
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def told(self) -> dict[str, Any]:
        """All of its figures, by name, but for some that earlier versions kept and today's would
        not: a share of all or of none, and one of introductions that are too few to be counted.
        """
        told = {**self.figures, **self.introductions}
        if "introductions" not in told:
            told.pop("useful_share", None)
        return {
            name: figure
            for name, figure in told.items()
            if not (name.endswith("_share") and figure in {0, 100})
        }

    @classmethod
    def none_of(cls, event: Event, *, at: datetime) -> KeptFigures:
        """Of an event that was looked at and has nothing to tell yet."""
        empty: dict[str, Any] = {"figures": {}, "network": [], "introductions": {}}
        return cls(event_id=event.id, **empty, answers=[], introduced=[], kept_at=at)
