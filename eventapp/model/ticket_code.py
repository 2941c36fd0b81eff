"""What the code on a ticket of another tool says, or on one of ours that a merge left behind: at
the door it is as good as the guest's own.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.caseless import caseless_of
from eventapp.core.db import Base


class TicketCode(Base):
    """A guest may have several: one for each ticket of their party, or of several tools."""

    __tablename__ = "ticket_code"

    key: Mapped[str] = mapped_column(primary_key=True)  # what of the code is compared
    caseless_key: Mapped[str] = mapped_column(default=caseless_of("key"), index=True)
    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvp.id", ondelete="CASCADE"), index=True)
    code: Mapped[str]  # as the list has it; "" if the ticket is ours, of who became one with them

    __table_args__ = ({"sqlite_with_rowid": False},)
