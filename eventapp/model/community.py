"""Communities, and who organises them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.limits import MET_MAIL_HOURS
from eventapp.model.person import Person
from eventapp.model.square_picture import Logo, Portrait


class Community(Base):
    __tablename__ = "community"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    links: Mapped[str] = mapped_column(default="")  # addresses of web pages, one a line
    # Phrases that mean the same when guests are matched by topics: "precio = pricing", one a line.
    synonyms: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="es")
    tz: Mapped[str] = mapped_column(default="Europe/Madrid")
    # Who answers for the data, as /privacy and the RSVP form say it.
    data_controller: Mapped[str]
    contact_email: Mapped[str]
    keep_months: Mapped[int] = mapped_column(default=12)
    # Of what has a time of its own, if it is shorter; None: as long as the rest.
    keep_impressions_months: Mapped[int | None]
    keep_pictures_months: Mapped[int | None]
    keep_introductions_months: Mapped[int | None]
    keep_passed_months: Mapped[int | None] = mapped_column(default=1)  # somebody outside is named
    # At which hour of the next day guests are mailed "who did you meet?"; None: they are not.
    met_mail_hour: Mapped[int | None] = mapped_column(default=10)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisers: Mapped[list[Organiser]] = relationship(back_populates="community")
    logo: Mapped[Logo | None] = relationship(
        back_populates="community", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        CheckConstraint("language IN ('es', 'en')", name="language"),
        CheckConstraint("keep_months > 0", name="keep_months"),
        CheckConstraint("keep_impressions_months > 0", name="keep_impressions_months"),
        CheckConstraint("keep_pictures_months > 0", name="keep_pictures_months"),
        CheckConstraint("keep_introductions_months > 0", name="keep_introductions_months"),
        CheckConstraint("keep_passed_months > 0", name="keep_passed_months"),
        CheckConstraint(
            f"met_mail_hour BETWEEN {MET_MAIL_HOURS[0]} AND {MET_MAIL_HOURS[-1]}",
            name="met_mail_hour",
        ),
    )

    @property
    def months_of_impressions(self) -> int:
        """How long what guests wrote of an event is kept after it: what they take with them, and
        what they asked.
        """
        return self._at_most(self.keep_impressions_months)

    @property
    def months_of_pictures(self) -> int:
        return self._at_most(self.keep_pictures_months)

    @property
    def months_of_introductions(self) -> int:
        """How long they are kept after two were joined."""
        return self._at_most(self.keep_introductions_months)

    @property
    def months_of_passed(self) -> int:
        """How long contacts passed on to somebody outside are kept after their last day."""
        return self._at_most(self.keep_passed_months)

    def _at_most(self, months: int | None) -> int:
        """Nothing is kept for longer than the answers of whom it is about."""
        return min(self.keep_months, months or self.keep_months)


class Organiser(Base):
    """A person may manage a community: its events, guest lists and doors."""

    __tablename__ = "organiser"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    # When they agreed to be named on public pages; None: they did not.
    named_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When they ended the mails about who asks to come, for themselves.
    requests_ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    community: Mapped[Community] = relationship(back_populates="organisers")
    person: Mapped[Person] = relationship()
    portrait: Mapped[Portrait | None] = relationship(
        back_populates="organiser", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (UniqueConstraint("community_id", "person_id"),)
