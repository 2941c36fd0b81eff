"""What an organiser changed of a guest by hand, so that it can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Base, UtcDateTime
from eventapp.model.audit import AuditEntry
from eventapp.model.rsvp import Rsvp


class GuestChange(Base):
    """The values before and after, by column. The audit log, which has none, says who did it and
    when. It is deleted with what it tells of the guest: once it is undone, and with the guest.
    """

    __tablename__ = "guest_change"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("audit_entry.id", ondelete="CASCADE"), primary_key=True
    )
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)  # of the act, as its mails have it
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]

    entry: Mapped[AuditEntry] = relationship()
    rsvp: Mapped[Rsvp] = relationship()
