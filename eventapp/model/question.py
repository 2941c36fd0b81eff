"""A question that the organisers of an event ask on its RSVP form."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core import text
from eventapp.core.checks import one_of
from eventapp.core.db import Base

if TYPE_CHECKING:
    from eventapp.model.event import Event


class QuestionKind(StrEnum):
    """How a question is answered."""

    SHORT = "short"
    LONG = "long"
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    YES_NO = "yes_no"


HAVE_OPTIONS = (QuestionKind.ONE_OF, QuestionKind.ANY_OF)
BETWEEN_CHOSEN = "; "  # options: no option has a semicolon


class Question(Base):
    """Its answers are kept in `Rsvp.answers` under its label, as is the column of an imported list
    with that title. A new label is given to them too; they stay when the question goes.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    kind: Mapped[str]
    options: Mapped[list[str]] = mapped_column(default=list)  # of HAVE_OPTIONS
    required: Mapped[bool] = mapped_column(default=False)  # of who is going

    event: Mapped[Event] = relationship(back_populates="questions")

    __table_args__ = (one_of("kind", QuestionKind),)

    @property
    def shows_at_door(self) -> bool:
        return self.label in self.event.door_answers


def heading_key(heading: str) -> str:
    """What is the same for two headings that mean the same answer: `Company?` and `COMPANY`."""
    return text.fold(heading) or heading
