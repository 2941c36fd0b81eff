"""The limit: Flask and SQLAlchemy with one indexed read, one insert and a page of 1 KB.

No sign-in, no CSRF, no log, no count, no translation. What an application can be at best.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Flask, request
from jinja2 import Environment, PackageLoader
from sqlalchemy import ForeignKey, create_engine, event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

PAGE = Environment(loader=PackageLoader("bench"), autoescape=True).get_template("verdict.html")


class Base(DeclarativeBase):
    pass


class Attendee(Base):
    __tablename__ = "attendee"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class CheckIn(Base):
    __tablename__ = "check_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), unique=True)
    at: Mapped[datetime]


# Nothing of eventapp is imported here: it would listen to this engine as well.
engine = create_engine(
    os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1)
)


@event.listens_for(engine, "connect")
def _set_up_sqlite(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _by_orm(ticket: str, at: datetime) -> str:
    with Session(engine, expire_on_commit=False) as session:
        attendee = session.scalars(select(Attendee).where(Attendee.ticket == ticket)).one()
        session.add(CheckIn(attendee_id=attendee.id, at=at))
        session.commit()
        return attendee.name


def _by_core(ticket: str, at: datetime) -> str:
    with engine.begin() as connection:
        found = connection.execute(
            select(Attendee.id, Attendee.name).where(Attendee.ticket == ticket)
        ).one()
        connection.execute(insert(CheckIn).values(attendee_id=found.id, at=at))
        name: str = found.name
        return name


def _application(check_in: Callable[[str, datetime], str]) -> Flask:
    app = Flask(__name__)

    @app.post("/check-in")
    def answer() -> str:
        ticket, at = request.form["ticket"], datetime.now(UTC).replace(tzinfo=None)
        return PAGE.render(name=check_in(ticket, at), ticket=ticket, at=at)

    return app


orm, core = _application(_by_orm), _application(_by_core)


def seed(tickets: Sequence[str]) -> None:
    """Make the tables, with an attendee for each ticket."""
    Base.metadata.create_all(engine)
    rows = [{"ticket": ticket, "name": f"Ana Núñez {ticket[:4]}"} for ticket in tickets]
    with engine.begin() as connection:
        connection.execute(insert(Attendee), rows)


if __name__ == "__main__":
    seed(sys.stdin.read().split())
