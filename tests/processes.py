"""Processes of their own, for races: each has its own connections, as those of a server have.

They are forked from one that has read eventapp, has made an application for each kind of database
(tests.forkserver) and does nothing else. Started anew, sixteen of them spend half a minute on
importing, and seven seconds on making an application each.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import Any

from flask import Flask
from sqlalchemy import event, make_url
from sqlalchemy.exc import OperationalError

from eventapp.core.connections import database_url
from eventapp.core.db import db
from tests.application import new_app

TRIES = 10
context = get_context("forkserver")
context.set_forkserver_preload(["tests.forkserver"])
NOT_CONNECTED_YET = {
    "sqlite": "sqlite:////nonexistent/database",
    "postgresql": "postgresql://nobody@127.0.0.1:1/nothing",
}


def processes(
    count: int, *, begin: Callable[..., None] | None = None, with_args: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    """A pool of so many. Each calls `begin` with those arguments first."""
    return ProcessPoolExecutor(count, mp_context=context, initializer=begin, initargs=with_args)


@cache
def app_for(kind: str) -> Flask:
    """An application for this kind of database, which `app_on` tells where to connect."""
    return new_app(SQLALCHEMY_DATABASE_URI=NOT_CONNECTED_YET[kind])


@cache
def app_on(url: str) -> Flask:
    """The application on this database: in each process, one for each kind of database."""
    address = make_url(database_url(url))
    app = app_for(address.get_backend_name())
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url(url)
    with app.app_context():
        engine = db.engine
    there, how = engine.dialect.create_connect_args(address)

    def connect_there(_dialect: Any, _record: Any, args: list[Any], options: Any) -> None:
        args[:] = there
        options.clear()
        options.update(how)

    # Before the application's own listeners, which look at the place and at the options.
    event.listen(engine, "do_connect", connect_there, insert=True)
    return app


def patiently(work: Callable[[], Any]) -> Any:
    """Do this, and again where others have held SQLite's write lock for as long as anybody waits:
    ten seconds, in which a machine that does much else runs a dozen transactions. Nothing was
    written then, and a guest is told to try again.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return work()
        except OperationalError as error:
            if not tries_left or "database is locked" not in str(error.orig):
                raise
    raise AssertionError("the last try returns or raises")
