"""Tests' databases, migrated. On SQLite, a copy of one that is kept from run to run: migrating
takes half a second, and more with each migration. What those do is for tests/test_migrations.py.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import flask_migrate
from flask import Flask

from eventapp.core.db import MIGRATIONS, db

KEPT = Path(__file__).parent.parent / ".pytest_cache" / "migrated"


def migrate(app: Flask) -> None:
    """Bring the new, empty database of this application up to date."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            flask_migrate.upgrade()
            return
        db.engine.connect().close()  # makes the file, for its owner alone
        file, kept = Path(db.engine.url.database or ""), KEPT / f"{_digest()}.db"
        if kept.exists():
            copy_database(kept, file)
        else:
            flask_migrate.upgrade()
            _keep(file, kept)


def _digest() -> str:
    """Of the migrations: with others, another database is kept."""
    files = sorted(MIGRATIONS.rglob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _keep(file: Path, kept: Path) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.db"):
        old.unlink(missing_ok=True)
    whole = kept.with_suffix(f".{os.getpid()}")  # several processes may begin at the same moment
    copy_database(file, whole)
    whole.replace(kept)


def copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)
