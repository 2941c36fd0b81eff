"""The migrated schema is the models' schema, up and down, and loses no rows."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, create_engine, inspect, text

from eventapp.core.db import MIGRATIONS, db
from eventapp.core.outbox import OutboxMail
from tests.conftest import bare
from tests.first_schema import insert_rows
from tests.migrated import migrate
from tests.readiness import ready_later
from tests.schema_history import HEAD, MORE_MAILS, NEW_MAILS, History, go_up

RENAMED = {("outbox_mail", "tries"): "attempts"}
NOW_ROWS = {("outbox_mail", "once")}  # see the test of notices


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> History:
    """Made once for all tests: each way takes seconds."""
    folder = tmp_path_factory.mktemp("history")
    with bare(request.param, folder, request) as app, app.app_context():
        return go_up(request.param)


def test_migrated_schema_is_the_models_schema(served_app: Flask) -> None:
    with served_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_checks_of_the_models_are_in_the_database(served_app: Flask) -> None:
    with served_app.app_context():
        found = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            checks = (c for c in table.constraints if isinstance(c, CheckConstraint))
            there = {check["name"] for check in found.get_check_constraints(table.name)}
            assert {check.name for check in checks} <= there, table.name


def test_keys_to_other_tables_have_the_names_of_the_models(served_app: Flask) -> None:
    with served_app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite drops no key by its name")
        found = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            there = {key["name"] for key in found.get_foreign_keys(table.name)}
            assert {key.name for key in table.foreign_key_constraints} == there, table.name


def test_ids_that_are_given_once_stay_so(served_app: Flask) -> None:
    """Also once a later migration copies the table, which says so anew: see `0052`."""
    with served_app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL gives each id once")
        made = text("SELECT name FROM sqlite_master WHERE sql LIKE '% AUTOINCREMENT%'")
        tables = db.metadata.sorted_tables
        meant = [one.name for one in tables if one.kwargs.get("sqlite_autoincrement")]
        assert db.session.scalars(made).all() == meant == ["rsvp"]
        db.session.remove()


def test_ids_of_guests_who_were_merged_before_are_given_no_more(history: History) -> None:
    ids = [[row["id"] for row in history.rows[at]["rsvp"]] for at in ("0001", HEAD)]
    assert ids[0] == ids[1]
    assert history.last_id == (90 if history.kind == "sqlite" else None)


def test_down_to_nothing_and_up_again(history: History) -> None:
    before, nothing, again = history.tables
    assert nothing <= {"alembic_version"}
    assert before == again == {*db.metadata.tables, "alembic_version"}


def test_ready_only_on_todays_schema(bare_app: Flask) -> None:
    assert bare_app.test_client().get("/readyz").status_code == 503
    migrate(bare_app)
    assert ready_later(bare_app).status_code == 200


def test_rows_of_the_first_schema_are_kept_whole_and_read_by_the_models(history: History) -> None:
    assert history.missing == []
    before, after = dict(history.rows["0001"]), dict(history.rows[HEAD])
    assert {name: len(rows) for name, rows in history.read.items()} == {
        name: len(rows) for name, rows in after.items() if name != "alembic_version"
    }
    del before["alembic_version"]
    words = before.pop("name_word")  # a name is found by more now
    assert [row for row in words if row not in after["name_word"]] == []
    more = {mail["id"] for mail in MORE_MAILS}
    after["outbox_mail"] = [row for row in after["outbox_mail"] if row["id"] not in more]
    for table, rows in before.items():
        for old, new in zip(rows, after[table], strict=True):
            kept = {
                RENAMED.get((table, column), column): value
                for column, value in old.items()
                if (table, column) not in NOW_ROWS
            }
            assert {column: new[column] for column in kept} == kept, table


def test_new_columns_are_filled_in(history: History) -> None:
    rows = history.rows[HEAD]
    names = [row["name_key"] for row in rows["rsvp"]]
    assert names[:2] == ["nuria luk", "jose nunez"]
    assert names[6:8] == ["李雷", "obrien"]
    assert [row["caseless_ticket"] for row in rows["rsvp"]] == [
        row["ticket"].lower() for row in rows["rsvp"]
    ]
    assert [row["speaker_key"] for row in rows["talk"]] == ["nuria", ""]
    assert {"jose", "ose", "jse", "lei", "ei"} <= {row["key"] for row in rows["near_word"]}
    found_by = {(row["rsvp_id"], row["word"]) for row in rows["name_word"]}
    assert {(2, " josenunez"), (7, "雷"), (7, "lei"), (7, " lilei")} <= found_by
    assert [row["role"] for row in rows["door_link"]] == ["helper", "helper"]
    assert rows["door_pass"][0]["last_seen_at"] == rows["door_pass"][0]["opened_at"]
    assert rows["session"][0]["last_seen_at"] == rows["session"][0]["created_at"]
    assert [row["id"] for row in rows["rsvp"] if row["called_off_mailed_at"]] == [9]


def test_mails_keep_their_state_and_know_whom_they_are_about(history: History) -> None:
    mails: Sequence[OutboxMail] = sorted(history.read["outbox_mail"], key=lambda mail: mail.id)
    states = ["sent", "waiting", "given_up", "waiting", "waiting", "waiting"]
    assert [mail.state for mail in mails[:6]] == states
    assert [mail.about_id for mail in mails[:6]] == [1, 1, 1, None, 9, None]
    assert len({mail.message_id for mail in mails}) == len(mails) == 13
    tries = [row["tries"] for row in history.rows["0003"]["outbox_mail"]]
    assert tries == [1, 2, 8, 0, 0, 0, 0]


def test_what_was_told_once_is_told_to_nobody_again(history: History) -> None:
    rows = history.rows[HEAD]
    told = {one["id"]: (one["kind"], one["person_id"], one["rsvp_id"]) for one in rows["notice"]}
    mails = [told.get(mail["notice_id"]) for mail in rows["outbox_mail"]]
    assert mails[:7] == [
        *[("ticket", 1, 1), None, None, None, ("called_off", 1, 9)],
        *[("did_you_meet", 1, 2), None],
    ]
    assert len(told) == 3
    assert rows["outbox_mail"][6]["values"] == {"by": "Bea", "community_id": 1}
    again = [mail["once"] for mail in history.rows["0010"]["outbox_mail"]]
    assert again == [
        *["ticket:1:1", None, None, None, "rsvp/mail/called_off:9"],
        *["met:2:1", None],
    ]


def test_mails_that_older_code_does_not_know_go(history: History) -> None:
    for left, (template, before) in zip((12, 11, 10, 9, 8, 7), NEW_MAILS.items(), strict=True):
        ids = [mail["id"] for mail in history.rows[before]["outbox_mail"]]
        assert ids == [*range(1, left + 1)], template


def test_migrations_need_nothing_of_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    """They outlive it: what they import of it may be renamed, or mean something else, tomorrow."""
    for name in [*sys.modules]:
        if name.partition(".")[0] in ("eventapp", "config", "instance_folder"):
            monkeypatch.setitem(sys.modules, name, None)
    steps = reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))
    with (
        Flask("bare").app_context(),
        create_engine("sqlite://").connect() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        for step in steps:
            step.module.upgrade()
            if step.is_base:
                insert_rows(connection)
