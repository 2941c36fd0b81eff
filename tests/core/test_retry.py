"""A deadlock, or a connection that died, undoes a view: it is run once more, and nobody notices."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg.abc import Query
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from eventapp.communities.actions import record
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.retry import TRIES, retrying
from eventapp.events.queries import event_at
from eventapp.guests.import_report import ImportReport
from eventapp.guests.importer import import_guests
from eventapp.guests.reading.guest_file import read
from eventapp.model import AuditEntry, AuditVerb, Encounter, Event, Person, Rsvp
from tests.guests.bringing import a_list_handed_in
from tests.make import Make
from tests.met.evening import last_night, looking_back, post

pytestmark = pytest.mark.both_databases

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    """PostgreSQL's address. SQLite has one writer, and no server that goes away."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer, and no server that goes away")
    engine.dispose()
    event.listen(engine, "connect", be_undone)
    yield engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    event.remove(engine, "connect", be_undone)
    engine.dispose()


def be_undone(connection: Any, _record: object) -> None:
    """PostgreSQL undoes whoever looks for a deadlock and finds one: here, each of ours."""
    connection.execute("SET deadlock_timeout = '2s'")
    connection.commit()


def cross(url: str, hold: Query, work: Callable[[], Any], want: Query) -> Any:
    """What the work returns that waits for what somebody else holds, who then wants what the work
    holds: a deadlock.
    """
    with psycopg.connect(url) as other, ThreadPoolExecutor(1) as thread:
        other.execute("SET deadlock_timeout = '60s'")
        other.execute(hold)
        working = thread.submit(work)
        with psycopg.connect(url, autocommit=True) as watching:
            while watching.execute(WAITING).fetchone() == (0,):
                assert not working.done(), working.result()
                time.sleep(0.01)
        other.execute(want)
        other.rollback()
        return working.result()


def test_who_is_undone_by_a_deadlock_is_answered_all_the_same(
    url: str, make: Make, browser: Any
) -> None:
    beers = last_night(make)
    ana, bea = (make.rsvp(beers, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    page = looking_back(make, browser, ana)
    status = cross(
        url,
        f"UPDATE rsvp SET name = name WHERE id = {bea.id}",
        lambda: post(page, f"/e/{beers.slug}/met/{bea.id}"),
        f"UPDATE rsvp SET name = name WHERE id = {ana.id}",
    )
    assert status == 303
    (noted,) = make.rows(Encounter)
    assert noted.tell_at, "Bea hears of it in the day's mail"


def test_a_list_is_written_again(url: str, app: Flask, make: Make, browser: Any) -> None:
    community = make.community()
    beers, organiser = make.event(community), make.organiser(community)
    page = make.signed_in(browser(), organiser).open(f"/o/e/{beers.slug}/guests/import")
    token = page.page.find(attrs={"name": "csrf_token"})["value"]
    sheet = b"name,email\nAna Ruiz,ana@example.org\nBea Gil,bea@example.org\n"
    kept = a_list_handed_in(make, beers, sheet)
    path, form = f"/o/e/{beers.slug}/guests/import/{kept.id}", {"csrf_token": token}
    answer = cross(
        url,
        "INSERT INTO person (email, email_key, name, language, created_at) "
        "VALUES ('ana@example.org', 'ana@example.org', 'Ana', 'en', now())",
        lambda: page.client.post(path, data={**form, "then": "import"}),
        f"SELECT id FROM event WHERE id = {beers.id} FOR UPDATE",
    )
    assert answer.status_code == 303, answer.text
    assert {rsvp.name for rsvp in make.rows(Rsvp)} == {"Ana Ruiz", "Bea Gil"}


def disconnect_all(url: str) -> None:
    others = "pid <> pg_backend_pid() AND backend_type = 'client backend'"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


def test_a_server_that_was_restarted_costs_nobody_an_error(
    url: str, make: Make, browser: Any
) -> None:
    beers = make.event()
    page = browser().open(f"/e/{beers.slug}")
    disconnect_all(url)
    assert page.press("I'm coming", name="Ana Ruiz", email="ana@example.org").status == 200
    disconnect_all(url)
    assert page.open(f"/e/{beers.slug}").status == 200
    assert len(make.rows(Rsvp)) == 1


def test_a_connection_that_dies_under_a_view_that_is_done_is_no_error(url: str, app: Flask) -> None:
    with app.test_request_context("/"):
        db.session.execute(text("SELECT 1"))
        disconnect_all(url)
    with app.test_request_context("/"):
        assert db.session.scalar(text("SELECT 2")) == 2


DEADLOCK = text("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40P01'; END $$")


def test_what_has_committed_is_not_run_again(url: str, app: Flask, make: Make) -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        with transaction():
            db.session.add(Person(**person(len(tries))))
        db.session.execute(DEADLOCK)

    with app.app_context(), pytest.raises(DBAPIError):
        retrying(work)
    assert len(tries) == len(make.rows(Person)) == 1


def test_it_is_not_tried_for_ever(url: str, app: Flask, make: Make) -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        with transaction():
            db.session.add(Person(**person(len(tries))))
            db.session.execute(DEADLOCK)

    with app.app_context(), pytest.raises(DBAPIError):
        retrying(work)
    assert (len(tries), make.rows(Person)) == (TRIES, [])


def person(number: int) -> dict[str, Any]:
    email = f"guest{number}@example.org"
    return {"email": email, "email_key": email, "name": "Guest", "created_at": clock.now()}


def test_a_portion_of_an_import_that_a_deadlock_undid_comes_in_all_the_same(
    url: str, app: Flask, make: Make
) -> None:
    beers = make.event()
    guests = [f"Guest {number},g{number}@example.org" for number in range(60)]
    bring_list(app, beers, guests)
    late = make.row(Rsvp, name="Guest 50")
    report = cross(
        url,
        f"UPDATE rsvp SET name = name WHERE id = {late.id}",
        lambda: bring_list(app, beers, [f"New {guest}" for guest in guests]),
        f"UPDATE event SET title = title WHERE id = {beers.id}",
    )
    assert (report.updated, report.added, report.skipped) == (60, 0, [])
    assert {rsvp.name[:4] for rsvp in make.rows(Rsvp)} == {"New "}
    assert [entry.count for entry in make.rows(AuditEntry)] == [60, 60]


def bring_list(app: Flask, event: Event, guests: list[str]) -> ImportReport:
    data, at = "\n".join(["name,email", *guests]).encode(), clock.now()
    with app.app_context():
        there = event_at(event.slug)
        noted = partial(record, AuditVerb.GUESTS_IMPORTED, there, by=None, at=at)
        return import_guests(there, read(data), at=at, record=noted)
