"""A server that can be killed, and phones at the door of an event of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from eventapp.model import Event
from tests.chromium import Engine
from tests.e2e.phones import Phone
from tests.e2e.server import Server
from tests.make import Make


@pytest.fixture(scope="session")
def server(demo_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("server") / "log"
    running = Server(demo_app.config["SQLALCHEMY_DATABASE_URI"], log)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def event(demo: Make) -> Event:
    return demo.event()


@pytest.fixture
def phone(demo: Make, event: Event, server: Server, chromium_engine: Engine) -> Any:
    """`phone()`: another phone at this event's door, by a link of its own, with its list."""

    def new(name: str = "Main door", **more: str) -> Phone:
        one = Phone(chromium_engine, server, event.slug)
        return one.open_link(demo.door_link(event, name, **more)).ready()

    return new
