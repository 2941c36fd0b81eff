"""A fresh database of each kind, and the application on it, within this process."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from config import from_environment
from eventapp import create_app
from eventapp.core.db import db
from tests.migrated import migrate
from tests.postgres import Postgres


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql() -> Iterator[str]:
    with Postgres(durable=True) as server, server.database() as url:
        yield url


@contextmanager
def application(url: str) -> Iterator[Flask]:
    app = create_app(from_environment({**os.environ, "DATABASE_URL": url, "SECRET_KEY": "bench"}))
    migrate(app)
    yield app
    with app.app_context():
        db.engine.dispose()
