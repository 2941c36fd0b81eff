"""Ask for a sheet of badges that is too long for a request, and delete it soon."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from eventapp.badges.choice import Choice
from eventapp.badges.queries import SHEET_KEPT
from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.sent_forms import add_once
from eventapp.model import BadgeSheet, Event


def ask_for_sheet(
    event: Event, choice: Choice, *, count: int, form_id: str | None, at: datetime
) -> BadgeSheet:
    """Have the worker draw these badges. The same form sent again gets the same sheet."""
    wanted = choice.as_json()

    def add() -> BadgeSheet:
        row = BadgeSheet(event=event, choice=wanted, count=count, created_at=at)
        db.session.add(row)
        return row

    there = select(BadgeSheet).where(BadgeSheet.event_id == event.id)
    return add_once(form_id, (event.id, sorted(wanted.items())), there, add, at=at)


forget_old_sheets = deletion(BadgeSheet.id, lambda at: BadgeSheet.created_at < at - SHEET_KEPT)
