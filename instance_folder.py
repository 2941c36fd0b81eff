"""The folder for what is made here and kept: the database, the secret, the counts of floods."""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "instance"


def made() -> Path:
    """The folder, made where it is missing. Nobody else may read it."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with suppress(PermissionError):  # where it is another user's, who lets us in
        FOLDER.chmod(0o700)
    return FOLDER


def secret(name: str) -> str:
    """The secret in this file, made by whichever process comes first; the others wait for it."""
    descriptor = os.open(made() / name, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        os.fchmod(descriptor, 0o600)
        kept = file.read()
        if not kept:
            kept = secrets.token_urlsafe(32)
            file.write(kept)
        return kept
