"""A nightly copy, made by the worker if BACKUP_DIR names a folder."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from eventapp.core.backup.commands import make_copy
from eventapp.core.backup.errors import BackupError
from eventapp.core.backup.files import PART
from eventapp.core.backup.runs import last_backups, note_run
from eventapp.core.db import db, reading, transaction

NIGHT_HOUR_UTC = 4
OURS = re.compile(r"eventapp-\d{8}T\d{6}Z\.(sqlite|pgdump)")
UNFINISHED = re.compile(rf"\.{OURS.pattern}\.\w+{re.escape(PART)}")  # of a worker that died


def is_due(last_good_at: datetime | None, at: datetime) -> bool:
    """Whether the last good copy was made before last night's hour."""
    night = at.replace(hour=NIGHT_HOUR_UTC, minute=0, second=0, microsecond=0)
    if night > at:
        night -= timedelta(days=1)
    return last_good_at is None or last_good_at < night


def back_up_if_due(at: datetime) -> None:
    """Make the night's copy, verify it, and delete all but the newest BACKUP_KEEP. Failures are
    logged and shown to organisers; the worker tries again. Not within a transaction.
    """
    folder = current_app.config.get("BACKUP_DIR")
    if not folder:
        return
    with reading():
        last = last_backups().good
        last_at = last.at if last else None
    if not is_due(last_at, at):
        return
    try:
        with _alone(Path(folder)) as is_alone:
            if is_alone:
                _back_up(Path(folder), at)
    except BackupError as error:
        current_app.logger.error("the nightly backup failed: %s", error.message)
        with transaction():
            note_run(at, error=error.message[:500])


def _back_up(folder: Path, at: datetime) -> None:
    kind = "sqlite" if db.engine.dialect.name == "sqlite" else "pgdump"
    target = folder / f"eventapp-{at:%Y%m%dT%H%M%SZ}.{kind}"
    found = make_copy(target)
    current_app.logger.info("backup: %s (%s)", target.name, found)
    with transaction():
        note_run(at, file_bytes=target.stat().st_size)
    _delete_old(folder, keep=current_app.config["BACKUP_KEEP"])


def _delete_old(folder: Path, *, keep: int) -> None:
    """Files with other names stay."""
    files = sorted(folder.iterdir())
    ours = [path for path in files if OURS.fullmatch(path.name)]
    unfinished = [path for path in files if UNFINISHED.fullmatch(path.name)]
    for path in (*ours[:-keep], *unfinished):
        path.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other worker makes a copy there now."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BackupError(f"{folder}: {error.strerror}") from error
    try:
        yield _is_locked(descriptor)
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
