"""The worker makes a copy each night, keeps some, and says to organisers how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.backup.nightly import back_up_if_due, is_due
from eventapp.core.backup.runs import note_run
from tests.backup.conftest import Run, communities
from tests.browser import Browser
from tests.core.test_metrics import BEARER, TOKEN, sum_of
from tests.core.test_security import app_with
from tests.make import Make

NIGHT = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)


@pytest.fixture
def nightly(live: Flask, tmp_path: Path) -> Callable[[datetime], list[str]]:
    """What is there after the worker came by at an instant."""
    live.config |= {"BACKUP_DIR": str(tmp_path / "copies"), "BACKUP_KEEP": 2}

    def copies(at: datetime) -> list[str]:
        with live.app_context():
            back_up_if_due(at)
        return sorted(path.name for path in (tmp_path / "copies").glob("eventapp-*"))

    return copies


@pytest.mark.parametrize(
    ("last", "at", "due"),
    [
        (None, NIGHT, True),
        (NIGHT - timedelta(minutes=1), NIGHT, True),
        (NIGHT, NIGHT + timedelta(hours=23), False),
        (NIGHT + timedelta(hours=15), NIGHT + timedelta(hours=23), False),  # made late
        (NIGHT + timedelta(hours=15), NIGHT + timedelta(hours=24), True),
        (NIGHT - timedelta(hours=1), NIGHT - timedelta(minutes=1), False),
    ],
)
def test_a_copy_is_due_once_a_night(last: datetime | None, at: datetime, due: bool):
    assert is_due(last, at) is due


def test_each_night_one_is_made_and_the_oldest_go(nightly, live: Flask, run: Run, tmp_path: Path):
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "eventapp-notes.txt").touch()
    (tmp_path / "copies" / ".eventapp-20261127T040000Z.sqlite.12ab34cd.part").touch()
    (tmp_path / "copies" / ".eventapp-before-the-update.12ab34cd.part").touch()
    assert len(nightly(NIGHT)) == 2
    assert len(nightly(NIGHT + timedelta(hours=1))) == 2, "not twice a night"
    for day in (1, 2):
        made = nightly(NIGHT + timedelta(days=day))
    assert [name[:24] for name in made] == [
        "eventapp-20261129T040000",
        "eventapp-20261130T040000",
        "eventapp-notes.txt",
    ]
    unfinished = [path.name for path in (tmp_path / "copies").glob(".*.part")]
    assert unfinished == [".eventapp-before-the-update.12ab34cd.part"], "somebody else's backup"
    assert run("restore", tmp_path / "copies" / made[1]).exit_code == 0
    assert communities(live) == ["c0", "c1", "c2"]


def test_without_a_folder_none_is_made(live: Flask, tmp_path: Path):
    with live.app_context():
        back_up_if_due(NIGHT)
    assert not list(tmp_path.rglob("eventapp-*"))


def organisers_page(browser: Browser, make: Make) -> Browser:
    return make.signed_in(browser, make.organiser(make.community())).open("/o/")


def test_organisers_see_how_the_last_one_went(app: Flask, make: Make, browser, monkeypatch):
    monkeypatch.setitem(app.config, "BACKUP_DIR", "/somewhere")
    page = organisers_page(browser(), make)
    assert page.sees("None yet")
    with make.act():
        note_run(clock.now(), file_bytes=3_400_000)
    assert page.open("/o/").sees("3.4 MB")
    assert page.codes() == []
    with make.act():
        note_run(clock.now(), error="/somewhere: the disk is full")
    page.open("/o/")
    assert page.codes() == ["backup_failed"]
    assert page.sees("3.4 MB"), "the last good one is still told"
    assert not page.sees("/somewhere"), "the reason is for the log"
    with make.act():
        note_run(clock.now(), file_bytes=3_500_000)
    assert page.open("/o/").codes() == []
    assert page.press("Español").open("/o/").sees("3,5 MB")


def test_nothing_is_said_of_copies_that_nobody_asked_for(make: Make, browser):
    assert not organisers_page(browser(), make).sees("backup")


def test_one_that_fails_is_noted_and_told_to_prometheus(
    app: Flask, make: Make, monkeypatch, caplog
):
    monkeypatch.setitem(app.config, "BACKUP_DIR", "/dev/null/copies")
    with app.app_context():
        back_up_if_due(clock.now())
    assert "the nightly backup failed: /dev/null/copies: Not a directory" in caplog.text
    assert figures(app) == (1, 0)
    with make.act():
        note_run(clock.now() - timedelta(hours=1), file_bytes=1)
    failed, age = figures(app)
    assert failed == 0
    assert 3600 <= age < 3700


def figures(app: Flask) -> tuple[float, float]:
    """Whether the last copy failed, and the age of the last good one in seconds."""
    client = app_with(app, METRICS_TOKEN=TOKEN).test_client()
    told = client.get("/metrics", headers=BEARER).text
    return sum_of(told, "eventapp_backup_failed"), sum_of(told, "eventapp_backup_age_seconds")
