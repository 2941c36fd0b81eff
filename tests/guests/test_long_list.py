"""A page of a list of 20,000 is made quickly, wherever it is in it and whatever is chosen."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from flask import Flask

from bench.guest_table import MOST_MS, SLUG, grow_list, page_times
from eventapp.core.db import db
from eventapp.guests.choice import Choice, Order, Sort
from eventapp.guests.guest_list import GuestList
from eventapp.model import Event, Status
from tests.make import Make
from tests.plans import asked, plan_of

GUESTS = 20_000


@pytest.mark.long
@pytest.mark.both_databases
def test_a_page_takes_less_than_60_ms(app: Flask, at_a_try: Any) -> None:
    with app.app_context():
        secret = grow_list(GUESTS)

    def is_quick() -> bool:
        times = page_times(app, secret, GUESTS)
        took = {page: round(median(each), 1) for page, each in times.items()}
        print(took)
        return all(each < MOST_MS for each in took.values())

    at_a_try(is_quick)


def long_list(make: Make) -> Event:
    """Long enough for a plan that looks everybody up to be the worse one."""
    event = make.event()
    make.crowd(make.rsvp(event, "Zoe"), 3000)
    return event


@pytest.fixture
def sqlite(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL plans by how many rows there are")


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("by", [Sort.NAME, Sort.ANSWERED])
def test_a_long_order_is_read_from_its_index(app: Flask, make: Make, by: Sort) -> None:
    event = long_list(make)
    with app.app_context():
        db.session.connection().exec_driver_sql("ANALYZE rsvp")
        there = db.session.get_one(Event, event.id)
        chosen = GuestList(there, Choice(order=Order(by)))
        assert chosen.counts.shown == 3001
        (statement, values) = only_ids(lambda: chosen.page(limit=50, offset=2900))
        plan = plan_of(statement, values)
        index = {Sort.NAME: "ix_rsvp_listed_by_name", Sort.ANSWERED: "ix_rsvp_listed_by_answer"}
        assert f"COVERING INDEX {index[by]}" in plan, plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan, plan


@pytest.mark.usefixtures("sqlite")
def test_all_chips_are_counted_over_one_index(app: Flask, make: Make) -> None:
    event = long_list(make)
    with app.app_context():
        db.session.connection().exec_driver_sql("ANALYZE rsvp")
        there = db.session.get_one(Event, event.id)
        with asked() as statements:
            assert GuestList(there).counts.by_status[Status.GOING] == 3001
        assert len(statements) == 2  # those on the list, and those off it
        assert "COVERING INDEX ix_rsvp_listed" in plan_of(*statements[0])


def only_ids(read: Callable[[], object]) -> tuple[str, Any]:
    """The statement of these that finds a page, before its guests are read."""
    with asked() as statements:
        read()
    (found,) = [one for one in statements if one[0].startswith("SELECT rsvp.id \n")]
    return found


def test_the_measured_list_has_guests_of_every_kind(app: Flask) -> None:
    with app.app_context():
        grow_list(200)
        there = db.session.query(Event).filter_by(slug=SLUG).one()
        counts = GuestList(there).counts
        assert counts.shown == 200
        assert all(counts.by_mark.values())
