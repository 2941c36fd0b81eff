"""The application as tests make it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from config import DEFAULTS
from eventapp import create_app
from eventapp.core.security import limiter

KEPT = Path(__file__).parent.parent / ".pytest_cache" / "templates"
SETTINGS: dict[str, Any] = {
    **DEFAULTS,
    "TESTING": True,
    "PRODUCTION": False,
    "SECRET_KEY": "a secret for tests",
    "BASE_URL": "http://localhost",
    "TRUSTED_HOSTS": ["localhost", "127.0.0.1"],
    "MAIL_URL": None,
    "MAIL_FROM": "eventapp <no-reply@example.org>",
    "SESSION_COOKIE_SECURE": False,
    "SESSION_COOKIE_NAME": "form",
    "RATELIMIT_ENABLED": False,
    "RATELIMIT_STORAGE_URI": "memory://",
    "DEFAULT_LANGUAGE": "en",
}


def compiled_templates() -> FileSystemBytecodeCache:
    """Kept from run to run, for all processes of one: to compile all templates takes seconds."""
    KEPT.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(KEPT))


def new_app(**settings: Any) -> Flask:
    """An application with these settings instead of those above."""
    app = create_app({**SETTINGS, **settings})
    app.jinja_env.bytecode_cache = compiled_templates()
    return app


@contextmanager
def limits_for_a_while() -> Iterator[None]:
    """Let applications made within limit requests. The limiter is one for all of a process."""
    try:
        yield
    finally:
        limiter.reset()
        limiter.enabled = False
