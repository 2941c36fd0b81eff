"""A database that has gone through all migrations, forth and back, with rows of every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flask_migrate
from sqlalchemy import inspect, select, text

from eventapp.core.db import Base, db
from tests.first_schema import insert_more, insert_rows, kinds_missing, read_rows
from tests.first_schema_rows import PLAIN_MAIL

HEAD, BEFORE_MERGES = "head", "0044"
NEW_MAILS = {  # the revision that does not know them yet
    "guests/mail/requests": "0028",
    "met/mail/scanned": "0027",
    "rsvp/mail/approved": "0025",
    "met/mail/follow_up": "0024",
    "events/mail/question": "0020",
    "follow/mail/confirm": "0018",
}
INVITED = "organiser:1:1:2026-11-05T17:00:00+00:00"
MORE_MAILS = [
    {**PLAIN_MAIL, "id": 7, "template": "x", "once": INVITED, "values": {"by": "Bea"}},
    *(
        {**PLAIN_MAIL, "template": template, "id": 8 + number}
        for number, template in enumerate(reversed(NEW_MAILS))
    ),
]
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass
class History:
    """A database from its first migration to the last one, back and forth again: the rows at each
    revision that a test asks about, and at the last what the models read of them.
    """

    kind: str
    missing: list[str]
    rows: dict[str, Rows]
    read: dict[str, Sequence[Any]]  # by table
    last_id: int | None  # that SQLite has given a guest
    tables: list[set[str]]  # at the last revision, at none, and at the last again


def go_up(kind: str) -> History:
    flask_migrate.upgrade(revision="0001")
    with db.engine.begin() as connection:
        insert_rows(connection)
    missing, first = kinds_missing(db.engine), read_rows(db.engine)
    with db.engine.begin() as connection:
        insert_more(connection, {"outbox_mail": MORE_MAILS})
    flask_migrate.upgrade(revision=BEFORE_MERGES)
    with db.engine.begin() as connection:
        insert_more(connection, {"merged_guest": [merged_guest()]})
    flask_migrate.upgrade()
    rows: dict[str, Rows] = {"0001": first, HEAD: read_rows(db.engine)}
    read = {
        str(mapper.local_table): db.session.scalars(select(mapper)).all()
        for mapper in Base.registry.mappers
    }
    db.session.expunge_all()
    sequence = text("SELECT seq FROM sqlite_sequence WHERE name = 'rsvp'")
    last_id = db.session.scalar(sequence) if kind == "sqlite" else None
    db.session.remove()
    return History(kind, missing, rows, read, last_id, go_down(rows))


def go_down(rows: dict[str, Rows]) -> list[set[str]]:
    tables = [set(inspect(db.engine).get_table_names())]
    for revision in (*NEW_MAILS.values(), "0010", "0003"):
        flask_migrate.downgrade(revision=revision)
        rows[revision] = read_rows(db.engine)
    flask_migrate.downgrade(revision="base")
    tables.append(set(inspect(db.engine).get_table_names()))
    flask_migrate.upgrade()
    return [*tables, set(inspect(db.engine).get_table_names())]


def merged_guest() -> dict[str, Any]:
    """Whom another, the first on the list, stands for: their id was the 90th."""
    first = read_rows(db.engine)["rsvp"][0]
    return {"badge": "b", "gone_id": 90, "rsvp_id": first["id"], "at": first["created_at"]}
