"""An RSVP: a person's answer to an event, with its ticket."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from eventapp.core.caseless import caseless, caseless_of
from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime
from eventapp.core.links import new_secret
from eventapp.model.event import Event
from eventapp.model.limits import PARTY_MOST
from eventapp.model.person import Person

NOBODY = "—"  # the name of anonymised guests


class Status(StrEnum):
    GOING = "going"
    MAYBE = "maybe"  # holds no place, and waits for none
    WAITLISTED = "waitlisted"
    PENDING = "pending"  # needs the organisers' approval
    NOT_GOING = "not_going"
    CANCELLED = "cancelled"


WANTS_TO_COME = (Status.GOING, Status.WAITLISTED, Status.PENDING)
AWAITED = (*WANTS_TO_COME, Status.MAYBE)
DECLINED = (Status.NOT_GOING, Status.CANCELLED)


class Listing(StrEnum):
    """Who may see a guest."""

    NOBODY = "nobody"
    ATTENDEES = "attendees"
    EVERYONE = "everyone"


class Source(StrEnum):
    """How a guest came onto the list."""

    FORM = "form"
    IMPORT = "import"  # brought by the hosts: on a list, or by hand
    WALK_IN = "walk_in"


def _partial(name: str, condition: str, *columns: str) -> Index:
    """An index of the RSVPs alone for which this holds."""
    where = text(condition)
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def _worklist(name: str, condition: str, *columns: str) -> Index:
    """Of those of an event that the worker may have to mail, which it looks up again and again."""
    return _partial(name, f"person_id IS NOT NULL AND {condition}", *columns)


def _listed(name: str, *columns: str) -> Index:
    """Of those that no host took off the list. It has that column, as SQLite would read each row
    for it.
    """
    return _partial(name, "removed_at IS NULL", *columns, "removed_at")


class Rsvp(Base):
    """One per person and event. Guests known by name alone (walk-ins, lists without addresses) have
    no person; only organisers act for them.
    """

    __tablename__ = "rsvp"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    name_key: Mapped[str]  # folded; equal for namesakes, and compared with Talk.speaker_key
    status: Mapped[str]
    companions: Mapped[int] = mapped_column(default=0)
    companion_names: Mapped[list[str]] = mapped_column(default=list)  # as far as hosts know them
    listing: Mapped[str | None]  # None: not asked yet, so listed to nobody
    ask_me_about: Mapped[str] = mapped_column(default="")
    want_to_learn: Mapped[str] = mapped_column(default="")
    looking_for: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")  # a line to the organisers, beside a no
    language: Mapped[str] = mapped_column(default="es")
    hosts_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # offered to greet newcomers
    may_be_suggested: Mapped[bool] = mapped_column(default=False)  # to others, and others to them
    wants_a_host: Mapped[bool] = mapped_column(default=False)  # to greet them, as they are new
    badge_tells: Mapped[bool] = mapped_column(default=False)  # that they are new here, or a host

    # Three secrets for three purposes: none reveals another. `key` is for managing, in the mailbox
    # only; by it SQLAlchemy also knows which row of a long INSERT has which id.
    key: Mapped[str] = mapped_column(unique=True, default=new_secret, insert_sentinel=True)
    ticket: Mapped[str] = mapped_column(unique=True, default=new_secret)  # shown at the door
    # By this the door finds it: a scanner may send all in capitals.
    caseless_ticket: Mapped[str] = mapped_column(unique=True, default=caseless_of("ticket"))
    badge: Mapped[str] = mapped_column(unique=True, default=new_secret)  # worn on the chest
    short_code: Mapped[str]  # of the ticket, typed at the door; no secret

    source: Mapped[str] = mapped_column(default=Source.FORM)
    source_ref: Mapped[str | None]  # the guest's id in the list they were imported from
    source_digest: Mapped[str | None]  # of the row imported last: an equal row changes nothing
    answers: Mapped[dict[str, str]] = mapped_column(default=dict)

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the address was proven
    # When the guest last said whether they come, or with how many, since `created_at`.
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waitlisted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the waitlist's order
    from_waitlist: Mapped[bool] = mapped_column(default=False)  # they have their place from there
    # When they asked to come, as long as the organisers were not mailed of it.
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What a host decided, where it was theirs to decide. It is about the person, and outlasts a
    # change of the answer.
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # taken off the list by a host
    morning_after_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # asked whom they met
    called_off_mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When a mail put the event into their calendar; None once one has taken it out.
    in_calendar_since: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        UniqueConstraint("event_id", "short_code"),
        UniqueConstraint("event_id", "source", "source_ref"),
        Index("ix_rsvp_event_id_status_waitlisted_at", "event_id", "status", "waitlisted_at"),
        # For the organisers' guest list: its counts, and the orders that are long.
        _listed("ix_rsvp_listed", "event_id", "status", "waitlisted_at", "person_id"),
        _listed("ix_rsvp_listed_by_name", "event_id", "name_key", "status"),
        _listed("ix_rsvp_listed_by_answer", "event_id", "created_at", "status"),
        _partial("ix_rsvp_with_companions", "companions > 0", "event_id"),
        _partial("ix_rsvp_removed", "removed_at IS NOT NULL", "event_id"),
        _worklist("ix_rsvp_not_asked", "morning_after_at IS NULL", "event_id", "status"),
        _worklist("ix_rsvp_not_told", "called_off_mailed_at IS NULL", "event_id", "status"),
        _worklist("ix_rsvp_not_decided", "status = 'maybe'", "event_id"),
        _partial("ix_rsvp_asked_at", "asked_at IS NOT NULL", "asked_at", "event_id"),
        one_of("status", Status),
        one_of("listing", Listing),
        one_of("source", Source),
        CheckConstraint(f"companions BETWEEN 0 AND {PARTY_MOST - 1}", name="companions"),
        CheckConstraint(
            "(status = 'waitlisted') = (waitlisted_at IS NOT NULL)", name="waitlisted_at"
        ),
        CheckConstraint("asked_at IS NULL OR status = 'pending'", name="asked_at"),
        CheckConstraint("approved_at IS NULL OR declined_at IS NULL", name="decided"),
        CheckConstraint("removed_at IS NULL OR status = 'cancelled'", name="removed_at"),
        {"sqlite_autoincrement": True},  # an id is given once: phones know those of who is gone
    )

    @validates("ticket")
    def _keep_caseless(self, _: str, ticket: str) -> str:
        self.caseless_ticket = caseless(ticket)
        return ticket

    @property
    def party(self) -> int:
        """People in all, the guest included."""
        return 1 + self.companions

    @property
    def lines(self) -> tuple[str, ...]:
        """What they tell the others: the LINES, "" where they wrote none."""
        return self.ask_me_about, self.want_to_learn, self.looking_for

    @property
    def written_lines(self) -> dict[str, str]:
        """Those that they wrote, by name."""
        written = zip(LINES, self.lines, strict=True)
        return {line.key: words for line, words in written if words}

    @property
    def answer(self) -> str:
        """What the guest said, whether or not there is a place for it."""
        if self.status in WANTS_TO_COME:
            return Status.GOING
        return Status.MAYBE if self.status == Status.MAYBE else Status.NOT_GOING

    @property
    def holds_a_seat(self) -> bool:
        return self.status == Status.GOING

    @property
    def needs_a_yes(self) -> bool:
        """Whether a host has to approve them before they get a place or join the waitlist."""
        was_refused = self.declined_at is not None
        return self.approved_at is None and (self.event.needs_approval or was_refused)

    @property
    def companions_most(self) -> int:
        """How many companions their own form may say: where the event asks for approval, no more
        than a host approved; never fewer than they bring already.
        """
        if self.event.needs_approval and self.approved_at:
            return self.companions
        return max(self.event.companions_max, self.companions)

    @property
    def exact_address(self) -> str:
        """The event's, for who is going; "" for anybody else."""
        return self.event.exact_address if self._is_told_everything else ""

    @property
    def private_link(self) -> str:
        """Likewise."""
        return self.event.private_link if self._is_told_everything else ""

    @property
    def whole_place(self) -> str:
        """Where they find it: the exact address with the public place, as far as they are told."""
        exact, public = self.exact_address, self.event.place
        return exact if public in exact else f"{exact}, {public}" if exact else public

    @property
    def _is_told_everything(self) -> bool:
        return self.holds_a_seat and self.event.called_off_at is None

    def opens_the_door(self, at: datetime) -> bool:
        """Whether the ticket is of use, now or later."""
        event = self.event
        return self.holds_a_seat and not event.called_off_at and at < event.door_closes_at

    def may_say_whom_they_met(self, at: datetime) -> bool:
        """Whether the form for that is open to the guest now."""
        return self.holds_a_seat and self.event.takes_encounters(at)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_brought(self) -> bool:
        """Whether an address came by a list of the hosts, and nobody has been here by it yet."""
        return self.person_id is not None and not self.is_confirmed and self.source == Source.IMPORT

    @property
    def is_unproven(self) -> bool:
        """Whether a stranger may have typed its address: not proven, nor of a list of the hosts."""
        return self.person_id is not None and not self.is_confirmed and self.source != Source.IMPORT


LINES = (Rsvp.ask_me_about, Rsvp.want_to_learn, Rsvp.looking_for)
