"""Signing in: a mailed code, then a session."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.limits import DIGITS_TRIED_MOST
from eventapp.model.person import Person
from eventapp.model.rsvp import Rsvp


class MailedCode(Base):
    """A one-use link and six digits, sent to one address.

    The page where the digits are typed is found by `page`, which only the browser that asked knows;
    the link's token reaches only the mailbox. Only digests of both secrets are stored.
    """

    __tablename__ = "mailed_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(unique=True)
    token_digest: Mapped[str | None] = mapped_column(unique=True)  # None: digits only
    digits_digest: Mapped[str | None]  # None: the link alone is enough, or no digits match
    browser_digest: Mapped[str | None]  # the browser that asked needs no digits on the link
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[str]
    rsvp_id: Mapped[int | None] = mapped_column(
        ForeignKey("rsvp.id", ondelete="CASCADE"), index=True
    )
    # The content of an RSVP form, and the status that its page shows for any address. It applies
    # once the digits prove that whoever filled it in owns the mailbox.
    typed: Mapped[dict[str, str | int | None]] = mapped_column(default=dict)
    form_id: Mapped[str | None] = mapped_column(unique=True)  # a double tap sends it twice
    go_to: Mapped[str | None]
    made_rsvp: Mapped[bool] = mapped_column(default=False)  # its form gave the RSVP its address
    # No mail was sent, as the mailbox had too many. From this time on one may be.
    mail_waits_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person | None] = relationship()
    rsvp: Mapped[Rsvp | None] = relationship()

    @property
    def is_locked(self) -> bool:
        """Whether too many wrong digits were tried: none count any more."""
        return self.used_at is None and self.wrong_tries >= DIGITS_TRIED_MOST

    def is_of_use(self, at: datetime) -> bool:
        """Whether its page still has a purpose: digits to type, or a mail that has to wait."""
        if self.used_at or self.is_locked or self.expires_at <= at:
            return False
        waits = self.mail_waits_until is not None and at < self.mail_waits_until
        return bool(self.digits_digest) or waits

    def minutes_to_wait(self, at: datetime) -> int:
        """Until another mail may be sent."""
        left = (self.mail_waits_until or at) - at
        return max(0, ceil(left / timedelta(minutes=1)))


class Session(Base):
    """A signed-in browser. Deleting the row signs it out. Once it has expired, the row is kept for
    a while, to know the browser by.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    user_agent: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when it sent a form, to the hour
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
