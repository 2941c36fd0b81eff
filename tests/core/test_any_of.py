"""Many values at once: the right rows, through an index, whichever the database."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql

from eventapp.core.any_of import among, any_of
from eventapp.core.db import db, execute
from eventapp.model import NameWord, Rsvp
from tests.make import Make

NAMES = select(Rsvp.name).where(any_of(Rsvp.id, "ids")).order_by(Rsvp.name)
WORDS = select(NameWord.word).where(any_of(NameWord.word, "words")).order_by(NameWord.word)


@pytest.mark.parametrize("wanted", [[], ["Ana"], ["Ana", "Carla"]])
def test_rows_that_have_one_of_the_values(app: Flask, make: Make, wanted: list[str]) -> None:
    event = make.event()
    ids = {name: make.rsvp(event, name).id for name in ("Ana", "Beto", "Carla")}
    with app.app_context():
        by_id = execute(NAMES, {"ids": [ids[name] for name in wanted]})
        assert list(by_id.scalars()) == wanted
        by_word = execute(WORDS, {"words": [name.lower() for name in wanted]})
        assert list(by_word.scalars()) == [name.lower() for name in wanted]


def test_sqlite_looks_through_an_index(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL plans by how many rows there are")
        literal: Any = NAMES.params(ids=[1, 2]).compile(
            db.engine, compile_kwargs={"literal_binds": True, "render_postcompile": True}
        )
        steps = db.session.execute(text(f"EXPLAIN QUERY PLAN {literal}")).all()
        assert any(step.detail.startswith("SEARCH rsvp") for step in steps), steps


def test_postgresql_reads_the_same_words_however_many_values_there_are() -> None:
    assert "rsvp.id = ANY (%(ids)s" in str(NAMES.compile(dialect=postgresql.dialect()))


@pytest.mark.parametrize("wanted", [[], ["Ana"], ["Ana", "Carla"]])
def test_numbers_among_more_than_a_statement_takes(
    app: Flask, make: Make, wanted: list[str]
) -> None:
    event = make.event()
    ids = {name: make.rsvp(event, name).id for name in ("Ana", "Beto", "Carla")}
    many = [*range(10**6, 10**6 + 300_000), *(ids[name] for name in wanted)]
    with app.app_context():
        names = select(Rsvp.name).order_by(Rsvp.name)
        assert db.session.scalars(names.where(among(Rsvp.id, many))).all() == wanted
        others = db.session.scalars(names.where(~among(Rsvp.id, many))).all()
        assert others == [name for name in ids if name not in wanted]
