"""Files that are either complete or absent."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventapp.core.backup.errors import BackupError

PART = ".part"


@contextmanager
def written_beside(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """A private temporary file beside the target. If the block ends well, it is synced to disk and
    renamed to the target; otherwise it is deleted, and the target stays as it was.
    """
    _refuse_what_is_there(target, overwrite=overwrite)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART}")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield temporary
            _bring_to_disk(temporary)
            temporary.replace(target)
            _bring_to_disk(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        named = str(error.filename or target)
        raise BackupError(f"{target if PART in named else named}: {error.strerror}") from error


def _refuse_what_is_there(target: Path, *, overwrite: bool) -> None:
    if target.is_dir():
        raise BackupError(f"{target} is a folder")
    if target.exists() and not target.is_file():
        raise BackupError(f"{target} is no plain file")
    if target.exists() and target.stat().st_size and not overwrite:
        raise BackupError(f"{target} is there already: choose another name, or add --force")


def _bring_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
