"""What is due costs next to nothing while nothing is due, and is done in short transactions."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from eventapp.badges.drawer import draw_sheets
from eventapp.conduct.actions import tell_of_reports
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.due import Due
from eventapp.core.portions import TRANSACTION_SECONDS, short_portions
from eventapp.core.statistics import fresh_statistics
from eventapp.follow.actions import tell_followers
from eventapp.greeting.actions import (
    plan_due_suggestions,
    tell_hosts_who_is_in,
    tell_of_another_host,
    tell_people_to_meet,
)
from eventapp.guests.long_lists import read_long_lists, write_long_lists
from eventapp.guests.request_mails import send_request_mails
from eventapp.guests.take_back import take_back_imports
from eventapp.guests.ticket_mails import send_asked_tickets
from eventapp.impressions.actions import ask_about_quotes, mail_recaps
from eventapp.introductions.actions import ask_by_mail, ask_to_pass_by_mail, ask_what_came_of_it
from eventapp.met.actions import ask_who_they_met, remind_of_follow_ups, tell_who_met_them
from eventapp.model import Event, Rsvp
from eventapp.rounds.actions import start_rounds_due
from eventapp.rsvp.actions import (
    ask_maybes_again,
    remind_hours_before,
    remind_the_day_before,
    tell_back_on,
    tell_change,
    tell_what_changed,
)
from eventapp.worker import EACH_MINUTE, EACH_ROUND, do_what_is_due
from tests.make import Make
from tests.met.evening import last_night, let_in
from tests.plans import asked, plan_of
from tests.rsvp.changing import change

MAILS = (*EACH_ROUND, *EACH_MINUTE)
INDEXES = {
    "mails of events called off": ("ix_event_", "ix_rsvp_not_"),
    start_rounds_due.name: ("ix_rounds_next_at",),
    read_long_lists.name: ("ix_guest_import_due_at",),
    write_long_lists.name: ("ix_guest_import_due_at",),
    tell_back_on.name: ("ix_event_back_on", "_rsvp_event_id_"),
    draw_sheets.name: ("ix_badge_sheet_waiting",),
    take_back_imports.name: ("ix_guest_import_due_at",),
    send_asked_tickets.name: ("ix_event_tickets_asked_at",),
    ask_maybes_again.name: ("ix_event_", "ix_rsvp_"),
    tell_what_changed.name: ("ix_event_change_told_at", "_rsvp_event_id_"),
    send_request_mails.name: ("ix_rsvp_asked_at",),
    tell_of_reports.name: ("ix_conduct_report_to_tell",),
    ask_about_quotes.name: ("ix_quote_to_ask",),
    mail_recaps.name: ("ix_recap_mail_asked_at",),
    remind_the_day_before.name: ("ix_event_", "_rsvp_event_id_"),
    remind_hours_before.name: ("ix_event_", "_rsvp_event_id_"),
    plan_due_suggestions.name: ("ix_event_",),
    tell_people_to_meet.name: ("ix_event_",),
    tell_of_another_host.name: ("ix_event_",),
    tell_hosts_who_is_in.name: ("ix_event_",),
    ask_who_they_met.name: ("ix_event_", "ix_rsvp_not_"),
    tell_who_met_them.name: ("ix_encounter_to_tell",),
    remind_of_follow_ups.name: ("ix_encounter_follow_up_on",),
    ask_by_mail.name: ("ix_introduction_to_mail",),
    ask_to_pass_by_mail.name: ("ix_passed_contact_to_mail",),
    ask_what_came_of_it.name: ("ix_introduction_to_follow_up",),
    tell_followers.name: ("_event_",),  # who follows is looked for only where something is new
}


@contextmanager
def write_lock_held(app: Flask) -> Iterator[None]:
    """Somebody else holds SQLite's one write lock."""
    with app.app_context():
        path = db.engine.url.database
    with closing(sqlite3.connect(path or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def sqlite(app: Flask) -> Flask:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL locks rows")
    return app


def an_evening_that_is_over(make: Make) -> None:
    """Everybody has been asked who came, told what was called off or moved, asked whether they
    come, and reminded; one stayed at home.
    """
    over = last_night(make)
    let_in(make, make.rsvp(over, "Ana"))
    make.rsvp(over, "Stayed at home")
    make.rsvp(make.event(called_off_at=clock.now()), "Bea")
    back_on = make.event(back_on_at=clock.now())
    make.rsvp(back_on, "Fay", called_off_mailed_at=clock.now())
    two_days_ago = clock.now() - timedelta(days=2)
    make.rsvp(make.event(), "Cleo", status="maybe", created_at=two_days_ago)
    known: dict[str, Any] = {"published_at": clock.now() - timedelta(days=30), "tz": zone_at_noon()}
    for hours in (1.5, 24):
        soon = make.event(starts_at=clock.now() + timedelta(hours=hours), **known)
        make.rsvp(soon, "Dan", created_at=two_days_ago)
    moved = make.event(starts_at=clock.now() + timedelta(days=9))
    make.rsvp(moved, "Eva")
    change(make, moved, place="Another bar")
    with make.act():
        there = db.session.get_one(Event, moved.id)
        tell_change(there, revision=None, at=clock.now())
    assert make.due(*MAILS) == 7


def zone_at_noon() -> str:
    """A zone where it is between twelve and one now: reminders of the day before are mailed."""
    return f"Etc/GMT{clock.now().hour - 12:+}"


def test_looking_for_what_is_due_waits_for_no_lock(
    sqlite: Flask, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    an_evening_that_is_over(make)
    with write_lock_held(sqlite):
        began = time.monotonic()
        assert make.due(*MAILS) == 0
        assert time.monotonic() - began < 5, "half of how long it would wait for the lock"
    assert not caplog.records


@pytest.mark.parametrize("statistics", [False, True])
def test_what_is_due_is_found_by_an_index(app: Flask, make: Make, *, statistics: bool) -> None:
    forget_deleted_rows(app)
    an_evening_that_is_over(make)
    for guest in {guest.event_id: guest for guest in make.rows(Rsvp)}.values():
        make.crowd(guest, 300, status="going")
    with app.app_context(), statistics_of(there=statistics):
        for due in MAILS:
            is_found_by(INDEXES[due.name], due)


def is_found_by(indexes: tuple[str, ...], due: Due) -> None:
    with asked() as statements:
        do_what_is_due([due])
        plans = [plan_of(*statement) for statement in statements]
    assert len(plans) == len(indexes), due.name
    assert all(index in plan for index, plan in zip(indexes, plans, strict=True)), due.name
    tables = "(event|rsvp|encounter)"
    assert not re.search(f"SCAN {tables}|Seq Scan on {tables}", "".join(plans)), due.name


def forget_deleted_rows(app: Flask) -> None:
    """PostgreSQL plans by how large its files are, which hold what earlier tests deleted, too."""
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            run("TRUNCATE community, person CASCADE")


# PostgreSQL gathers some by itself, of one table or another, whenever its autovacuum comes by: it
# has to stay away meanwhile, as its plans are those of no machine with half of them.
SET_AUTOVACUUM = """DO $$ DECLARE one regclass; BEGIN
    FOR one IN SELECT oid FROM pg_class
               WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    LOOP EXECUTE format('ALTER TABLE %s {}', one); END LOOP;
END $$"""
WITHOUT_STATISTICS = (
    SET_AUTOVACUUM.format("SET (autovacuum_enabled = off)"),
    "DELETE FROM pg_statistic",
    "UPDATE pg_class SET reltuples = -1, relpages = 0 "
    "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
)


@contextmanager
def statistics_of(*, there: bool) -> Iterator[None]:
    """Plan as a database does that counted its rows, or that never did."""
    if there:
        run("ANALYZE")
    elif db.engine.dialect.name == "postgresql":
        run(*WITHOUT_STATISTICS)
    yield
    if there and db.engine.dialect.name == "sqlite":
        forget_statistics()
    elif not there and db.engine.dialect.name == "postgresql":
        run(SET_AUTOVACUUM.format("RESET (autovacuum_enabled)"))


def forget_statistics() -> None:
    """Have SQLite plan for the next test as it does without."""
    run("DELETE FROM sqlite_stat1", "ANALYZE sqlite_schema")


def run(*statements: str) -> None:
    with transaction():
        for statement in statements:
            db.session.execute(text(statement))


def test_statistics_of_large_tables_are_kept_fresh(
    sqlite: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.core.statistics.SMALL", 2)
    for _ in range(3):
        make.rsvp(make.event(community := make.community()))
        make.event(community)
    make.due(fresh_statistics)
    with sqlite.app_context():
        tables = db.session.scalars(text("SELECT DISTINCT tbl FROM sqlite_stat1")).all()
        forget_statistics()
    assert {"event", "rsvp", "person"} <= set(tables)
    assert "organiser" not in tables


def test_portions_are_as_many_as_a_short_transaction_takes(
    app: Flask, at_a_try: Callable[..., None]
) -> None:
    def are_short() -> bool:
        sizes, longest = [], 0.0
        with app.app_context():
            for portion in short_portions(range(300)):
                began = time.monotonic()
                time.sleep(0.002 * len(portion))
                longest = max(longest, time.monotonic() - began)
                sizes.append(len(portion))
        assert sum(sizes) == 300
        assert max(sizes) <= TRANSACTION_SECONDS / 0.002, "2 ms each"
        return longest < 0.25

    at_a_try(are_short)
