"""What organisers did to others' data, for those who answer for the community."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.door import DoorLink
from eventapp.model.event import Event
from eventapp.model.person import Person
from eventapp.model.rsvp import Rsvp

# No check in the database: a new verb needs words to show it (communities/log_words.py), and no
# migration.
AuditVerb = Literal[
    "settings_changed",
    "organiser_added",
    "organiser_removed",
    "event_scheduled",
    "event_copied",
    "event_changed",
    "event_published",
    "event_unpublished",
    "event_called_off",
    "event_discarded",
    "capacity_changed",
    "door_changed",
    "door_link_made",
    "door_link_withdrawn",
    "phone_withdrawn",
    "poster_put_up",
    "poster_taken_down",
    "guests_imported",
    "guests_exported",
    "guest_approved",
    "guest_declined",
    "tickets_sent",
    "mail_sent_again",
    "mails_sent_again",
    "address_corrected",
]
ACTORS = ("person", "command_line")


class AuditEntry(Base):
    """One act: who did what, when, to whom. Append-only, written in the act's own transaction.

    It refers to people, guests and events, and copies nothing of them: who is deleted is named
    here no more.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    verb: Mapped[str]
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="SET NULL"), index=True
    )
    rsvp_id: Mapped[int | None] = mapped_column(
        ForeignKey("rsvp.id", ondelete="SET NULL"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    door_link_id: Mapped[int | None] = mapped_column(
        ForeignKey("door_link.id", ondelete="SET NULL"), index=True
    )
    count: Mapped[int | None]  # of guests, or of mails
    fields: Mapped[list[str]] = mapped_column(default=list)  # the names of those that changed

    by: Mapped[Person | None] = relationship(foreign_keys=[actor_id])
    event: Mapped[Event | None] = relationship()
    rsvp: Mapped[Rsvp | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    door_link: Mapped[DoorLink | None] = relationship()

    __table_args__ = (
        Index("ix_audit_entry_community_id_id", "community_id", "id"),
        CheckConstraint(f"actor IN {ACTORS}", name="actor"),
    )
