"""Forms that add something add it once, however often they are sent: by a second tap, or after the
network lost the answer.

Most forms need none of this: they have a mail or a code that knows the form (`key_of_form`), or ask
for what is so already.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, update
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime, db, execute
from eventapp.core.due import deletion
from eventapp.core.insert import insert_once
from eventapp.core.links import digest

Row = TypeVar("Row", bound=Base)

KEPT = timedelta(days=32)  # longer than a phone sends what it kept (met/static/sw.js)


class SentForm(Base):
    """That a form was sent, and the row that it added."""

    __tablename__ = "sent_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    row_id: Mapped[int | None]  # None until the row is added, in the same transaction
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def key_of_form(form_id: str, typed: object) -> str:
    """What tells a form that is sent twice, for which it is the same, from one that somebody went
    back to and corrected.
    """
    return digest(repr((form_id, typed)))


def is_sent_first(form_id: str, typed: object, *, at: datetime) -> bool:
    """Note that a form is sent. Returns False if it was sent before, filled in the same way."""
    return insert_once(SentForm, {"key": key_of_form(form_id, typed), "row_id": None, "at": at})


def add_once(
    form_id: str | None,
    typed: object,
    there: Select[Row],
    add: Callable[[], Row],
    *,
    at: datetime,
) -> Row:
    """The row that a form adds. Sent again, it gets the row of the first time, if that is still
    `there`, and a new one otherwise. Two at the same moment are answered one after the other.
    """
    if form_id is None:
        return add()
    known = (_kind(there).__name__, typed)
    is_first = is_sent_first(form_id, known, at=at)
    if not is_first and (same := added(form_id, typed, there)):
        return same
    row = add()
    db.session.flush()
    is_of_form = SentForm.key == key_of_form(form_id, known)
    execute(update(SentForm).where(is_of_form).values(row_id=row.id, at=at))  # type: ignore[attr-defined]
    return row


def added(form_id: str, typed: object, there: Select[Row]) -> Row | None:
    """The row that a form added, filled in this way, if it is still `there`."""
    kind = _kind(there)
    key = key_of_form(form_id, (kind.__name__, typed))
    return db.session.scalar(there.where(*_is_row_of(key, kind)))


def _kind(there: Select[Row]) -> Any:
    return there.column_descriptions[0]["entity"]


def _is_row_of(key: str, kind: Any) -> tuple[ColumnElement[bool], ...]:
    """Not a later row that was given the id of one that is deleted, as SQLite does."""
    return SentForm.key == key, kind.id == SentForm.row_id, kind.created_at <= SentForm.at


forget_old_forms = deletion(SentForm.id, lambda at: SentForm.at < at - KEPT)
