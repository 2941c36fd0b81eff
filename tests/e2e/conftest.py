"""The demo community, served to a real Chromium. One database does: what is looked at is pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import flask_migrate
import pytest
from flask import Flask

from eventapp import create_app
from eventapp.core.db import db
from tests.chromium import Chromium, Engine, served
from tests.conftest import SETTINGS
from tests.make import Make


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}"})
    with app.app_context():
        flask_migrate.upgrade()
    assert app.test_cli_runner().invoke(args=["demo"]).exit_code == 0
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(demo_app: Flask) -> Make:
    return Make(demo_app)


@pytest.fixture(scope="session")
def chromium(demo_app: Flask, chromium_engine: Engine) -> Iterator[Callable[..., Any]]:
    """A new Chromium window on the demo: `chromium(language="es")`."""
    with served(demo_app) as address:
        yield lambda **more: Chromium(chromium_engine, address, **more)
