"""Notices: that somebody was told something that is told once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.core.outbox import OutboxMail
from eventapp.model.event import Event
from eventapp.model.person import Person
from eventapp.model.rsvp import Rsvp


class NoticeKind(StrEnum):
    TICKET = "ticket"  # to an imported guest: their ticket, or their position on the waitlist
    CALLED_OFF = "called_off"
    STILL_MAYBE = "still_maybe"  # asked again shortly before the event
    DAY_BEFORE = "day_before"  # a reminder to who comes, once for each day on which it was to be
    HOURS_BEFORE = "hours_before"  # likewise
    CHANGED = "changed"  # the time or place, once for each change that is told
    MORNING_AFTER = "morning_after"  # asked whom they met
    DID_YOU_MEET = "did_you_meet"  # about the RSVP of the guest who noted it
    MET_CONFIRMED = "met_confirmed"  # about the RSVP of the guest who says so too
    FOLLOW_UP = "follow_up"  # to who noted the guest of the RSVP, once for each day they chose
    MESSAGE = "message"  # an OrganiserMessage, once for each, whose id is in `which`
    RECAP = "recap"  # to who was there
    PEOPLE_TO_MEET = "people_to_meet"  # to who has not been sent the reminder that says it as well
    NEWCOMER_IS_IN = "newcomer_is_in"  # to a host, about the RSVP of whom they greet
    NEW_EVENT = "new_event"  # to those who follow its community


class Notice(Base):
    """What was told, to whom, about which RSVP or event, and when. Its mail may be deleted before
    it, and is deleted with it.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    rsvp_id: Mapped[int | None] = mapped_column(ForeignKey(Rsvp.id, ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    which: Mapped[str] = mapped_column(default="")  # of what is told again: a day, a change
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("rsvp_id", "kind", "person_id", "which"),
        UniqueConstraint("event_id", "kind", "person_id"),
        CheckConstraint("(rsvp_id IS NULL) != (event_id IS NULL)", name="about"),
        one_of("kind", NoticeKind),
    )


# The outbox belongs to core, which knows neither guests nor notices. It stores the ids of the RSVP
# and the notice that a mail is about; their foreign keys are added here.
cast(Table, OutboxMail.__table__).append_constraint(
    ForeignKeyConstraint([OutboxMail.about_id], [Rsvp.id], ondelete="CASCADE")
)
cast(Table, OutboxMail.__table__).append_constraint(
    ForeignKeyConstraint([OutboxMail.notice_id], [Notice.id], ondelete="CASCADE")
)
