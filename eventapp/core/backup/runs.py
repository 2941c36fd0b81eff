"""The results of nightly copies, for organisers and Prometheus."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime, db

KEPT = timedelta(days=90)


class BackupRun(Base):
    """One nightly copy, made and verified, or failed."""

    __tablename__ = "backup_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    file_bytes: Mapped[int | None] = mapped_column(BigInteger)  # of the verified copy
    error: Mapped[str | None]  # one line, for the log and the page of organisers


class LastBackups(NamedTuple):
    good: BackupRun | None
    failed: BackupRun | None  # None if a good one came after it


def last_backups() -> LastBackups:
    newest = select(BackupRun).order_by(BackupRun.id.desc()).limit(1)
    last = db.session.scalar(newest)
    if last is None or last.error is None:
        return LastBackups(last, None)
    return LastBackups(db.session.scalar(newest.where(BackupRun.error.is_(None))), last)


def note_run(at: datetime, *, file_bytes: int | None = None, error: str | None = None) -> None:
    """Record a result; results older than KEPT are deleted."""
    db.session.execute(delete(BackupRun).where(BackupRun.at < at - KEPT))
    db.session.add(BackupRun(at=at, file_bytes=file_bytes, error=error))
