"""The audit log: what was done to others' data, mostly by organisers, for a community's owners."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.model.door import DoorLink
from eventapp.model.event import Event
from eventapp.model.person import Person
from eventapp.model.rsvp import Rsvp


# No check in the database: a new verb needs words to show it (communities/log_words.py), and no
# migration.
class AuditVerb(StrEnum):
    SETTINGS_CHANGED = "settings_changed"
    ORGANISER_ADDED = "organiser_added"
    ORGANISER_REMOVED = "organiser_removed"
    ORGANISER_NAMED = "organiser_named"
    ORGANISER_UNNAMED = "organiser_unnamed"
    PORTRAIT_UPLOADED = "portrait_uploaded"
    PORTRAIT_REMOVED = "portrait_removed"
    LOGO_UPLOADED = "logo_uploaded"
    LOGO_REMOVED = "logo_removed"
    EVENT_SCHEDULED = "event_scheduled"
    EVENT_COPIED = "event_copied"
    EVENT_CHANGED = "event_changed"
    CHANGE_TOLD = "change_told"
    CHANGE_KEPT_QUIET = "change_kept_quiet"
    EVENT_PUBLISHED = "event_published"
    EVENT_UNPUBLISHED = "event_unpublished"
    EVENT_CALLED_OFF = "event_called_off"
    CALL_OFF_TAKEN_BACK = "call_off_taken_back"
    EVENT_DISCARDED = "event_discarded"
    COVER_UPLOADED = "cover_uploaded"
    COVER_CHANGED = "cover_changed"
    COVER_REMOVED = "cover_removed"
    QUESTIONS_CHANGED = "questions_changed"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_STOPPED = "approval_stopped"
    CAPACITY_CHANGED = "capacity_changed"
    DOOR_CHANGED = "door_changed"
    DOOR_LINK_MADE = "door_link_made"
    DOOR_LINK_WITHDRAWN = "door_link_withdrawn"
    PHONE_WITHDRAWN = "phone_withdrawn"
    POSTER_PUT_UP = "poster_put_up"
    POSTER_TAKEN_DOWN = "poster_taken_down"
    GUESTS_IMPORTED = "guests_imported"
    IMPORT_TAKEN_BACK = "import_taken_back"
    GUESTS_EXPORTED = "guests_exported"
    BADGES_MADE = "badges_made"
    GUEST_APPROVED = "guest_approved"
    GUEST_DECLINED = "guest_declined"
    GUEST_RECONSIDERED = "guest_reconsidered"
    GUESTS_APPROVED = "guests_approved"
    GUEST_ADDED = "guest_added"
    GUEST_CHANGED = "guest_changed"
    GUEST_REMOVED = "guest_removed"
    GUEST_GIVEN_PLACE = "guest_given_place"
    GUEST_GIVEN_PLACE_OVER = "guest_given_place_over"
    GUEST_MAILED = "guest_mailed"
    GUEST_PUT_BACK = "guest_put_back"
    GUESTS_MERGED = "guests_merged"
    GUEST_CHANGE_UNDONE = "guest_change_undone"
    GUESTS_PROMOTED = "guests_promoted"  # of entries that named nobody: see GUEST_GIVEN_PLACE
    GUESTS_MAILED = "guests_mailed"
    GUESTS_WRITTEN_TO = "guests_written_to"
    TICKETS_SENT = "tickets_sent"
    MAIL_SENT_AGAIN = "mail_sent_again"
    MAILS_SENT_AGAIN = "mails_sent_again"
    ADDRESS_CORRECTED = "address_corrected"
    REPORT_ANSWERED = "report_answered"
    REPORT_CLOSED = "report_closed"
    IMPRESSION_HIDDEN = "impression_hidden"
    IMPRESSION_SHOWN = "impression_shown"
    ROUNDS_ANNOUNCED = "rounds_announced"
    ROUND_STARTED = "round_started"
    ROUND_STOPPED = "round_stopped"
    ROUNDS_HELD_UP = "rounds_held_up"
    ROUNDS_ENDED = "rounds_ended"
    FLOOR_OPENED = "floor_opened"
    FLOOR_CLOSED = "floor_closed"
    FLOOR_WALL_CHANGED = "floor_wall_changed"
    FLOOR_QUESTION_SHOWN = "floor_question_shown"
    FLOOR_QUESTION_HIDDEN = "floor_question_hidden"
    FLOOR_QUESTION_ANSWERED = "floor_question_answered"
    FLOOR_QUESTION_REOPENED = "floor_question_reopened"
    IMPRESSION_QUOTED = "impression_quoted"
    IMPRESSION_NOT_QUOTED = "impression_not_quoted"
    QUOTE_MOVED = "quote_moved"
    RECAP_CHANGED = "recap_changed"
    RECAP_PUBLISHED = "recap_published"
    RECAP_TAKEN_BACK = "recap_taken_back"
    RECAP_MAILED = "recap_mailed"
    PICTURE_SHOWN = "picture_shown"
    PICTURE_HIDDEN = "picture_hidden"
    PICTURE_REMOVED = "picture_removed"
    PICTURE_TAKEN_DOWN = "picture_taken_down"


class Actor(StrEnum):
    PERSON = "person"
    COMMAND_LINE = "command_line"
    ANYBODY = "anybody"  # who needs no account, and of whom nothing is noted


class AuditEntry(Base):
    """One act: who did what, when, to whom. Append-only, written in the act's transaction.

    It refers to people, guests and events, and copies nothing of them, so that deleted people are
    named here no more.
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
        one_of("actor", Actor),
    )
