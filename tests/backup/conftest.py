"""An application on a database of its own, which may be replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from eventapp.core.db import db
from tests.application import new_app
from tests.make import Make
from tests.migrated import migrate
from tests.postgres import Postgres

Run = Callable[..., Result]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database with three communities, made once."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'template.db'}"
    else:
        cluster: Postgres = request.getfixturevalue("postgres")
        cluster.create_database("eventapp_template")
        url = cluster.url("eventapp_template")
    app = new_app(SQLALCHEMY_DATABASE_URI=url)
    migrate(app)
    for number in range(3):
        Make(app).community(slug=f"c{number}", about="one line\nand \\another\t")
    with app.app_context():
        db.engine.dispose()
    return url


@pytest.fixture
def url(template: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database like the template."""
    if template.startswith("sqlite"):
        (tmp_path / "instance").mkdir()
        path = tmp_path / "instance" / "live.db"
        shutil.copyfile(template.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    cluster: Postgres = request.getfixturevalue("postgres")
    cluster.create_database("eventapp_live", template="eventapp_template")
    yield cluster.url("eventapp_live")
    cluster.drop_database("eventapp_live")


@pytest.fixture
def live(url: str) -> Iterator[Flask]:
    app = new_app(SQLALCHEMY_DATABASE_URI=url)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def run(live: Flask) -> Run:
    """What a command says: `run("backup", "file")`."""

    def running(*arguments: object) -> Result:
        result = live.test_cli_runner().invoke(args=[str(one) for one in arguments])
        with live.app_context():
            db.engine.dispose()
        return result

    return running


def communities(app: Flask) -> list[str]:
    """The addresses of those that are there, in the order in which they came."""
    with app.app_context():
        with db.engine.connect() as connection:
            found = connection.scalars(text("SELECT slug FROM community ORDER BY id")).all()
        db.engine.dispose()
    return list(found)
