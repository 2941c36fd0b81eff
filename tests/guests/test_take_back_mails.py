"""Who would move up when an import is taken back is said at once, and is who does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event as sql
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.queries import event_at
from eventapp.guests.importer import import_guests
from eventapp.guests.reading.guest_file import read
from eventapp.guests.take_back import ask_back, take_back_at_once, take_back_some
from eventapp.guests.take_back_mails import mails_of_take_back
from eventapp.model import Community, Event, GuestImport, ImportedGuest, OutboxMail, Rsvp, Status
from tests.guests.bringing import noted
from tests.guests.taking_back import bring
from tests.make import Make
from tests.properties import HealthCheck, Phase, given, settings, st

GUESTS = 5
STATUSES = ("going", "declined", "waitlisted", "")
ROW = st.tuples(
    st.sampled_from(STATUSES), st.integers(0, 2), st.booleans(), st.sampled_from(["", "A", "B"])
)
LIST = st.lists(ROW, min_size=GUESTS, max_size=GUESTS)
HEADER = "Name,Email,Status,Companions,Checked in"


def rows_of(guests: list[Any]) -> bytes:
    """A row for each; who has no status is not in this list."""
    rows = [
        f"Guest {number}{name},g{number}@example.org,{status},{companions},{'yes' * came}"
        for number, (status, companions, came, name) in enumerate(guests)
        if status
    ]
    return "\n".join([HEADER, *rows]).encode()


def bring_quietly(app: Flask, event: Event, data: bytes) -> None:
    with app.app_context():
        import_guests(event_at(event.slug), read(data), at=clock.now(), record=noted(event))


def last_import() -> GuestImport | None:
    return db.session.scalar(select(GuestImport).order_by(GuestImport.id.desc()))


@settings(
    max_examples=15,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(LIST, LIST, st.integers(1, 9), st.lists(st.integers(0, 2), max_size=4), st.booleans())
def test_who_is_said_to_move_up_is_who_does(
    app: Flask, make: Make, first: Any, second: Any, capacity: int, waiting: Any, is_shut: bool
) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=1), capacity=capacity)
    bring_quietly(app, event, rows_of(first))
    bring_quietly(app, event, rows_of(second))
    for number, companions in enumerate(waiting):
        make.rsvp(event, f"Waits {number}", companions=companions, status="waitlisted")
    with make.act():
        db.session.get_one(Event, event.id).capacity = capacity + (0 if is_shut else 1)
    with app.app_context():
        before = set(db.session.scalars(select(OutboxMail.message_id)))
        if (kept := last_import()) is None:
            return
        kept_id, said = kept.id, mails_of_take_back(kept, at=clock.now())
        expected = sorted((one.about_id, one.to_email, one.values["name"]) for one in said)
    with make.act():
        ask_back(db.session.get_one(GuestImport, kept_id), at=clock.now())
    with app.app_context():
        take_back_at_once(db.session.get_one(GuestImport, kept_id), at=clock.now())
    sent = [one for one in make.rows(OutboxMail) if one.message_id not in before]
    told = sorted((one.about_id, one.to_email, one.values["name"]) for one in sent)
    assert told == expected


# What it costs


def changed_list(make: Make, size: int) -> tuple[Event, list[int]]:
    """An import that changed the seats of so many guests, of whom it takes back: their ids."""
    event = make.event(starts_at=clock.now() + timedelta(days=1))
    parties = [[("going", 1, False, "")] * size, [("going", 0, False, "")] * size]
    for guests in parties:
        bring_quietly(make.app, event, rows_of(guests))
    return event, [one.id for one in make.rows(Rsvp, event_id=event.id)]


def count_statements(work: Callable[[], object]) -> int:
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    sql.listen(db.engine, "before_cursor_execute", note)
    work()
    sql.remove(db.engine, "before_cursor_execute", note)
    return len(statements)


@pytest.mark.both_databases
def test_saying_and_doing_it_takes_as_many_statements_for_many_as_for_few(
    app: Flask, make: Make
) -> None:
    said, done = [], []
    for size in (10, 100):
        event, rsvp_ids = changed_list(make, size)
        make.rsvp(event, "Waits", status="waitlisted")
        with make.act():
            there = db.session.get_one(Event, event.id)
            there.capacity = there.seats_taken + size
        with app.app_context():
            kept = last_import()
            assert kept is not None
            kept_id = kept.id
            said.append(count_statements(partial(mails_of_take_back, kept, at=clock.now())))
        with make.act():
            doing = partial(take_back_some, kept_id, rsvp_ids, at=clock.now())
            done.append(count_statements(doing))
        assert {one.companions for one in make.rows(Rsvp, event_id=event.id)} == {0, 1}
        assert not make.rows(ImportedGuest, import_id=kept_id)
    assert said[1] <= said[0] + 2 <= 15
    assert done[1] <= done[0] + 2 <= 30


# The yes


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def olga(make: Make, browser: Any, htmx: bool, community: Community) -> Any:
    return make.signed_in(browser(htmx=htmx), make.organiser(community))


def test_if_others_would_move_up_by_then_it_is_asked_again(
    make: Make, community: Community, olga: Any
) -> None:
    event = make.event(community, capacity=1)
    page = bring(make, olga, event, "Name,Status\nAna,going\n")
    first = make.rsvp(event, "Waits", status="waitlisted")
    make.rsvp(event, "Next", status="waitlisted")
    page.open(page.url).press("Yes, take back")
    assert "Waits gets an email." in page.one("#ask-first").get_text()
    with make.act():
        db.session.delete(db.session.get_one(Rsvp, first.id))
    page.press("Yes, and send")
    assert "Next gets an email." in page.one("#ask-first").get_text()
    assert (make.row(Rsvp, name="Ana").status, make.rows(OutboxMail)) == ("going", [])
    page.press("Yes, and send")
    assert [one.name for one in make.rows(Rsvp, status=Status.GOING)] == ["Next"]
    assert len(make.rows(OutboxMail)) == 1
