"""An event: what, where, when, and its capacity."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.community import Community
from eventapp.model.cover import Cover
from eventapp.model.limits import COMPANIONS_MOST
from eventapp.model.question import Question
from eventapp.model.talk import Talk

FEW_PLACES = 10


class EventFacts:
    """What follows from an event's columns, for the row itself and for plain copies of some
    columns, as a door reads them.
    """

    if TYPE_CHECKING:  # columns of the row, plain values of whoever read them
        starts_at: Any
        ends_at: Any
        door_opens_hours_before: Any
        door_closes_hours_after: Any
        capacity: Any
        seats_taken: Any
        door_revision: Any
        rehearsal_of_id: Any

    @property
    def seats_left(self) -> int | None:
        """None means no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    def seats_left_once(self, freed: int) -> int | None:
        """The same once so many more are free."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken + freed)

    @property
    def is_full(self) -> bool:
        return self.seats_left == 0

    @property
    def has_few_places(self) -> bool:
        """All that pages tell the public about the places left."""
        return self.seats_left is not None and self.seats_left <= FEW_PLACES

    def has_room_for(self, people: int) -> bool:
        return self.seats_left is None or self.seats_left >= people

    @property
    def door_opens_at(self) -> datetime:
        opens: datetime = self.starts_at - timedelta(hours=self.door_opens_hours_before)
        return opens

    @property
    def door_closes_at(self) -> datetime:
        closes: datetime = self.ends_at + timedelta(hours=self.door_closes_hours_after)
        return closes

    def door_is_open(self, at: datetime) -> bool:
        return self.door_opens_at <= at < self.door_closes_at

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is a copy to try the door on: it has no page, sends no mail, counts for
        nothing.
        """
        return self.rehearsal_of_id is not None

    @property
    def headcount_revision(self) -> str:
        """Changes whenever the numbers on a door's screen do."""
        return f"{self.door_revision}-{self.seats_taken}"


class Event(EventFacts, Base):
    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("community.id", ondelete="CASCADE"), index=True
    )
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")  # Markdown
    place: Mapped[str] = mapped_column(default="")
    # Not public: read as `Rsvp.exact_address` and `Rsvp.private_link`, which know who is told.
    exact_address: Mapped[str] = mapped_column(default="")
    private_link: Mapped[str] = mapped_column(default="")  # a chat, an online room
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tz: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_off_because: Mapped[str] = mapped_column(default="")  # public
    back_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # after it was called off
    # The worker mails those on the list by then who have no ticket; None once it has.
    tickets_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by an organiser
    revision: Mapped[int] = mapped_column(default=0)  # of the calendar entry: its SEQUENCE

    # When things are open, unless the organiser sets it otherwise.
    rsvp_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    door_opens_hours_before: Mapped[int] = mapped_column(default=4)
    door_closes_hours_after: Mapped[int] = mapped_column(default=12)
    met_closes_days_after: Mapped[int] = mapped_column(default=60)

    # Which reminders are mailed to who is going.
    reminds_day_before: Mapped[bool] = mapped_column(default=True)
    reminds_hours_before: Mapped[bool] = mapped_column(default=True)

    # Whoever answers waits for a host's yes: see `Rsvp.needs_a_yes`.
    needs_approval: Mapped[bool] = mapped_column(default=False)
    tells_of_requests: Mapped[bool] = mapped_column(default=True)  # organisers, by mail
    requests_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # last

    # One seat per person, companions included. A check constraint refuses one too many;
    # `seats_over` are those taken at a door although the event was full.
    capacity: Mapped[int | None]
    companions_max: Mapped[int] = mapped_column(default=5)
    seats_taken: Mapped[int] = mapped_column(default=0)
    seats_over: Mapped[int] = mapped_column(default=0)

    # The headcount at the door, stored so that 50,000 rows need not be counted.
    admitted: Mapped[int] = mapped_column(default=0)
    people_left: Mapped[int] = mapped_column(default=0)  # of those admitted
    door_revision: Mapped[int] = mapped_column(default=0)

    # How many questions its RSVP form has. Most events have none, and do not look for them.
    question_count: Mapped[int] = mapped_column(default=0)

    # How the door works, as the organiser wants it.
    notes_leaving: Mapped[bool] = mapped_column(default=False)  # who is inside, for a fire marshal
    door_answers: Mapped[list[str]] = mapped_column(default=list)  # those that a door shows
    poster_secret: Mapped[str | None] = mapped_column(
        unique=True
    )  # in the code of the poster for self check-in
    rehearsal_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), unique=True
    )

    community: Mapped[Community] = relationship()
    talks: Mapped[list[Talk]] = relationship(
        back_populates="event", order_by="Talk.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list[Question]] = relationship(
        back_populates="event", order_by="Question.position", cascade="all, delete-orphan"
    )
    cover: Mapped[Cover | None] = relationship(
        back_populates="event", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        Index("ix_event_ends_at", "ends_at"),
        Index("ix_event_starts_at", "starts_at"),
        Index(
            "ix_event_called_off",  # few rows, looked up every two seconds
            "ends_at",
            sqlite_where=text("called_off_at IS NOT NULL"),
            postgresql_where=text("called_off_at IS NOT NULL"),
        ),
        Index(
            "ix_event_back_on",
            "back_on_at",
            sqlite_where=text("back_on_at IS NOT NULL"),
            postgresql_where=text("back_on_at IS NOT NULL"),
        ),
        Index(
            "ix_event_tickets_asked_at",
            "tickets_asked_at",
            sqlite_where=text("tickets_asked_at IS NOT NULL"),
            postgresql_where=text("tickets_asked_at IS NOT NULL"),
        ),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        CheckConstraint(f"companions_max BETWEEN 0 AND {COMPANIONS_MOST}", name="companions_max"),
        CheckConstraint("seats_taken >= 0 AND seats_over >= 0", name="seats_counted"),
        CheckConstraint("capacity IS NULL OR seats_taken <= capacity + seats_over", name="seats"),
        CheckConstraint("admitted >= 0", name="admitted"),
        CheckConstraint("people_left BETWEEN 0 AND admitted", name="people_left"),
    )

    @property
    def asked(self) -> list[Question]:
        """The questions on its RSVP form."""
        return self.questions if self.question_count else []

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz)

    @property
    def last_changed_at(self) -> datetime:
        return self.changed_at or self.published_at or self.created_at

    @property
    def rsvp_closed_at(self) -> datetime:
        return self.rsvp_closes_at or self.ends_at

    def takes_rsvps(self, at: datetime) -> bool:
        return bool(self.published_at) and not self.called_off_at and at < self.rsvp_closed_at

    @property
    def met_closes_at(self) -> datetime:
        return self.ends_at + timedelta(days=self.met_closes_days_after)

    def takes_encounters(self, at: datetime) -> bool:
        return not self.called_off_at and self.starts_at <= at < self.met_closes_at
