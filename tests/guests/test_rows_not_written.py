"""A row that the database refuses is skipped and named, and holds up no other row and no list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests import handed_in
from eventapp.guests.long_lists import ROUNDS_MOST
from eventapp.guests.row_by_row import MOST_NOT_WRITTEN
from eventapp.guests.take_back import ask_back
from eventapp.model import AuditEntry, Community, Event, GuestImport, Rsvp
from eventapp.worker import EACH_ROUND, do_what_is_due
from tests.guests.bringing import a_list_handed_in, bring, import_words
from tests.make import Make

pytestmark = pytest.mark.both_databases
Refuse = Callable[[str, str], None]


@pytest.fixture
def refuse(app: Flask) -> Iterator[Refuse]:
    """Have the database refuse rows of a table that meet a condition, as a constraint would."""
    with ExitStack() as stack:
        yield lambda table, which: stack.enter_context(refusing(app, table, which))


@contextmanager
def refusing(app: Flask, table: str, which: str, verb: str = "INSERT") -> Iterator[None]:
    name = f"refuse_{table}"
    with app.app_context(), db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            refuse = "BEGIN SELECT RAISE(ABORT, 'refused'); END"
            trigger = f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {which} {refuse}"
        else:
            body = "BEGIN RAISE 'refused'; END"
            function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            connection.execute(text(function))
            each = f"FOR EACH ROW WHEN ({which}) EXECUTE FUNCTION {name}()"
            trigger = f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {each}"
        connection.execute(text(trigger))
    yield
    with app.app_context(), db.engine.begin() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        connection.execute(text(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}")))
        if not is_sqlite:
            connection.execute(text(f"DROP FUNCTION {name}"))


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return make.event(community, capacity=100)


@pytest.fixture
def olga(make: Make, browser: Any, community: Community) -> Any:
    return make.signed_in(browser(), make.organiser(community))


def people(*names: str) -> str:
    return "Name,Email\n" + "".join(f"{name},{name.lower()}@example.org\n" for name in names)


def for_the_worker(make: Make, event: Event, words: str) -> GuestImport:
    """A list that the worker is to write."""
    kept = a_list_handed_in(make, event, words.encode())
    with make.act():
        row = db.session.get_one(GuestImport, kept.id)
        handed_in.confirm(row, at=clock.now() - timedelta(minutes=5))
    return kept


def worked(app: Flask, rounds: int = 3) -> None:
    """The worker's own rounds."""
    with app.app_context():
        for _ in range(rounds):
            do_what_is_due(EACH_ROUND)


def page_of(olga: Any, event: Event, kept: GuestImport) -> Any:
    return olga.open(f"/o/e/{event.slug}/guests/import/{kept.id}")


def names(make: Make, event: Event) -> set[str]:
    return {one.name for one in make.rows(Rsvp, event_id=event.id)}


def test_the_worker_writes_all_but_it_and_the_next_list(
    app: Flask, make: Make, event: Event, olga: Any, refuse: Refuse
) -> None:
    refuse("rsvp", "NEW.name = 'Poison'")
    many = [f"Guest{number}" for number in range(40)]
    kept = for_the_worker(make, event, people(*many[:29], "Poison", *many[29:]))
    for_the_worker(make, event, people("Zoe"))
    worked(app)
    assert names(make, event) == {*many, "Zoe"}
    row = make.row(GuestImport, id=kept.id)
    assert (row.added, row.skipped, row.done, row.finished_at is not None) == (40, 1, 41, True)
    assert make.row(Event, id=event.id).seats_taken == 41
    page = page_of(olga, event, kept)
    assert page.sees("The list is in")
    named = page.one("[data-reason=not_written]")
    assert named["data-row"] == "31"
    assert "Poison" in named.get_text()
    assert page.one("[data-count=skipped] strong").get_text() == "1"


def test_so_does_who_imports_a_short_one(
    make: Make, event: Event, olga: Any, refuse: Refuse
) -> None:
    refuse("rsvp", "NEW.name = 'Poison'")
    kept = a_list_handed_in(make, event, people("Ana", "Poison", "Bea").encode())
    page = page_of(olga, event, kept)
    page.press(import_words(page))
    assert page.sees("The list is in")
    assert page.one("[data-reason=not_written]")["data-row"] == "3"
    assert names(make, event) == {"Ana", "Bea"}


def test_what_else_the_row_wrote_is_undone(
    app: Flask, make: Make, event: Event, refuse: Refuse
) -> None:
    refuse("ticket_code", "NEW.code = 'poison'")
    rows = "Ana,ana@example.org,AAA,2\nBea,bea@example.org,poison,3\nCleo,cleo@example.org,CCC,1\n"
    report = bring(app, event, f"Name,Email,Barcode,Companions\n{rows}".encode())
    assert (report["added"], report["skipped"]) == (2, [(3, "not_written")])
    assert names(make, event) == {"Ana", "Cleo"}
    assert make.row(Event, id=event.id).seats_taken == 5


def test_a_list_of_which_nothing_can_be_written_ends_with_words_and_lets_the_next_go_on(
    app: Flask, make: Make, event: Event, olga: Any
) -> None:
    with refusing(app, "audit_entry", "NEW.verb = 'guests_imported'"):
        kept = for_the_worker(make, event, people("Ana", "Bea"))
        worked(app, rounds=ROUNDS_MOST + 1)
    for_the_worker(make, event, people("Zoe"))
    worked(app)
    assert names(make, event) == {"Zoe"}
    page = page_of(olga, event, kept)
    assert page.one("[data-cut-short]").get_text().strip().startswith("Only 0 of 2 guests")
    assert len(make.rows(GuestImport, data=None, due_at=None)) == 2
    assert [entry.count for entry in make.rows(AuditEntry)] == [1]


def test_a_list_that_cannot_be_taken_back_holds_up_no_other(
    app: Flask, make: Make, event: Event
) -> None:
    kept = [for_the_worker(make, event, people(name)) for name in ("Poison", "Bea")]
    worked(app)
    with make.act():
        for one in kept:
            row = db.session.get_one(GuestImport, one.id)
            ask_back(row, at=clock.now())
            row.due_at = clock.now() - timedelta(minutes=1)
    with refusing(app, "rsvp", "OLD.name = 'Poison'", "DELETE"):
        worked(app, rounds=5)
        assert names(make, event) == {"Poison"}
    worked(app)
    assert not names(make, event)


@pytest.mark.one_database
def test_where_no_row_can_be_written_not_every_one_is_tried(
    app: Flask, make: Make, event: Event, refuse: Refuse
) -> None:
    refuse("rsvp", "NEW.source = 'import'")
    kept = for_the_worker(make, event, people(*(f"Guest{n}" for n in range(MOST_NOT_WRITTEN + 9))))
    worked(app, rounds=ROUNDS_MOST + 1)
    row = make.row(GuestImport, id=kept.id)
    assert row.is_cut_short
    assert row.skipped < MOST_NOT_WRITTEN
