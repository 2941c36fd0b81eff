"""The log of a whole evening in production, with all that goes wrong, names nobody."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from eventapp.core import clock, logs
from eventapp.core.db import db
from eventapp.core.due import Due
from eventapp.model import Person, Rsvp
from eventapp.sending import send_waiting_mail
from eventapp.worker import do_what_is_due
from tests import test_evening as story
from tests.browser import Browser
from tests.core.test_security import app_with
from tests.mailbox import mail_server
from tests.make import Make
from tests.serving import PRODUCTION, ROOT, serving

PERSONAL = (
    *("name", "email", "q", "code", "digits", "phone", "company", "linkedin", "note"),
    *("ask_me_about", "want_to_learn", "looking_for"),
)
SECRET_COLUMNS = {
    "rsvp": "name key ticket badge short_code ask_me_about want_to_learn looking_for",
    "person": "email name",
    "outbox_mail": "to_email",
}


class Noting(FlaskClient):
    """Notes what a browser sends that nobody should find in a log: what it typed, and each part
    of an address that is longer than a word.
    """

    sent: set[str]

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        path = urlsplit(str(args[0])) if args and isinstance(args[0], str) else urlsplit("")
        self.sent |= {unquote(part) for part in path.path.split("/") if len(part) > 15}
        typed = {**dict(parse_qsl(path.query)), **(kwargs.get("query_string") or {})}
        typed |= kwargs.get("data") or {}
        self.sent |= {str(value) for name, value in typed.items() if name in PERSONAL}
        return super().open(*args, **kwargs)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that is logged, as production has it."""
    root, hook, printed = logging.getLogger(), sys.excepthook, StringIO()
    before = root.handlers[:]
    yield printed
    root.handlers[:], sys.excepthook = before, hook


@pytest.fixture
def in_production(app: Flask, log: StringIO) -> Flask:
    made = app_with(app, PRODUCTION=True, TESTING=False)
    logs.set_up(production=True, stream=log)
    made.test_client_class = type("Noted", (Noting,), {"sent": set()})
    return made


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def secrets_of(app: Flask) -> set[str]:
    """What the database knows of people, and what their browsers sent."""
    found = set(app.test_client_class.sent)  # type: ignore[attr-defined]
    with app.app_context():
        for table, columns in SECRET_COLUMNS.items():
            for row in db.session.execute(
                text(f"SELECT {', '.join(columns.split())} FROM {table}")
            ):
                found.update(filter(None, row))
    names = {word for value in found if " " in value for word in value.split() if len(word) > 4}
    return {value for value in found | names if len(value) > 3}


def test_a_whole_evening_and_its_faults_name_nobody(
    in_production: Flask,
    make: Make,
    log: StringIO,
) -> None:
    def arrive() -> Browser:
        return Browser(in_production.test_client())

    organiser, ana, beto, helper = arrive(), arrive(), arrive(), arrive()
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon) as evening:
        starts = noon + timedelta(days=2, hours=7)
        event = story.announce(organiser, make, starts)
        story.bring_in_the_guest_list(organiser, event)
        story.ana_answers(ana, make, event)
        story.beto_waits_and_gets_a_place(beto, organiser, make, event)
        story.the_place_changes(organiser, ana, make, event)
        evening.move_to(starts + timedelta(minutes=2))
        story.open_the_door(helper, organiser, event)
        story.let_people_in(helper, make, event)
        evening.move_to(starts + timedelta(hours=15))
        story.say_who_they_met(ana, make)
        evening.move_to(starts + timedelta(hours=23))
        story.answer_from_the_mail(beto, make, event)
        story.take_contacts_home(ana)
        much_goes_wrong(in_production, make, helper, event)

    known = secrets_of(in_production)
    assert {"Ana Núñez", "Kowalski", "beto@example.org"} <= known
    assert len(known) > 100
    told = log.getvalue()
    assert [value for value in known if value in told or json.dumps(value)[1:-1] in told] == []
    each = lines(log)
    assert {"/r/<key>", "/t/<ticket>", "/door/<secret>", "/e/<slug>/door"} <= {
        line.get("route") for line in each
    }
    kinds = {error["error"].partition(":")[0] for line in each for error in line.get("errors", [])}
    assert {"KeyError", "sqlalchemy.exc.IntegrityError"} <= kinds
    assert any("is refused" in line["message"] for line in each)


def much_goes_wrong(app: Flask, make: Make, helper: Browser, event: str) -> None:
    """A table that is gone, mail that is refused, keys that are wrong, values in errors."""
    stranger = app.test_client()
    key = make.row(Rsvp, name="Ana Núñez").key
    for path in (f"/r/{key}x", f"/sign-in/{key}", f"/m/{key}", f"/door/{key}", f"/nowhere/{key}"):
        assert stranger.get(path).status_code in (200, 404), path
    stranger.get(f"/e/{event}/people", query_string={"q": "Núñez Ana"})
    stranger.post(f"/r/{key}/cancel", data={"name": "Zacarías Ibáñez"})
    helper.search("kowalski")
    with make.act():
        db.session.execute(text("ALTER TABLE talk RENAME TO talk_away"))
    failed = stranger.get(f"/e/{event}", query_string={"q": "Núñez Ana"})
    with make.act():
        db.session.execute(text("ALTER TABLE talk_away RENAME TO talk"))
    assert failed.status_code >= 500

    known = make.row(Person, email="ana@example.org")

    def name_a_guest(ids: Any, at: Any) -> int:
        raise KeyError("Ana Núñez")

    def sign_ana_up_again(ids: Any, at: Any) -> int:
        again = {"email": known.email, "email_key": known.email_key, "name": "Ana Núñez"}
        db.session.add(Person(**again, created_at=at))
        db.session.flush()
        return 1

    with app.app_context(), mail_server() as (mailbox, app.config["MAIL_URL"]):
        do_what_is_due(
            [Due("broken", lambda at: [1], do) for do in (name_a_guest, sign_ana_up_again)]
        )
        mailbox.answers = {"beto@example.org": "550 <beto@example.org>: no Beto here"}
        while send_waiting_mail():
            pass


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_servers_and_workers_log_nothing_but_lines_for_machines(database_url, served_app, tmp_path):
    log = tmp_path / "log"
    secret = "bFz5RrVYkXWmMfjaLmk7_w"
    with serving(database_url, log, WEB_CONCURRENCY="1") as port:
        for asked in (
            f"GET /r/{secret}?q=Zacarias HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            f"GET /t/{secret} HTTP/1.1\r\nHost: 127.0.0.1\r\nBad {secret}: Zacarias\r\n\r\n",
            f"zacarias /t/{secret}\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port)) as line:
                line.sendall(asked.encode())
                line.recv(1000)
    worker = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"],
        cwd=ROOT,
        env={**PRODUCTION, "DATABASE_URL": database_url, "BASE_URL": "https://e.example"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (worker.returncode, worker.stderr) == (0, "")
    told = log.read_text()
    assert secret not in told
    assert "zacarias" not in told.lower()
    each = [json.loads(line) for line in told.splitlines()]
    assert {"gunicorn.error", "eventapp.access"} == {line["logger"] for line in each}
    assert "/r/<key>" in {line.get("route") for line in each}
