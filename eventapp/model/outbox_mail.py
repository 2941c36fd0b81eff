"""Which row a mail is about: a guest's answer, with which it is deleted.

The outbox is core's, which knows no guests: it keeps the number, and its table is tied here.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import ForeignKeyConstraint, Table

from eventapp.core.outbox import OutboxMail
from eventapp.model.rsvp import Rsvp

cast(Table, OutboxMail.__table__).append_constraint(
    ForeignKeyConstraint([OutboxMail.about_id], [Rsvp.id], ondelete="CASCADE")
)

__all__ = ["OutboxMail"]
