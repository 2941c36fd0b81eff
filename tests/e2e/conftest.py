"""The demo community, served to a real Chromium. One database does: what is looked at is pages."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image

from eventapp.core.db import db
from eventapp.model import Event
from tests.application import new_app
from tests.chromium import ARGS, Chromium, Engine, executable, served
from tests.e2e import codes
from tests.make import Make
from tests.migrated import copy_database, migrate


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    app = new_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{file}")
    migrate(app)
    if "PYTEST_XDIST_WORKER" in os.environ:
        fill_as_the_first(app, file, tmp_path_factory.getbasetemp().parent)
    else:
        fill(app)
    yield app
    with app.app_context():
        db.engine.dispose()


def fill(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["demo", "--language", "es"]).exit_code == 0


def fill_as_the_first(app: Flask, file: Path, run: Path) -> None:
    """Of the processes of a run, one fills the demo, six seconds' work, and the others copy it.
    `run`: a folder of all of them.
    """
    filled = run / "demo.db"
    with (run / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not filled.exists():
            fill(app)
            copy_database(file, whole := run / "demo.part")
            whole.replace(filled)
            return
    copy_database(filled, file)


@pytest.fixture
def demo(demo_app: Flask) -> Make:
    return Make(demo_app)


@pytest.fixture(scope="session")
def demo_address(demo_app: Flask) -> Iterator[str]:
    with served(demo_app) as address:
        yield address


@pytest.fixture
def chromium(demo_address: str, chromium_engine: Engine) -> Callable[..., Any]:
    """A new Chromium window on the demo, for this test: `chromium(language="es")`."""
    return lambda **more: Chromium(chromium_engine, demo_address, **more)


@pytest.fixture
def event(demo: Make) -> Event:
    """An event of one's own."""
    return demo.event(slug=f"tonight-{uuid4().hex[:8]}")


@pytest.fixture(scope="session")
def engines(started_chromium: Engine) -> Iterator[Callable[..., Engine]]:
    """Chromium by its switches, which are for its camera, each started once."""
    started: dict[tuple[str, ...], Engine] = {(): started_chromium}

    def with_switches(*switches: str) -> Engine:
        if executable() is None:
            pytest.skip("without Chromium (Debian: apt-get install chromium)")
        if switches not in started:
            started[switches] = started_chromium.browser_type.launch(
                executable_path=executable(), args=[*ARGS, *switches]
            )
        return started[switches]

    yield with_switches
    for switches, engine in started.items():
        if switches:
            engine.close()


@pytest.fixture(scope="session")
def window(demo_address: str, engines: Callable[..., Engine]) -> Callable[..., Any]:
    """A window of a Chromium that has these switches: `with window(ALLOWED) as phone`."""

    @contextmanager
    def opened(*switches: str, before: str = "") -> Iterator[Chromium]:
        with closing(Chromium(engines(*switches), demo_address)) as phone:
            phone.context.add_init_script(before)
            yield phone

    return opened


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """The switch that makes Chromium's camera show these pictures."""

    def made(scenes: list[Image.Image], **times: float) -> str:
        file = tmp_path_factory.mktemp("film") / "film.mjpeg"
        codes.write_video(file, scenes, **{"shown": 1.2, "gap": 0.3, **times})
        return f"--use-file-for-fake-video-capture={file}"

    return made
