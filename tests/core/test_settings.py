"""Settings that nobody should serve with: one line says which and why, and nothing starts."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import instance_folder
from config import BadSetting, from_environment
from eventapp import create_app
from eventapp.core.db import db
from tests.processes import processes

ROOT = Path(__file__).parent.parent.parent
KEY = "8Vq2-nTz0yWb7_RkLx4mJc9sHd1fGa6u"
PRODUCTION = {
    "EVENTAPP_ENV": "production",
    "SECRET_KEY": KEY,
    "BASE_URL": "https://events.example.org",
    "MAIL_URL": "smtp://user:hunter2@mail.example.org:587",
}
REFUSED_IN_PRODUCTION = [
    ("SECRET_KEY", ["", " ", "a", "a" * 64, "secret" * 8, KEY[:31], "change-me-" + KEY]),
    ("BASE_URL", ["", "http://events.example.org", "http://192.168.1.20:5000"]),
    ("MAIL_URL", [""]),
    ("RATELIMIT_ENABLED", ["0"]),
    ("FLASK_DEBUG", ["1", "true", "on"]),
    ("DATABASE_URL", ["sqlite://", "sqlite:///:memory:"]),
    ("METRICS_TOKEN", ["x", "fifteen-letters"]),
]
REFUSED = [
    ("WALLET_CERTIFICATES", ["/no/such/folder", __file__]),
    ("EVENTAPP_ENV", ["", "prod", "Production", "production ", "staging"]),
    (
        "BASE_URL",
        [
            "events.example.org",
            "ftp://events.example.org",
            "https://",
            "https://user:hunter2@events.example.org",
            "https://events.example.org/events",
            "https://events.example.org?x=1",
            "https://events.example.org#top",
            "https://events.example.org:port",
            "https://events.example.org:70000",
            "https://*.example.org",
            "https://events example.org",
        ],
    ),
    (
        "MAIL_URL",
        [
            "ftp://mail.example.org",
            "mail.example.org:587",
            "smtp://",
            "smtp://mail.example.org:x",
            "smtp://mail.example.org:0",
            "smtp://user:hunt#er2@mail.example.org",
            "smtp://mail.example.org/path",
            "smtp+plain://user:hunter2@relay.internal",
        ],
    ),
    ("MAIL_FROM", ["nobody", "Events", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org", "@b.org"]),
    ("PROXIES_IN_FRONT", ["x", "-1", "11", "1.5", "yes", "1e1"]),
    ("PORT", ["x", "0", "65536", "-5", "tcp://10.0.0.1:5000"]),
    ("WEB_CONCURRENCY", ["x", "0", "-1", "1000"]),
    ("RATELIMIT_ENABLED", ["no", "false", "2"]),
    ("REDIS_URL", ["memory://", "http://localhost", "localhost:6379"]),
    ("TRUSTED_HOSTS", ["*", "*.example.org", ".example.org", "https://example.org", "a b"]),
    ("DATABASE_URL", ["mysql://x/y", "postgresql://x:port/y", "file.db"]),
]


def each(table: list[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in table for value in values]


@pytest.mark.parametrize(("name", "value"), each(REFUSED_IN_PRODUCTION + REFUSED))
def test_what_is_not_safe_in_production_does_not_start(name, value):
    with pytest.raises(BadSetting, match=name) as refused:
        from_environment({**PRODUCTION, name: value})
    assert "\n" not in refused.value.message
    assert "hunt" not in refused.value.message
    assert KEY[:31] not in refused.value.message


@pytest.mark.parametrize(("name", "value"), each(REFUSED))
def test_what_means_nothing_does_not_start_in_development_either(name, value):
    with pytest.raises(BadSetting, match=name):
        from_environment({name: value})


@pytest.mark.parametrize("missing", ["SECRET_KEY", "BASE_URL", "MAIL_URL"])
def test_production_needs(missing):
    with pytest.raises(BadSetting, match=missing):
        from_environment({name: value for name, value in PRODUCTION.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "0123456789abcdef0123456789abcdee"),
        ("SECRET_KEY", "a passphrase of many words, none of them known"),
        ("BASE_URL", "http://127.0.0.1:8000"),
        ("BASE_URL", "http://[::1]:8000"),
        ("BASE_URL", "https://events.example.org:8443/"),
        ("MAIL_URL", "smtps://user%40example.org:p%23w@mail.example.org"),
        ("MAIL_URL", "smtp://127.0.0.1:2525"),
        ("MAIL_URL", "smtp+plain://relay.internal:25"),
        ("MAIL_FROM", "Los Jueves <hola@jueves.example.org>"),
        ("MAIL_FROM", "no-reply@localhost"),
        ("PROXIES_IN_FRONT", "2"),
        ("TRUSTED_HOSTS", "www.example.org, 10.0.0.7"),
        ("DATABASE_URL", "postgres://user:p%40ss@db.example.org:5432/events?sslmode=require"),
        ("METRICS_TOKEN", "sixteen-letters-"),
        ("FLASK_DEBUG", "0"),
        ("PORT", ""),
    ],
)
def test_what_is_meant_starts(name, value):
    assert from_environment({**PRODUCTION, name: value})["PRODUCTION"]


def test_nothing_needs_to_be_set_in_development(tmp_path, monkeypatch):
    monkeypatch.setattr(instance_folder, "FOLDER", tmp_path / "instance")
    settings = from_environment({})
    assert settings["BASE_URL"] == "http://127.0.0.1:5000"
    assert settings["SECRET_KEY"] == from_environment({})["SECRET_KEY"]


@pytest.mark.parametrize("path", ["events.db", "/srv/events.db", "events.db?timeout=5"])
def test_floods_are_counted_beside_the_database(path):
    settings = from_environment({**PRODUCTION, "DATABASE_URL": f"sqlite:///{path}"})
    with create_app({**settings, "RATELIMIT_ENABLED": False}).app_context():
        database = db.engine.url.database
    assert settings["RATELIMIT_STORAGE_URI"] == f"file://{database}-limits"


def test_production_answers_to_its_own_name_only():
    settings = from_environment(PRODUCTION)
    assert settings["TRUSTED_HOSTS"] == ["events.example.org"]
    assert settings["MAIL_FROM"] == "eventapp <no-reply@events.example.org>"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")


def start(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **PRODUCTION, **environ}
    words = [sys.executable, "-m", *command]
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    "command",
    [
        ("gunicorn", "wsgi:app"),
        ("flask", "--app", "wsgi", "worker"),
        ("flask", "--app", "wsgi", "--debug", "worker"),
    ],
    ids=["gunicorn", "worker", "debug"],
)
def test_one_line_says_what_is_wrong(command):
    bad = {} if "--debug" in command else {"MAIL_URL": "ftp://user:hunter2@mail.example.org"}
    done = start(*command, BIND="127.0.0.1:0", **bad)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert ("MAIL_URL" if bad else "FLASK_DEBUG") in done.stderr
    assert "hunter2" not in done.stdout + done.stderr


def test_an_empty_setting_counts_as_not_set_for_gunicorn_too(tmp_path):
    env = {**os.environ, **PRODUCTION, "DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}
    serve = [str(ROOT / ".ci" / "serve"), sys.executable, "--check-config"]
    assert subprocess.run(serve, env={**env, "WEB_CONCURRENCY": ""}, timeout=60).returncode == 0


def made_key(folder: str) -> str:
    instance_folder.FOLDER = Path(folder)
    return str(from_environment({})["SECRET_KEY"])


def test_processes_that_start_together_make_one_secret(tmp_path):
    folder = tmp_path / "instance"
    with processes(8) as pool:
        keys = set(pool.map(made_key, [str(folder)] * 16))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
