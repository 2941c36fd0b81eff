"""The migrated schema is the models' schema, up and down, and loses no rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, select, text

from eventapp import create_app
from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail
from tests.conftest import SETTINGS
from tests.postgres import Postgres

NOW = "'2026-11-24 19:00:00'"
ROWS_OF_0002 = (
    f"""INSERT INTO community (id, slug, name, about, language, tz, data_controller,
    contact_email, keep_months, created_at)
    VALUES (1, 'c', 'C', '', 'es', 'Europe/Madrid', 'C', 'c@example.org', 12, {NOW})""",
    f"""INSERT INTO event (id, community_id, slug, title, description, place, starts_at, ends_at,
    tz, created_at, revision, door_opens_hours_before, door_closes_hours_after,
    met_closes_days_after, companions_max, seats_taken, seats_over, admitted, door_revision)
    VALUES (1, 1, 'e', 'E', '', '', {NOW}, '2026-11-24 22:00:00', 'Europe/Madrid', {NOW}, 0, 4,
    12, 60, 5, 1, 0, 0, 0)""",
    f"""INSERT INTO rsvp (id, event_id, name, status, companions, ask_me_about, want_to_learn,
    language, key, ticket, badge, short_code, source, answers, created_at)
    VALUES (1, 1, 'José Núñez', 'going', 0, '', '', 'es', 'k', 't', 'b', 's', 'form', '{{}}',
    {NOW})""",
    "INSERT INTO talk (id, event_id, position, title, speaker) VALUES (1, 1, 0, 'T', 'Núria')",
    f"""INSERT INTO door_link (id, event_id, secret, name, created_at)
    VALUES (1, 1, 's', 'M', {NOW})""",
    f"""INSERT INTO door_pass (id, door_link_id, phone_digest, opened_at)
    VALUES (1, 1, 'd', {NOW})""",
)
MAILS_OF_0003 = (
    ("sent", 1, "ticket:1:1", NOW),
    ("waiting", 2, None, "NULL"),
    ("given_up", 8, "rsvp/mail/promoted:1:2026", "NULL"),
)


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


def test_names_that_are_there_are_folded(bare_app: Flask) -> None:
    with bare_app.app_context():
        flask_migrate.upgrade(revision="0002")
        with db.engine.begin() as connection:
            for statement in ROWS_OF_0002:
                connection.execute(text(statement))
    upgrade(bare_app)
    with bare_app.app_context(), db.engine.connect() as connection:
        assert connection.scalar(text("SELECT name_key FROM rsvp")) == "jose nunez"
        assert connection.scalar(text("SELECT speaker_key FROM talk")) == "nuria"
        assert connection.scalar(text("SELECT last_seen_at FROM door_pass")) is not None


def test_mails_that_are_there_keep_their_state_and_know_whom_they_are_about(
    bare_app: Flask,
) -> None:
    with bare_app.app_context():
        flask_migrate.upgrade(revision="0002")
        with db.engine.begin() as connection:
            for statement in ROWS_OF_0002:
                connection.execute(text(statement))
        flask_migrate.upgrade(revision="0003")
        with db.engine.begin() as connection:
            for template, tries, once, sent_at in MAILS_OF_0003:
                connection.execute(
                    text(
                        f"""INSERT INTO outbox_mail (template, to_email, to_key, language, "values",
                        once, asked_for, created_at, send_after, sent_at, tries, last_error)
                        VALUES (:template, 'a@b.org', 'a@b.org', 'es', :said, :once, false,
                        {NOW}, {NOW}, {sent_at}, {tries}, '')"""
                    ),
                    {"template": template, "once": once, "said": '{"url": "http://h/r/k"}'},
                )
    upgrade(bare_app)
    with bare_app.app_context():
        mails = db.session.scalars(select(OutboxMail)).all()
        assert all(mail.state == mail.template for mail in mails)
        assert [mail.about_id for mail in mails] == [1, 1, 1]
        assert len({mail.message_id for mail in mails}) == 3
        db.session.remove()
        flask_migrate.downgrade(revision="0003")
        with db.engine.connect() as connection:
            tries = connection.execute(text("SELECT tries FROM outbox_mail ORDER BY id"))
            assert tries.scalars().all() == [1, 2, 8]
