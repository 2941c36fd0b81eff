"""The migrated schema is the models' schema, up and down, and loses no rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, inspect

from eventapp import create_app
from eventapp.core.db import db
from tests.conftest import SETTINGS
from tests.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, without tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        cluster: Postgres = request.getfixturevalue("postgres")
        cluster.create_database("eventapp_bare")
        url = cluster.url("eventapp_bare")
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
    yield app
    with app.app_context():
        db.engine.dispose()
    if request.param == "postgresql":
        cluster.drop_database("eventapp_bare")


def upgrade(app: Flask) -> None:
    with app.app_context():
        flask_migrate.upgrade()


def test_migrated_schema_is_the_models_schema(bare_app: Flask) -> None:
    upgrade(bare_app)
    with bare_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_checks_of_the_models_are_in_the_database(bare_app: Flask) -> None:
    upgrade(bare_app)
    with bare_app.app_context():
        found = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            checks = (c for c in table.constraints if isinstance(c, CheckConstraint))
            there = {check["name"] for check in found.get_check_constraints(table.name)}
            assert {check.name for check in checks} <= there, table.name


def test_down_to_nothing_and_up_again(bare_app: Flask) -> None:
    upgrade(bare_app)
    with bare_app.app_context():
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade(bare_app)


def test_ready_only_on_todays_schema(bare_app: Flask) -> None:
    assert bare_app.test_client().get("/readyz").status_code == 503
    upgrade(bare_app)
    assert bare_app.test_client().get("/readyz").status_code == 200
