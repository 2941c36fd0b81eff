"""The copy that tests on SQLite begin with is what the migrations make."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from eventapp.core.db import db
from tests import migrated
from tests.application import new_app

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
REVISION = "SELECT version_num FROM alembic_version"


def contents(app):
    """The schema, and the revision; the other tables are empty. Migrations copy a table's
    constraints in no order.
    """
    with app.app_context():
        schema, revision = db.session.execute(text(SCHEMA)), db.session.scalar(text(REVISION))
        found = {tuple(row[:3]): sorted(re.split(r",?\s*\n\s*", row.sql or "")) for row in schema}
        db.session.remove()
        db.engine.dispose()
    return found, revision


@pytest.fixture
def new(tmp_path):
    return lambda name: new_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / name}")


def test_a_kept_database_is_a_migrated_one(new, tmp_path, monkeypatch):
    """Also where one is kept that other migrations have made: it is not copied, but deleted."""
    monkeypatch.setattr(migrated, "KEPT", tmp_path / "kept")
    first, copied, anew = new("first.db"), new("copied.db"), new("anew.db")
    migrated.migrate(first)
    [kept] = migrated.KEPT.iterdir()
    migrated.migrate(copied)
    kept.rename(of_others := kept.with_name("of-other-migrations.db"))
    of_others.write_bytes(b"")
    migrated.migrate(anew)
    assert [*migrated.KEPT.iterdir()] == [kept]
    assert contents(copied) == contents(first) == contents(anew)
    assert len(contents(first)[0]) > 100
    assert (tmp_path / "copied.db").stat().st_mode & 0o077 == 0
