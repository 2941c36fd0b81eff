"""Commands fail in one line on standard error, in English, with the right exit status. The demo
speaks the language that is asked for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eventapp.demo.evenings import EVENINGS
from eventapp.demo.past_evenings import THEMES
from eventapp.demo.people import MEN, ROLES
from eventapp.model import (
    Card,
    Community,
    ConductAnswer,
    ConductReport,
    Event,
    EventPicture,
    FloorQuestion,
    FloorVote,
    Person,
    Quote,
    Recap,
    RoundSeat,
    RoundsTick,
    Rsvp,
)
from tests.make import Make

ROOT = Path(__file__).parent.parent


def flask(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    env = {**os.environ, "SECRET_KEY": "tests", **environ}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"DATABASE_URL": "sqlite://"}, "db upgrade"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "127.0.0.1"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"EVENTAPP_ENV": "production", "SECRET_KEY": ""}, "SECRET_KEY"),
    ],
    ids=["no tables", "no server", "another database", "no secret"],
)
def test_what_is_wrong_around_a_command_is_said_in_one_line(environ, words):
    done = flask("guests", "export", "noche", **environ)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert words in done.stderr


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x07b"])
def test_a_door_is_called_what_can_be_read(app, make, name):
    event = make.event()
    done = app.test_cli_runner().invoke(args=["door-link", event.slug, "--name", name])
    assert done.exit_code == 2
    assert done.stdout == ""


def test_commands_speak_english(app, make):
    event = make.event()
    done = app.test_cli_runner().invoke(args=["door-link", event.slug, "--name", ""])
    assert "Please fill this in" in done.stderr


def test_commands_speak_english_where_the_pages_speak_spanish(app, make, monkeypatch):
    monkeypatch.setitem(app.config, "DEFAULT_LANGUAGE", "es")
    words = ["community", "add", "Jueves", "--slug", "e", "--organiser", "olga@example.org"]
    assert "small letters" in app.test_cli_runner().invoke(args=words).stderr


def test_a_community_speaks_the_language_of_the_place(app, make, monkeypatch):
    monkeypatch.setitem(app.config, "DEFAULT_LANGUAGE", "es")
    words = ["community", "add", "Jueves", "--slug", "jueves", "--organiser", "olga@example.org"]
    assert app.test_cli_runner().invoke(args=words).exit_code == 0
    assert (make.row(Community).language, make.row(Person).language) == ("es", "es")


@pytest.mark.one_database
@pytest.mark.parametrize(("asked", "spoken"), [("en_GB:en", "en"), ("", "es")])
def test_the_demo_speaks_the_language_that_is_asked_for(app, make, asked, spoken):
    assert app.test_cli_runner().invoke(args=["demo"], env={"LANGUAGE": asked}).exit_code == 0
    assert make.row(Community).language == spoken
    assert {rsvp.language for rsvp in make.rows(Rsvp)} == {spoken}
    coming = {evening.words[spoken].title for evening in EVENINGS}
    titles = coming | {theme.title for theme in THEMES[spoken]}
    assert {event.title for event in make.rows(Event)} == titles
    assert len(make.rows(RoundsTick)) >= 6, "enough for two tables of its rounds"
    looks_lived_in(make)
    roles = {(card.person_id, card.role) for card in make.rows(Card)}
    for person in make.rows(Person):
        others = {
            two[person.name.split()[0] not in MEN] for two in ROLES[spoken] if len({*two}) > 1
        }
        assert not {role for who, role in roles if who == person.id} & others, person.name


def looks_lived_in(make: Make) -> None:
    """Looked back on, with pictures; asked and answered."""
    assert len(make.rows(Recap)) == len([row for row in make.rows(Recap) if row.published_at]) == 3
    assert len(make.rows(Quote)) > len(make.rows(Recap))
    pictures = make.rows(EventPicture)
    assert len(pictures) == len([row for row in pictures if row.shown_at]) == 4
    tonight = make.row(Event, title=EVENINGS[1].words[make.row(Community).language].title)
    asked = make.rows(FloorQuestion)
    states = {(row.event_id == tonight.id, row.state) for row in asked}
    assert states == {(False, "answered"), (True, "shown"), (True, "waiting")}
    assert {vote.question_id for vote in make.rows(FloorVote)} >= {
        row.id for row in asked if row.state in ("shown", "answered")
    }
    assert make.row(ConductAnswer).report_id == make.row(ConductReport).id
    assert make.rows(RoundSeat)
